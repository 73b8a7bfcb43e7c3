"""One segment file of a journal: mapped into memory where that can be had, written with write(2) otherwise."""

from __future__ import annotations

import contextlib
import mmap
import os
from zlib import crc32

from .records import META, META_HEAD, POINTS, POINTS_HEAD, TWO_U32, U32, padded, record

UNBOUNDED = 1 << 62
"""The size of a segment that is written, not mapped: it grows as it is used."""


class Segment:
    """An open segment. `map` is the shared mapping, or None where every record is a write(2) of its own."""

    __slots__ = ("fd", "map", "path", "size", "used")

    def __init__(self, path: str, size: int) -> None:
        self.path = path
        self.used = 0
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            self.map, self.size = _map(self.fd, size)
        except BaseException:
            os.close(self.fd)
            os.unlink(path)
            raise

    def put(self, body: bytes) -> None:
        """Appends one record. OSError: nothing was kept."""
        whole = record(body)
        if self.map is None:
            self.write(whole)
            return
        start = self.used
        self.map[start + 4 : start + len(whole)] = whole[4:]
        U32.pack_into(self.map, start, len(body))
        self.used = start + len(whole)

    def put_header(self, header: bytes) -> None:
        if self.map is None:
            self.write(header)
            return
        self.map[0 : len(header)] = header
        self.used = len(header)

    def write(self, whole: bytes) -> None:
        """Appends with write(2); what was written short is cut off again at once."""
        written = 0
        try:
            while written < len(whole):
                written += os.write(self.fd, whole[written:])
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self.fd, self.used)
                os.lseek(self.fd, self.used, os.SEEK_SET)
            raise
        self.used += written

    def counted(self) -> tuple[int | None, int | None]:
        """The next seq and ordinal as the file has it (None: it holds neither); `used` moves behind the last whole record."""
        data = self.map[:] if self.map is not None else os.pread(self.fd, os.fstat(self.fd).st_size, 0)
        seq = ordinal = None
        at = padded(16 + U32.unpack_from(data, 8)[0])
        while at + 8 <= len(data):
            length, crc = TWO_U32.unpack_from(data, at)
            body = data[at + 8 : at + 8 + length]
            if length == 0 or len(body) < length or crc32(body) != crc:
                break
            if U32.unpack_from(body)[0] == POINTS:
                _, width, first, _, _ = POINTS_HEAD.unpack_from(body)
                seq = first + width
            elif U32.unpack_from(body)[0] == META:
                ordinal = META_HEAD.unpack_from(body)[2] + 1
            at += 8 + padded(length)
        self.used = at
        return seq, ordinal

    def sync(self) -> None:
        getattr(os, "fdatasync", os.fsync)(self.fd)

    def close(self) -> None:
        """Gives back the tail that was not used, and syncs. A segment that was only held in reserve goes."""
        if self.path.endswith(".new"):
            with contextlib.suppress(OSError):
                os.unlink(self.path)
        if self.map is not None:
            self.map.close()
            with contextlib.suppress(OSError):
                os.ftruncate(self.fd, self.used)
        with contextlib.suppress(OSError):
            self.sync()
        os.close(self.fd)


def _map(fd: int, size: int) -> tuple[mmap.mmap | None, int]:
    """Space is promised by the disk before it is mapped: a store into a hole of a full disk would be SIGBUS."""
    if os.environ.get("TRACKSIDE_JOURNAL") == "write" or not hasattr(os, "posix_fallocate"):
        return None, UNBOUNDED
    try:
        os.posix_fallocate(fd, 0, size)
    except OSError as error:
        import errno

        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        with contextlib.suppress(OSError):
            os.ftruncate(fd, 0)
        return None, UNBOUNDED
    try:
        return mmap.mmap(fd, size), size
    except (OSError, ValueError):
        os.ftruncate(fd, 0)
        return None, UNBOUNDED
