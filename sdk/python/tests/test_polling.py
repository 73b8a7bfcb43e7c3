"""Behind a proxy that lets no WebSocket through, everything arrives by long polling."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from house import api_run, bits, house, needs_node, server
from server import Server

import trackside

__all__ = ["house", "server"]  # fixtures
pytestmark = needs_node


class NoUpgrades:
    """Passes bytes on to `port`; answers a request for an upgrade itself, with no."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.refused = 0
        self.polled = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=[self._listener.accept()[0]], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(65_536)
            if not more:
                return
            head += more
        if b"upgrade: websocket" in head.lower():
            self.refused += 1
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            client.close()
            return
        self.polled += b"transport=polling" in head
        origin = socket.create_connection(("127.0.0.1", self._port))
        origin.sendall(head)
        threading.Thread(target=_pour, args=[origin, client], daemon=True).start()
        _pour(client, origin)


def _pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def proxy(server: Server) -> Iterator[NoUpgrades]:
    proxy = NoUpgrades(int(server.url.rsplit(":", 1)[1]))
    yield proxy
    proxy.close()


def test_where_no_websocket_passes_every_point_arrives_by_polling(server: Server, proxy: NoUpgrades) -> None:
    run = trackside.init(project="polling", settings={"base_url": proxy.url, "telemetry": False})
    values = [i / 7 for i in range(20_000)]
    for value in values:
        run.log({"a": value, "b": -value})
    assert run.finish(timeout=60) == {"logged": 40_000, "stored": 40_000, "refused": 0, "pending": 0}
    assert proxy.refused >= 1 and proxy.polled >= 1
    found = api_run(server, "polling", run.id)
    assert bits(found.series("a").values) == bits(values) and found.state == "finished"
