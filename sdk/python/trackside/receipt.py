"""What the agent answers in `<writer>.ack` and `<writer>.json`, and the wait for it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from struct import Struct
from typing import Callable
from zlib import crc32

MAGIC = b"TSA1"
DONE, GONE, STOP, KEY, NO, INVALID = 1, 2, 4, 8, 16, 32
_ACK = Struct("<qqqqIIqq")
_HEAD = Struct("<4sI")


@dataclass
class Ack:
    """How far the server is with one writer."""

    upto: int = -1
    meta: int = -1
    stored: int = -1
    refused: int = -1
    flags: int = 0
    answered: int = 0

    def pack(self) -> bytes:
        body = _ACK.pack(self.upto, self.meta, self.stored, self.refused, self.flags, 0, self.answered, 0)
        return _HEAD.pack(MAGIC, crc32(body)) + body


def read_ack(path: str) -> Ack | None:
    """The ack file's content; None where there is none yet."""
    for _ in range(3):
        try:
            with open(path, "rb", buffering=0) as handle:
                data = handle.read(64)
        except OSError:
            return None
        if len(data) == 64 and data[:4] == MAGIC and crc32(data[8:]) == _HEAD.unpack_from(data)[1]:
            upto, meta, stored, refused, flags, _, answered, _ = _ACK.unpack_from(data, 8)
            return Ack(upto, meta, stored, refused, flags, answered)
    return None


def write_ack(path: str, ack: Ack) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        os.pwrite(handle, ack.pack(), 0)
    finally:
        os.close(handle)


def wait_for(path: str, done: Callable[[Ack], bool], nudge: Callable[[], None], timeout: float, silence: float = 5.0) -> Ack | None:
    """Waits until `done`, at most `timeout` seconds, and gives up after `silence` seconds without any answer.

    `nudge` is called all along: it rings for the agent, and a new one comes where the old one was killed.
    """
    start = heard = time.monotonic()
    last: Ack | None = None
    pause = 0.002
    while True:
        ack = read_ack(path)
        if ack is not None and done(ack):
            return ack
        now = time.monotonic()
        if ack is not None and ack != last:
            last, heard, pause = ack, now, 0.002
        if now - start >= timeout or now - heard >= silence:
            return ack
        nudge()
        time.sleep(min(pause, max(0.0, timeout - (now - start))))
        pause = min(2 * pause, 0.02)


def receipt(logged: int, stored: int, refused: int) -> dict[str, int]:
    """logged = stored + refused + pending."""
    return {"logged": logged, "stored": stored, "refused": refused, "pending": max(0, logged - stored - refused)}
