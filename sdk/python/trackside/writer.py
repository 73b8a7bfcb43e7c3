"""One process that logs to one run: its journal, its keeper, its counts."""

from __future__ import annotations

import os
import time
import uuid
from dataclasses import dataclass
from typing import Any

from . import __version__
from .folder import host_name
from .journal import Journal
from .keeper import Keeper
from .launcher import Bell
from .page import Page
from .process import process_start
from .receipt import DONE, GONE, KEY, NO, STOP, Ack, read_ack, wait_for
from .records import to_json
from .refusals import Refusals
from .say import say_once
from .stop import interrupt

SDK = f"python/{__version__}"


@dataclass
class Launch:
    """What all writers of one launch share: the folder and the members of the journal's header that name the run."""

    folder: str
    name: str
    online: bool
    header: dict[str, Any]
    stoppable: bool = True

    @property
    def path(self) -> str:
        return os.path.join(self.folder, "runs", self.name)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Writer:
    """Made anew in each process. `journal.lock` guards seq, step and copy."""

    def __init__(self, launch: Launch, writer: str | None = None, condition: str | None = None) -> None:
        self.launch = launch
        self.id = writer or uuid.uuid4().hex
        self.refusals = Refusals()
        self.rounded = 0
        self.finished = False
        self._stop_heard = False
        header = {
            "format": 1,
            "writer": self.id,
            **launch.header,
            **({"condition": condition} if condition else {}),
            "kind": "user",
            "pid": os.getpid(),
            "process_start": process_start(os.getpid()),
            "host": host_name(),
            "start": now_ms(),
            "sdk": SDK,
            "launch": launch.name,
        }
        self.journal = Journal(launch.path, self.id, header)
        self.page = Page(launch.folder, launch.header, self.words_path)
        bell = Bell(launch.folder) if launch.online else None
        if bell is not None:
            bell.ring()  # here and not by the keeper: an agent is on its way before the training can be killed
        self.keeper = Keeper(self.journal, bell, self._each_second)

    @property
    def ack_path(self) -> str:
        return os.path.join(self.launch.path, f"{self.id}.ack")

    @property
    def words_path(self) -> str:
        return os.path.join(self.launch.path, f"{self.id}.json")

    @property
    def logged(self) -> int:
        """Points and refused items that user code logged."""
        return self.journal.seq + self.refusals.count

    def tell(self, item: dict[str, Any]) -> None:
        """Journals one meta item."""
        text = to_json(item)
        with self.journal.lock:
            self.journal.put_meta(text)
        self.keeper.nudge()

    def refuse(self, key: str, reason: str, step: int | None) -> None:
        """Counts an item that cannot be logged; said once, shown on the run's page."""
        if self.refusals.add(key, reason, step):
            say_once(f"{key!r} was not logged: {reason}. Further ones are counted on the run's page.", "refused")
        for item in self.refusals.take():
            self.tell(item)

    def _each_second(self) -> None:
        self.page.look()
        if not self._stop_heard and not self.finished and self.stop_asked:
            self._stop_heard = True
            if self.launch.stoppable:
                interrupt(str(self.launch.header["run"]))
        for item in self.refusals.take():
            self.tell(item)
        trouble = self.journal.trouble
        if trouble is not None:
            say_once(f"the journal cannot be written ({trouble}); points wait in memory, up to a limit", "trouble")

    def finish(self, exit_code: int | None) -> None:
        """Writes the last words and closes the journal."""
        if self.finished:
            return
        self.finished = True
        for item in self.refusals.take(everything=True):
            self.tell(item)
        self.tell(
            {
                "k": "finish",
                "exit_code": exit_code,
                "time": now_ms(),
                "logged": self.logged,
                "refused": self.refusals.count,
                "rounded": self.rounded,
            }
        )
        self.journal.close()
        self.keeper.nudge()

    def wait_done(self, timeout: float) -> Ack | None:
        """Waits for the agent to say that everything is with the server, or that it cannot be."""
        if not self.launch.online:
            return None
        return wait_for(self.ack_path, lambda ack: bool(ack.flags & (DONE | GONE | KEY | NO)), self.keeper.nudge, timeout)

    def wait_upto(self, seq: int, timeout: float) -> Ack | None:
        """Waits for the ack of the point `seq`."""
        if not self.launch.online:
            return None
        over = GONE | KEY | NO
        return wait_for(self.ack_path, lambda ack: ack.upto >= seq or bool(ack.flags & over), self.keeper.nudge, timeout)

    @property
    def stop_asked(self) -> bool:
        return bool(self.ack().flags & STOP)

    def ack(self) -> Ack:
        return read_ack(self.ack_path) or Ack()
