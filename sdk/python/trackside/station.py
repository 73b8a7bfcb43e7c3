"""The agent as a writer: one journal a run, for its telemetry and for the deaths that the agent saw."""

from __future__ import annotations

import os
import uuid
from typing import Any

from .folder import host_name
from .journal import Journal
from .process import process_start
from .records import to_json
from .writer import SDK, now_ms

_OF_THE_RUN = ("run", "project", "workspace", "base_url", "named_server", "key_hint", "mode", "launch")


class Station:
    """Step = ms since the `start` of the run's first writer on this host."""

    def __init__(self, folder: str, first: dict[str, Any]) -> None:
        self.folder = folder
        self.run = (str(first.get("base_url")), str(first.get("project")), str(first.get("run")))
        self.pid: int = first["pid"]
        self.start: int = first["start"]
        self.writer = uuid.uuid4().hex
        self.next_sample = 0.0
        header = {
            "format": 1,
            "writer": self.writer,
            **{name: first[name] for name in _OF_THE_RUN if name in first},
            "labels": {"host": host_name()},
            "kind": "telemetry",
            "pid": os.getpid(),
            "process_start": process_start(os.getpid()),
            "host": host_name(),
            "start": now_ms(),
            "sdk": SDK,
        }
        self.journal = Journal(folder, self.writer, header)
        self.header = header

    def write(self, sample: dict[str, float]) -> None:
        if sample:
            with self.journal.lock:
                self.journal.put_points(tuple(sample), [float(value) for value in sample.values()], now_ms() - self.start)
            self.journal.tend()

    def died(self, writer: str, reason: str) -> None:
        self._tell({"k": "died", "writer": writer, "reason": reason, "time": now_ms()})
        self.journal.tend()

    def close(self) -> None:
        self._tell({"k": "finish", "exit_code": None, "time": now_ms(), "logged": self.journal.seq, "refused": 0})
        self.journal.close()

    def _tell(self, item: dict[str, Any]) -> None:
        with self.journal.lock:
            self.journal.put_meta(to_json(item))
