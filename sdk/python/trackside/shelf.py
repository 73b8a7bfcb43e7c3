"""The journals of a folder: finds launches and writers, old and new."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from typing import Any

from .receipt import DONE, read_ack
from .tail import journal_header

_FIRST_SEGMENT = re.compile(r"([0-9a-f]{32})-000000\.tsj\Z")
KEEP_DAYS = 7


class Shelf:
    """`new` answers each writer once: the launch's folder and the header of its journal."""

    def __init__(self, runs: str) -> None:
        self.runs = runs
        self._seen: dict[str, int] = {}
        self._known: set[str] = set()

    def new(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for folder in launches(self.runs):
            try:
                changed = os.stat(folder).st_mtime_ns
            except OSError:
                continue
            if self._seen.get(folder) == changed:
                continue
            whole = True
            for writer in writers(folder):
                if writer in self._known:
                    continue
                header = journal_header(folder, writer)
                if header is None:
                    whole = False
                    continue
                self._known.add(writer)
                yield folder, header
            if whole and time.time_ns() - changed > 1_000_000_000:
                self._seen[folder] = changed


def launches(runs: str) -> list[str]:
    """Folders of launches below `runs`, or `runs` itself where it is one launch."""
    try:
        names = sorted(os.listdir(runs))
    except OSError:
        return []
    if any(_FIRST_SEGMENT.match(name) for name in names):
        return [runs]
    return [os.path.join(runs, name) for name in names if os.path.isdir(os.path.join(runs, name))]


def writers(folder: str) -> list[str]:
    try:
        return [match.group(1) for match in map(_FIRST_SEGMENT.match, sorted(os.listdir(folder))) if match]
    except OSError:
        return []


def tidy(runs: str) -> None:
    """Launches whose writers are all delivered go 7 days after their last change."""
    limit = time.time() - KEEP_DAYS * 86_400
    for folder in launches(runs):
        with contextlib.suppress(OSError):
            if os.stat(folder).st_mtime > limit:
                continue
            acks = [read_ack(os.path.join(folder, f"{writer}.ack")) for writer in writers(folder)]
            if acks and all(ack is not None and ack.flags & DONE for ack in acks):
                shutil.rmtree(folder)
