"""Notices the end of processes: at once by pidfd where there is one, else by looking every half second."""

from __future__ import annotations

import contextlib
import os
import select
import time
from typing import Any

from .process import is_alive, process_start

LOOKS_APART = 0.5


class Watch:
    """`fd` becomes readable when the process ends; -1 where it has to be asked."""

    def __init__(self, header: dict[str, Any]) -> None:
        self.pid = int(header.get("pid") or 0)
        self.start = header.get("process_start")
        self.fd = -1
        self._alive = is_alive(self.pid, self.start)
        self._looked = time.monotonic()
        if self._alive and hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                self.fd = os.pidfd_open(self.pid)
            if self.fd >= 0 and self.start is not None and process_start(self.pid) != self.start:
                self._alive = False

    def alive(self) -> bool:
        if not self._alive:
            return False
        if self.fd >= 0:
            self._alive = not select.select([self.fd], [], [], 0)[0]
        elif time.monotonic() - self._looked >= LOOKS_APART:
            self._looked = time.monotonic()
            self._alive = is_alive(self.pid, self.start)
        if not self._alive:
            self.close()
        return self._alive

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
