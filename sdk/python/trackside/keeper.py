"""The thread behind a journal: rings the agent's bell, syncs the disk, keeps a segment in reserve."""

from __future__ import annotations

import time
from threading import Lock, Thread
from typing import Callable

from .journal import Journal
from .launcher import Bell

RINGS_APART = 0.05
SYNCS_APART = 0.2


class Keeper:
    """`log()` only looks at `armed` and lets go of `wake`: neither gives up the GIL. All the rest happens here."""

    def __init__(self, journal: Journal, bell: Bell | None, each_second: Callable[[], None]) -> None:
        self.journal, self.bell = journal, bell
        self.armed = True
        self.wake = Lock()
        self.wake.acquire()
        self._each_second = each_second
        self._stop = False
        self._thread = Thread(target=self._run, name="trackside-keeper", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """There is something new. Safe from any thread and from signal handlers."""
        if self.armed:
            self.armed = False
            try:
                self.wake.release()
            except RuntimeError:  # two threads saw it armed: one release is enough
                pass

    def _run(self) -> None:
        synced = told = time.monotonic()
        while not self._stop:
            rung = self.wake.acquire(timeout=SYNCS_APART if self.journal.dirty or self.journal.trouble else 1.0)
            if self._stop:
                if self.bell is not None:
                    self.bell.ring()
                    self.bell.close()
                return
            if rung and self.bell is not None:
                self.bell.ring()
            now = time.monotonic()
            if now - synced >= SYNCS_APART:
                self.journal.tend()
                synced = time.monotonic()
            if now - told >= 1.0:
                told = now
                self._each_second()
            if rung:
                time.sleep(RINGS_APART)
                self.armed = True

    def stop(self) -> None:
        """Rings once more and ends the thread."""
        self._stop = True
        self.nudge()
        try:
            self.wake.release()
        except RuntimeError:
            pass
        self._thread.join(timeout=2.0)
