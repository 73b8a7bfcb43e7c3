"""`python -m trackside.agent DIR`: one process a machine and folder that delivers every journal in it.

It detaches itself, takes the folder's lock, and leaves when all is delivered. protocol/agent.md says how.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import sys
import time
from typing import Any

from .courier import Courier
from .folder import agent_folder, replace_json
from .process import process_start
from .shelf import Shelf, tidy
from .telemetry import Sampler, pause_after
from .writer import SDK, now_ms

LOCK_TRIES = 3.0
BUSY_LOOK, IDLE_LOOK, BUSY_FOR, SCANS_APART = 0.05, 2.0, 1.0, 0.2
LINGER = 5.0
UNREACHED = 3600.0


class Agent:
    """The loop: woken by the bell, by answers, by the end of a process, or by the clock."""

    def __init__(self, folder: str, desk: str) -> None:
        self.folder, self.desk = folder, desk
        self.shelf = Shelf(os.path.join(folder, "runs"))
        self._wake_out, self._wake_in = os.pipe()
        for fd in (self._wake_out, self._wake_in):
            os.set_blocking(fd, False)
        self.courier = Courier(folder, self._wake, self.say)
        self._bell = -1
        self._started = self._news = self._scanned = self._useful = time.monotonic()
        self._scan_due = True
        self._sampler: Sampler | None = None
        self._foreign: dict[str, int] = {}
        self._stop = False

    def say(self, text: str) -> None:
        sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n")
        sys.stderr.flush()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._wake_in, b"!")

    def run(self) -> None:
        """Works until there is nothing left to do."""
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            self._open_bell()
            while not self._stop and not self._may_leave():
                self._turn()
            self._close_bell()
            self._scan()
            if self._stop or self._may_leave():
                break
        self.courier.close()

    def _asked_to_stop(self, *_: Any) -> None:
        self._stop = True
        self._wake()

    def _open_bell(self) -> None:
        path = os.path.join(self.desk, "bell")
        with contextlib.suppress(FileExistsError):
            os.mkfifo(path, 0o600)
        self._bell = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)

    def _close_bell(self) -> None:
        os.close(self._bell)
        self._bell = -1

    def _turn(self) -> None:
        now = time.monotonic()
        busy = now - self._news < BUSY_FOR
        waits = BUSY_LOOK if busy else IDLE_LOOK
        if self.courier.stations:
            waits = min(waits, max(0.0, min(station.next_sample for station in self.courier.stations.values()) - now))
        ends = [watch.fd for watch in self.courier.watches.values() if watch.fd >= 0]
        ready, _, _ = select.select([self._bell, self._wake_out, *ends], [], [], waits)
        for fd in ready:
            if fd in (self._bell, self._wake_out):
                with contextlib.suppress(OSError):
                    os.read(fd, 65_536)
        now = time.monotonic()
        if self._bell in ready:
            self._news = now
            self._scan_due = True
        if now - self._scanned > (SCANS_APART if self._scan_due else IDLE_LOOK) or not self.courier.deliveries:
            self._scan()
        self._open_stations()
        self._sample()
        if self.courier.pump():
            self._news = now
        self.courier.close_stations(self._machine)
        self.courier.forget_settled()

    def _scan(self) -> None:
        self._scanned, self._scan_due = time.monotonic(), False
        for folder, header in self.shelf.new():
            if header.get("mode") == "offline" or not self._mine(header):
                continue
            delivery = self.courier.take(folder, header)
            if delivery is not None:
                self._news = self._useful = time.monotonic()

    def _open_stations(self) -> None:
        """Telemetry must not be what makes a run that is asked for with a condition, or `never` finds it there."""
        for delivery in list(self.courier.deliveries.values()):
            wanted = delivery.is_user and delivery.header.get("telemetry") is not False and delivery.writer in self.courier.watches
            if wanted and delivery.alive and not delivery.ended and (delivery.opened or not delivery.header.get("condition")):
                self.courier.station_of(delivery)

    def _mine(self, header: dict[str, Any]) -> bool:
        """Journals of this host, and of hosts whose agent does not live: a container's, on a volume."""
        host = str(header.get("host"))
        if host == self.courier.host or host in self._foreign:
            return True
        desk = agent_folder(self.folder, host)
        os.makedirs(desk, mode=0o700, exist_ok=True)
        lock = take_lock(desk, 0.0)
        if lock is not None:
            self._foreign[host] = lock
        return lock is not None

    def _sample(self) -> None:
        now = time.monotonic()
        due = [station for station in self.courier.stations.values() if station.next_sample <= now]
        if not due:
            return
        if self._sampler is None:
            try:
                self._sampler = Sampler(self.folder)
            except ImportError as error:
                self.say(f"no telemetry: {error}")
                for station in due:
                    station.next_sample = float("inf")
                return
        machine = self._sampler.machine()
        for station in due:
            station.next_sample = now + pause_after((now_ms() - station.start) / 1000)
            users = self.courier.users_of(station)
            if any(user.alive and user.header.get("telemetry") is not False for user in users):
                station.write({**machine, **self._sampler.process(station.pid)})

    def _machine(self) -> dict[str, float]:
        return self._sampler.machine() if self._sampler is not None else {}

    def _may_leave(self) -> bool:
        """All is done and delivered for 5 s; or what is left is of the dead, and no server was there for an hour."""
        now = time.monotonic()
        unsettled = self.courier.unsettled()
        if not unsettled:
            return now - self._useful > LINGER
        self._useful = now
        if any(delivery.alive and not delivery.ended for delivery in unsettled):
            return False
        reached = [connection.reached for connection in self.courier.connections.values()]
        return now - max(reached, default=self._started) > UNREACHED


def take_lock(desk: str, patience: float) -> int | None:
    """The descriptor that holds the desk's lock, or None where somebody else holds it."""
    handle = os.open(os.path.join(desk, "lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except OSError:
            if time.monotonic() >= end:
                os.close(handle)
                return None
            time.sleep(0.05)


def detach() -> None:
    """Leaves the process that started it: a second fork, a session of its own."""
    if os.fork():
        os._exit(0)
    with contextlib.suppress(OSError):
        os.setsid()
    if os.fork():
        os._exit(0)


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if len([argument for argument in arguments if not argument.startswith("-")]) != 1:
        sys.stderr.write("usage: python -m trackside.agent DIR\n")
        return 2
    folder = os.path.abspath(arguments[-1])
    desk = agent_folder(folder)
    os.makedirs(desk, mode=0o700, exist_ok=True)
    if "--stay" not in arguments:
        detach()
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    lock = take_lock(desk, LOCK_TRIES)
    if lock is None:
        return 0
    start = process_start(os.getpid())
    replace_json(
        os.path.join(desk, "agent.json"), {"pid": os.getpid(), "start": start, "sdk": SDK, "protocol": 1, "since": now_ms()}
    )
    agent = Agent(folder, desk)
    agent.say(f"agent {os.getpid()} takes care of {folder}")
    tidy(os.path.join(folder, "runs"))
    try:
        agent.run()
    finally:
        os.close(lock)
    agent.say(f"agent {os.getpid()} leaves")
    return 0


if __name__ == "__main__":
    sys.exit(main())
