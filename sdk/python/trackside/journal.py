"""The journal's writer: what `log()` was given is the kernel's when it returns, so SIGKILL loses nothing.
A caller holds `lock` for a few instructions; nothing under it lets go of the GIL, save the change to a new segment."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from itertools import count
from threading import RLock
from time import time_ns
from typing import Any
from zlib import crc32

from .records import U32, PointsPlan, key_body, meta_body, padded, segment_header
from .segment import Segment

FIRST_SEGMENT, NEXT_SEGMENT = 1 << 20, 4 << 20
PLANS = 10_000
RING_VALUES = 1_000_000  # what memory keeps while the disk refuses: about 40 MB at worst

_put_u32 = U32.pack_into


class Journal:
    """One writer's journal in the folder of its launch.

    `header` holds the members of every segment's header that do not change. Points and meta items that the disk
    refuses wait in a bounded ring; `full` is true while the ring takes no more.
    """

    def __init__(self, folder: str, writer: str, header: dict[str, Any]) -> None:
        self.folder, self.writer, self.header = folder, writer, header
        self.lock = RLock()
        self.busy = False
        self.pid = os.getpid()
        self.seq = 0  # of the next point
        self.ordinal = 0  # of the next meta item
        self.dirty = False
        self.trouble: OSError | None = None
        self.plans: dict[tuple[str, ...], PointsPlan] = {}
        self._numbers: dict[str, int] = {}
        self._count = 0
        self._names = count()
        self._spare: Segment | None = None
        self._retired: list[Segment] = []
        self._ring: deque[tuple[Any, ...]] = deque()
        self._ring_values = 0
        self._deferred: list[tuple[Any, ...]] = []
        self._deferred_meta: list[bytes] = []
        self.written = 0  # seq after the last point that a segment holds
        self._closed = False
        self._segment: Segment | None = None
        try:
            os.makedirs(folder, exist_ok=True)
            self._open_segment(FIRST_SEGMENT, 0, 0)
        except OSError as error:
            self.trouble = error

    def put_points(self, keys: tuple[str, ...], values: Any, step: int) -> bool:
        """Appends one record of points, stamped with the time. The caller holds `lock`. False: no room anywhere."""
        if self.busy and self._reentered():
            self._deferred.append((keys, tuple(values), step))
            return True
        kept = self.busy = True
        seq = self.seq
        now = time_ns() // 1_000_000
        try:
            if self._ring or self._segment is None:
                kept = not self._closed and self._ring_values + len(keys) <= RING_VALUES
                if kept:
                    self._keep((keys, tuple(values), seq, step, now))
            else:
                self._write_points(keys, values, seq, step, now)
        except OSError as error:
            self.trouble = error
            self._keep((keys, tuple(values), seq, step, now))
        if kept:
            self.seq = seq + len(keys)
        self.busy = False
        self.dirty = True
        if self._deferred:
            self.put_points(*self._deferred.pop(0))
        return kept

    def put_meta(self, item: bytes) -> None:
        """Appends one meta item. The caller holds `lock`."""
        if self._closed:
            return
        if self.busy and self._reentered():
            self._deferred_meta.append(item)
            return
        self.busy = True
        ordinal = self.ordinal
        try:
            if self._ring or self._segment is None:
                self._ring.append((ordinal, item))
            else:
                self._write_meta(ordinal, item)
        except OSError as error:
            self.trouble = error
            self._ring.append((ordinal, item))
        self.ordinal = ordinal + 1
        self.busy = False
        self.dirty = True
        if self._deferred_meta:
            self.put_meta(self._deferred_meta.pop(0))

    def _reentered(self) -> bool:
        """Whether a signal handler or a finaliser logs while its own thread is in here; if not, an interrupt left `busy` behind."""
        frame = sys._getframe(2)
        while frame is not None:
            if frame.f_code in _WRITING and frame.f_locals.get("self") is self:
                return True
            frame = frame.f_back  # type: ignore[assignment]
        self._settle()
        return False

    def _settle(self) -> None:
        """After an interrupt between two steps of a write: a record that stands in the file counts, and a new segment begins."""
        segment = self._segment
        seq, ordinal = segment.counted() if segment is not None else (None, None)
        self.seq = self.written = self.written if seq is None else seq
        self.ordinal = self.ordinal if ordinal is None else ordinal
        for entry in self._ring:
            if len(entry) == 5:
                self.seq = entry[2] + len(entry[0])
            else:
                self.ordinal = entry[0] + 1
        if segment is None:
            return
        while os.path.exists(self._path(self._count)):  # made, but not taken over: a reader may have gone on to it
            self._count += 1
        self._segment = None  # from here on, points wait in memory until the next segment stands
        self._retired.append(segment)
        try:
            self._open_segment(FIRST_SEGMENT, self._first_seq(), self._first_meta())
        except OSError as error:
            self.trouble = error

    def _write_points(self, keys: tuple[str, ...], values: Any, seq: int, step: int, now: int) -> None:
        plan = self.plans.get(keys)
        if plan is None:
            plan = self._plan(keys)
        segment: Segment = self._segment  # type: ignore[assignment]
        start = segment.used
        if start + plan.size > segment.size:
            self._next_segment(self._need(keys), seq, self._first_meta())
            plan = self._plan(keys)
            segment = self._segment  # type: ignore[assignment]
            start = segment.used
        body = plan.body(2, plan.width, seq, step, now, plan.numbers, *values)
        if segment.map is None:
            segment.put(body)
            self.written = seq + plan.width
            return
        plan.tail(segment.map, start + 4, crc32(body), body)
        _put_u32(segment.map, start, plan.length)
        self.written = seq + plan.width
        segment.used = start + plan.size

    def _plan(self, keys: tuple[str, ...]) -> PointsPlan:
        """Numbers for keys in this segment, defined before they are used."""
        segment: Segment = self._segment  # type: ignore[assignment]
        if segment.used + self._need(keys) > segment.size:
            self._next_segment(self._need(keys), self._first_seq(), self._first_meta())
            segment = self._segment  # type: ignore[assignment]
        numbers = self._numbers
        for key in keys:
            if key not in numbers:
                segment.put(key_body(len(numbers), key.encode()))
                numbers[key] = len(numbers)
        if len(self.plans) >= PLANS:
            self.plans.clear()
        plan = self.plans[keys] = PointsPlan([numbers[key] for key in keys])
        return plan

    def _need(self, keys: tuple[str, ...]) -> int:
        return sum(16 + padded(4 * len(key)) for key in keys) + 40 + padded(12 * len(keys))

    def _write_meta(self, ordinal: int, item: bytes) -> None:
        body = meta_body(ordinal, item)
        if self._segment.used + 8 + padded(len(body)) > self._segment.size:  # type: ignore[union-attr]
            self._next_segment(8 + padded(len(body)), self._first_seq(), ordinal)
        self._segment.put(body)  # type: ignore[union-attr]

    def _first_seq(self) -> int:
        return next((entry[2] for entry in self._ring if len(entry) == 5), self.seq)

    def _first_meta(self) -> int:
        return next((entry[0] for entry in self._ring if len(entry) == 2), self.ordinal)

    def _keep(self, entry: tuple[Any, ...]) -> None:
        self._ring.append(entry)
        self._ring_values += len(entry[0])

    def _next_segment(self, need: int, first_seq: int, first_meta: int) -> None:
        old = self._segment
        self._open_segment(max(NEXT_SEGMENT, padded(need) + 65_536), first_seq, first_meta)
        if old is not None:
            self._retired.append(old)

    def _path(self, number: int) -> str:
        return os.path.join(self.folder, f"{self.writer}-{number:06d}.tsj")

    def _new_path(self) -> str:
        """A segment has a name of its own until its header stands."""
        return os.path.join(self.folder, f"{self.writer}.{next(self._names)}.new")

    def _open_segment(self, size: int, first_seq: int, first_meta: int) -> None:
        number = self._count
        path = self._path(number)
        segment, self._spare = self._spare, None
        if segment is not None and segment.size < size:
            self._retired.append(segment)
            segment = None
        if segment is None:
            segment = Segment(self._new_path(), size)
        try:
            header = {**self.header, "segment": number, "first_seq": first_seq, "first_meta": first_meta}
            segment.put_header(segment_header(header))
            os.rename(segment.path, path)
        except OSError:
            self._retired.append(segment)
            raise
        segment.path = path
        self._numbers, self.plans = {}, {}
        self._segment, self._count = segment, number + 1

    def tend(self) -> None:
        """The background's part: sync, a segment in reserve, old segments closed, what the ring holds written."""
        with self.lock:
            segment, retired, self._retired = self._segment, self._retired, []
            dirty, self.dirty = self.dirty, False
        for old in retired:
            with contextlib.suppress(OSError, ValueError):
                old.close()
        if dirty and segment is not None:
            with contextlib.suppress(OSError, ValueError):
                segment.sync()
        if segment is not None and self._spare is None and segment.map is not None and 2 * segment.used > segment.size:
            self._reserve()
        while self._ring and self._drain():
            continue

    def _reserve(self) -> None:
        with contextlib.suppress(OSError):
            spare = Segment(self._new_path(), NEXT_SEGMENT)
            with self.lock:
                if self._closed or self._spare is not None:
                    self._retired.append(spare)
                else:
                    self._spare = spare

    def _drain(self) -> bool:
        """Writes up to 256 entries of the ring; false where the disk still refuses."""
        with self.lock:
            for _ in range(min(256, len(self._ring))):
                entry = self._ring[0]
                try:
                    if self._segment is None:
                        self._open_segment(FIRST_SEGMENT, self._first_seq(), self._first_meta())
                    if len(entry) == 5:
                        self._write_points(entry[0], entry[1], *entry[2:])
                    else:
                        self._write_meta(*entry)
                except OSError as error:
                    self.trouble = error
                    return False
                self._ring.popleft()
                self._ring_values -= len(entry[0]) if len(entry) == 5 else 0
        if not self._ring:
            self.trouble = None
        return True

    def waiting(self) -> int:
        return self._ring_values

    def close(self) -> None:
        """Writes what can be written, gives unused space back. Nothing is taken afterwards."""
        with self.lock:
            if self.busy and not self._reentered():
                self.busy = False
        while self._ring and self._drain():
            pass
        with self.lock:
            self._closed = True
            segment, self._segment = self._segment, None
            spare, self._spare = self._spare, None
            retired, self._retired = self._retired, []
            self.plans = {}
        for old in [*retired, *([segment] if segment is not None else [])]:
            old.close()
        if spare is not None:
            spare.close()


_WRITING = (Journal.put_points.__code__, Journal.put_meta.__code__)
