"""Reads a journal while it grows: records in order of seq, damage stepped over and told.

Segments are read with pread, never mapped: a writer cuts a segment's unused end off, and a mapping would die of that.
"""

from __future__ import annotations

import json
import os
from itertools import groupby
from struct import Struct
from typing import Any, Union
from zlib import crc32

from .frame_builder import Hole, Points
from .records import KEY, MAGIC, META, META_HEAD, POINTS, POINTS_HEAD, TWO_U32, U32, padded

BLOCK = 1 << 18


def read_header(path: str) -> dict[str, Any] | None:
    """The JSON at the head of a segment; None while it is not whole."""
    found = _read_header(path)
    return found[0] if found else None


def journal_header(folder: str, writer: str) -> dict[str, Any] | None:
    """The header of a writer's journal: of its first segment, or of the first that can be read."""
    number = 0
    while os.path.exists(path := os.path.join(folder, f"{writer}-{number:06d}.tsj")):
        header = read_header(path)
        if header is not None:
            return header if header.get("writer") == writer else None
        number += 1
    return None


def _read_header(path: str) -> tuple[dict[str, Any], int] | None:
    try:
        with open(path, "rb", buffering=0) as handle:
            head = handle.read(16)
            if len(head) < 16 or head[:8] != MAGIC:
                return None
            length, crc = TWO_U32.unpack_from(head, 8)
            text = handle.read(length)
    except OSError:
        return None
    if len(text) != length or crc32(text) != crc:
        return None
    try:
        header = json.loads(text)
    except ValueError:
        return None
    return (header, padded(16 + length)) if isinstance(header, dict) else None


class Meta:
    """One meta item: its ordinal and its JSON, as bytes and read."""

    __slots__ = ("item", "ordinal", "size")

    def __init__(self, ordinal: int, item: dict[str, Any], size: int) -> None:
        self.ordinal, self.item, self.size = ordinal, item, size


class Tail:
    """Reads one writer's journal from given marks on: `upto` and `meta` are the last ones that need not be read."""

    def __init__(self, folder: str, writer: str, upto: int = -1, meta: int = -1) -> None:
        self.folder, self.writer = folder, writer
        self.next_seq, self.next_meta = upto + 1, meta + 1
        self.ended = False  # the writer's own last words were read, new or known
        self._number = -1
        self._fd = -1
        self._at = 0
        self._names: dict[int, str] = {}
        self._tuples: dict[bytes, tuple[str, ...] | None] = {}
        self._start()

    def _path(self, number: int) -> str:
        return os.path.join(self.folder, f"{self.writer}-{number:06d}.tsj")

    def _start(self) -> None:
        """At the last segment that holds both marks: earlier ones hold nothing that is asked for."""
        best, number = 0, 0
        while (header := read_header(self._path(number))) is not None:
            if header.get("first_seq", 0) > self.next_seq or header.get("first_meta", 0) > self.next_meta:
                break
            best, number = number, number + 1
        self._open(best)

    def _open(self, number: int) -> bool:
        found = _read_header(self._path(number))
        if found is None:
            return False
        self.close()
        self._fd = os.open(self._path(number), os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        self._number, self._at = number, found[1]
        self._names, self._tuples = {}, {}
        return True

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def read(self) -> list[Union[Points, Hole, Meta]]:
        """What has come, about 256 kB of it at most; an empty list where nothing has."""
        if self._fd < 0:
            self._start()
            if self._fd < 0:
                return []
        while True:
            found, moved = self._read_block()
            if found or moved:
                if found:
                    return found
                continue
            followed = os.path.exists(self._path(self._number + 1))
            # The writer never touches a segment again once the next one stands, so one more look is the last.
            if not followed:
                return []
            found, moved = self._read_block()
            if found:
                return found
            if moved or self._skip_damage() or self._open(self._number + 1):
                continue
            if not (os.path.exists(self._path(self._number + 2)) and self._open_headless(self._number + 1)):
                return []

    def _read_block(self) -> tuple[list[Union[Points, Hole, Meta]], bool]:
        data = os.pread(self._fd, 8, self._at)
        if len(data) < 8:
            return [], False
        length = U32.unpack_from(data)[0]
        if length == 0:
            return [], False
        data = os.pread(self._fd, max(BLOCK, 8 + length if length < 1 << 26 else 0), self._at)
        found: list[Union[Points, Hole, Meta]] = []
        at, size = 0, len(data)
        while at + 8 <= size:
            length, crc = TWO_U32.unpack_from(data, at)
            end = at + 8 + length
            if length == 0 or end > size:
                break
            body = data[at + 8 : end]
            if crc32(body) != crc or not self._take(body, found):
                self._at += at
                return (found, True) if at else (found, self._skip_damage())
            at += 8 + padded(length)
        self._at += at
        if at == 0:  # a length that reaches beyond the end of the file
            return found, self._skip_damage()
        return found, True

    def look_beyond(self) -> bool:
        """For a writer that is gone: whether there is a good record behind what looks like the end."""
        return (self._fd >= 0 and self._skip_damage()) or self._open_headless(self._number + 1)

    def _open_headless(self, number: int) -> bool:
        """A segment whose header is damaged still has its records."""
        if not os.path.exists(self._path(number)):
            return False
        self.close()
        self._fd = os.open(self._path(number), os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        self._number, self._at = number, 8
        self._names, self._tuples = {}, {}
        return self._skip_damage()

    def _take(self, body: bytes, found: list[Union[Points, Hole, Meta]]) -> bool:
        """Understands one record; false where it cannot be one."""
        if len(body) < 8:
            return False
        kind = U32.unpack_from(body)[0]
        if kind == POINTS:
            return self._take_points(body, found)
        if kind == KEY:
            self._names[U32.unpack_from(body, 4)[0]] = body[8:].decode("utf-8", "replace")
            self._tuples.clear()
        elif kind == META and len(body) >= 16:
            ordinal = META_HEAD.unpack_from(body)[2]
            if ordinal >= self.next_meta:
                self._take_meta(ordinal, body[16:], found)
            elif b'"k":"finish"' in body or b'"k":"died"' in body:
                self._take_meta(ordinal, body[16:], [])
        return True

    def _take_meta(self, ordinal: int, text: bytes, found: list[Union[Points, Hole, Meta]]) -> None:
        # Ordinals are dense on the wire; an item that damage ate leaves an empty one.
        for missing in range(self.next_meta, ordinal):
            found.append(Meta(missing, {"k": "void"}, 12))
        try:
            item = json.loads(text)
        except ValueError:
            item = {"k": "void"}
        if item.get("k") == "finish" or (item.get("k") == "died" and item.get("writer") == self.writer):
            self.ended = True
        found.append(Meta(ordinal, item, len(text)))
        self.next_meta = max(self.next_meta, ordinal + 1)

    def _take_points(self, body: bytes, found: list[Union[Points, Hole, Meta]]) -> bool:
        size = len(body)
        if size < 32:
            return False
        _, n, seq, step, time = POINTS_HEAD.unpack_from(body)
        start = 32 + padded(4 * n)
        if n == 0 or size != start + 8 * n:
            return False
        if seq + n <= self.next_seq:
            return True
        if seq > self.next_seq:
            found.append(Hole(self.next_seq, seq - self.next_seq))
        self.next_seq = seq + n
        numbers = body[32 : 32 + 4 * n]
        if numbers in self._tuples:
            keys = self._tuples[numbers]
        else:
            names = [self._names.get(number) for number in Struct(f"<{n}I").unpack(numbers)]
            keys = self._tuples[numbers] = None if None in names else tuple(names)  # type: ignore[arg-type]
        if keys is not None:
            found.append(Points(seq, step, time, keys, body[start:]))
        else:
            self._take_known(seq, step, time, body, start, found)
        return True

    def _take_known(self, seq: int, step: int, time: int, body: bytes, start: int, found: list[Any]) -> None:
        """The points of a record some of whose keys' definitions were lost: those are holes, their neighbours stay."""
        numbers = Struct(f"<{(len(body) - start) // 8}I").unpack_from(body, 32)
        names = [self._names.get(number) for number in numbers]
        at = 0
        for known, run in groupby(names, key=lambda name: name is not None):
            keys = tuple(run)
            values = body[start + 8 * at : start + 8 * (at + len(keys))]
            found.append(Points(seq + at, step, time, keys, values) if known else Hole(seq + at, len(keys)))  # type: ignore[arg-type]
            at += len(keys)

    def _skip_damage(self) -> bool:
        """Moves on in steps of 8 bytes to the next good record of this segment; false where there is none."""
        size = os.fstat(self._fd).st_size
        total = max(0, size - self._at)
        rest = os.pread(self._fd, total, self._at).rstrip(b"\0")
        at = 8
        while at + 9 <= len(rest):
            length, crc = TWO_U32.unpack_from(rest, at)
            if 8 <= length <= total - at - 8 and rest[at + 8 : at + 12].ljust(4, b"\0") in _KINDS:
                body = rest[at + 8 : at + 8 + length].ljust(length, b"\0")
                if crc32(body) == crc:
                    self._at += at
                    return True
            at += 8
        return False


_KINDS = frozenset([U32.pack(KEY), U32.pack(POINTS), U32.pack(META)])
