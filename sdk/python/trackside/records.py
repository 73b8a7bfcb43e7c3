"""The bytes of a journal, as protocol/journal.md says: segment headers and records."""

from __future__ import annotations

import json
from struct import Struct
from typing import Any
from zlib import crc32

MAGIC = b"TSJ1\r\n\x1a\n"
KEY, POINTS, META = 1, 2, 3

U32 = Struct("<I")
TWO_U32 = Struct("<II")
POINTS_HEAD = Struct("<IIqqq")
META_HEAD = Struct("<IIq")


def padded(size: int) -> int:
    """`size`, rounded up to a multiple of 8."""
    return (size + 7) & ~7


def to_json(value: Any) -> bytes:
    """Compact JSON in UTF-8. A lone surrogate has no UTF-8: then everything beyond ASCII is escaped."""
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def segment_header(header: dict[str, Any]) -> bytes:
    """The header of a segment, padded: the first record goes right behind it."""
    text = to_json(header)
    return (MAGIC + TWO_U32.pack(len(text), crc32(text)) + text).ljust(padded(16 + len(text)), b"\0")


def record(body: bytes) -> bytes:
    """One record: length, CRC-32, body, zeros."""
    return (TWO_U32.pack(len(body), crc32(body)) + body).ljust(8 + padded(len(body)), b"\0")


def key_body(number: int, name: bytes) -> bytes:
    return TWO_U32.pack(KEY, number) + name


def meta_body(ordinal: int, item: bytes) -> bytes:
    return META_HEAD.pack(META, 0, ordinal) + item


class PointsPlan:
    """How records with one tuple of keys are packed. Key numbers never change within a segment, so they are packed once."""

    __slots__ = ("body", "length", "numbers", "size", "tail", "width")

    def __init__(self, numbers: list[int]) -> None:
        width = len(numbers)
        gap = padded(4 * width)
        self.width = width
        self.numbers = Struct(f"<{width}I").pack(*numbers).ljust(gap, b"\0")
        body = Struct(f"<IIqqq{gap}s{width}d")
        self.body = body.pack
        self.length = body.size
        self.size = 8 + body.size
        self.tail = Struct(f"<I{body.size}s").pack_into
