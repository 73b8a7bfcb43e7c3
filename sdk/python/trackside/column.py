"""Columns of a frame, as protocol/frame.md says: each in its smallest exact coding; of two as small, the lower number."""

from __future__ import annotations

from array import array
from operator import sub
from struct import Struct, pack, unpack

from .records import TWO_U32, padded

LARGEST = 2**53 - 1
CANONICAL_NAN = 0x7FF8000000000000
_START = Struct("<q")
_START_STEP = Struct("<qq")


class ProtocolError(ValueError):
    """Bytes that break the protocol: one sentence that names the section and what is wrong."""


def _column(coding: int, data: bytes) -> bytes:
    return (TWO_U32.pack(coding, len(data)) + data).ljust(8 + padded(len(data)), b"\0")


def encode_whole(items: list[int]) -> bytes:
    """A column of whole numbers within ±(2^53 − 1)."""
    n = len(items)
    if n < 2:
        return _column(0, b"".join(map(_START.pack, items)))
    differences = list(map(sub, items[1:], items))
    least, most = min(differences), max(differences)
    best = (8 * n, 0)
    if least == most and abs(least) <= LARGEST:
        best = min(best, (16, 1))
    if least >= -0x80000000 and most <= 0x7FFFFFFF:
        best = min(best, (4 + 4 * n, 2))
    if least >= -0x8000 and most <= 0x7FFF:
        best = min(best, (6 + 2 * n, 3))
    coding = best[1]
    if coding == 0:
        return _column(0, Struct(f"<{n}q").pack(*items))
    if coding == 1:
        return _column(1, _START_STEP.pack(items[0], least))
    return _column(coding, _START.pack(items[0]) + Struct(f"<{n - 1}{'i' if coding == 2 else 'h'}").pack(*differences))


def encode_floats(items: array[float]) -> bytes:
    """A column of float64: 17 where float32 gives the same bits back, 18 where all are the same, else 16."""
    n = len(items)
    data = items.tobytes()
    same = n > 1 and data == data[:8] * n
    narrow = _as_float32(items, data) if n else None
    if narrow is not None:
        return _column(18, data[:8]) if same and n > 2 else _column(17, narrow)
    return _column(18, data[:8]) if same else _column(16, data)


def _as_float32(items: array[float], data: bytes) -> bytes | None:
    first = items[0]
    try:
        if unpack("<f", pack("<f", first))[0] != first and first == first:
            return None
    except OverflowError:
        return None
    narrow = array("f", items)
    if array("d", narrow).tobytes() != data:
        return None
    total = sum(items)
    if total != total:  # there is a NaN, or infinities of both signs: only the one quiet NaN is the same everywhere
        for word, item in zip(array("Q", data), items):
            if item != item and word != CANONICAL_NAN:
                return None
    return narrow.tobytes()


class ColumnReader:
    """Reads columns one after the other. Raises ProtocolError."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def whole(self, n: int, where: str) -> list[int]:
        items = self._whole(n, where)
        if items and (max(items) > LARGEST or min(items) < -LARGEST):
            raise ProtocolError(f"{where}: a whole number lies outside ±(2^53 − 1).")
        return items

    def _whole(self, n: int, where: str) -> list[int]:
        coding, body = self._open(where)
        if coding == 0:
            _expect(body, 8 * n, where)
            return list(Struct(f"<{n}q").unpack(body))
        if n == 0:
            raise ProtocolError(f"{where}: coding {coding} of no items.")
        if coding == 1:
            _expect(body, 16, where)
            start, step = _START_STEP.unpack(body)
            return [start + i * step for i in range(n)]
        if coding not in (2, 3):
            raise ProtocolError(f"{where}: coding {coding} is none of whole numbers.")
        _expect(body, 4 + 4 * n if coding == 2 else 6 + 2 * n, where)
        item = _START.unpack_from(body)[0]
        items = [item]
        for difference in Struct(f"<{n - 1}{'i' if coding == 2 else 'h'}").unpack(body[8:]):
            item += difference
            items.append(item)
        return items

    def floats(self, n: int, where: str) -> array[float]:
        coding, body = self._open(where)
        if coding == 16:
            _expect(body, 8 * n, where)
            return array("d", body)
        if coding == 17:
            _expect(body, 4 * n, where)
            return array("d", array("f", body))
        if coding != 18:
            raise ProtocolError(f"{where}: coding {coding} is none of float64.")
        _expect(body, 8, where)
        return array("d", body * n)

    def _open(self, where: str) -> tuple[int, bytes]:
        if self.at + 8 > len(self.data):
            raise ProtocolError(f"{where}: begins beyond the end.")
        coding, length = TWO_U32.unpack_from(self.data, self.at)
        start = self.at + 8
        self.at = start + padded(length)
        if self.at > len(self.data):
            raise ProtocolError(f"{where}: {length} bytes reach beyond the end.")
        return coding, self.data[start : start + length]


def _expect(body: bytes, size: int, where: str) -> None:
    if len(body) != size:
        raise ProtocolError(f"{where}: {len(body)} bytes of data where {size} are due.")
