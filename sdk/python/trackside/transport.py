"""One socket to one server with one key: connects, comes back after failures, and tells all in one queue.

The socket's own threads only put events into `inbox` and ring; whoever owns the connection reads them in its own loop.
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections import deque
from typing import Any, Callable

from . import __version__

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
ANSWER_WITHIN = 30.0
FRAMES_IN_FLIGHT = 16

Handler = Callable[[dict[str, Any]], None]


class Connection:
    """`up` and `epoch` change only in `pump`, which the owner calls in its loop; a new epoch is a new socket."""

    def __init__(self, base_url: str, key: str | None, ring: Callable[[], None]) -> None:
        self.base_url, self.key = base_url, key
        self.up = False
        self.epoch = 0
        self.refused: dict[str, str] | None = None
        self.newly_refused = False
        self.frames_out = 0
        self.reached = time.monotonic()
        self._inbox: deque[tuple[Any, ...]] = deque()
        self._unanswered: dict[int, tuple[float, Handler]] = {}
        self._ring = ring
        self._tokens = 0
        self._client: Any = None
        self._closing = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._stay_connected, name="trackside-socket", daemon=True)
        self._thread.start()

    # -- in the owner's loop ---------------------------------------------------------------------------------------

    def send(self, event: str, body: Any, handler: Handler) -> None:
        """Emits; `pump` gives the answer to `handler`, unless the socket is lost before."""
        self._tokens += 1
        token, epoch = self._tokens, self.epoch
        self._unanswered[token] = (time.monotonic(), handler)

        def answered(answer: Any = None, *_rest: Any) -> None:
            self._tell("answer", token, epoch, answer)

        try:
            self._client.emit(event, body, namespace="/ingest", callback=answered)
        except Exception:
            self._lost.set()

    def pump(self) -> bool:
        """Handles what has come; true where something has."""
        news = bool(self._inbox)
        while self._inbox:
            event = self._inbox.popleft()
            if event[0] == "up":
                self.up, self.refused = True, None
                self.epoch += 1
                self.reached = time.monotonic()
            elif event[0] == "down":
                self.up, self.frames_out = False, 0
                self._unanswered.clear()
            elif event[0] == "refused":
                self.newly_refused = self.refused is None
                self.refused = event[1]
                self.reached = time.monotonic()
            elif event[2] == self.epoch and event[1] in self._unanswered:
                self.reached = time.monotonic()
                _, handler = self._unanswered.pop(event[1])
                handler(event[3] if isinstance(event[3], dict) else {})
        if self.up and self._unanswered:
            oldest = min(since for since, _ in self._unanswered.values())
            if time.monotonic() - oldest > ANSWER_WITHIN:
                self._lost.set()
        return news

    def close(self) -> None:
        self._closing.set()
        self._lost.set()
        self._thread.join(timeout=3.0)

    # -- in threads of its own -------------------------------------------------------------------------------------

    def _tell(self, *event: Any) -> None:
        self._inbox.append(event)
        self._ring()

    def _stay_connected(self) -> None:
        pause = FIRST_PAUSE
        transports = ["websocket"]
        while not self._closing.is_set():
            self._lost.clear()
            client = self._connect(transports)
            if client is not None:
                self._client = client
                self._tell("up")
                pause = FIRST_PAUSE
                self._lost.wait()
                self._tell("down")
                with contextlib.suppress(Exception):
                    client.disconnect()
                continue
            transports = _other_transports(transports)
            self._closing.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            pause = min(2 * pause, LONGEST_PAUSE)

    def _connect(self, transports: list[str]) -> Any:
        try:
            import socketio
        except ImportError as error:
            self._tell("refused", {"code": "SETUP", "message": f"this Python cannot send: {error}"})
            return None
        client = socketio.Client(reconnection=False, handle_sigint=False)
        client.on("disconnect", lambda *_: self._lost.set(), namespace="/ingest")
        client.on("connect_error", self._refuse, namespace="/ingest")
        hello = {"key": self.key, "protocol": 1, "sdk": f"python/{__version__}"}
        try:
            client.connect(self.base_url, namespaces=["/ingest"], auth=hello, transports=transports, wait_timeout=10)
        except Exception:
            with contextlib.suppress(Exception):
                client.disconnect()
            return None
        return client

    def _refuse(self, error: Any = None) -> None:
        data = error.get("data") if isinstance(error, dict) else None
        if isinstance(data, dict) and "code" in data:
            self._tell("refused", {"code": str(data["code"]), "message": str(data.get("message", ""))})


def _other_transports(transports: list[str]) -> list[str]:
    """WebSocket first; long polling, where its dependency is there, for proxies that allow nothing else."""
    if transports == ["websocket"]:
        import importlib.util

        if importlib.util.find_spec("requests") is not None:
            return ["polling"]
    return ["websocket"]
