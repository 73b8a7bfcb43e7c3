"""Frames on their way: points that wait for a frame, frames that wait for their ack. At most 16 of them, in order of seq."""

from __future__ import annotations

from collections import deque
from typing import Union

from .frame_builder import FrameBuilder, Hole, Points, halves

UNACKED_MOST = 16
CUTS_APART = 0.05


class Sent:
    """A frame up to seq `last`. `flying`: sent on the socket of now, and not answered."""

    __slots__ = ("body", "flying", "last")

    def __init__(self, last: int, body: bytes) -> None:
        self.last, self.body, self.flying = last, body, False


class Outbox:
    """`resend`: nothing goes until all that flies is answered, then everything unacked goes again."""

    def __init__(self, writer: str) -> None:
        self.unacked: deque[Sent] = deque()
        self.resend = False
        self._waiting: deque[Union[Points, Hole]] = deque()
        self._builder = FrameBuilder(writer)
        self._last_cut = 0.0

    @property
    def is_empty(self) -> bool:
        return not (self.unacked or self._waiting) and self._builder.is_empty

    @property
    def has_room(self) -> bool:
        return not self._waiting and len(self.unacked) < UNACKED_MOST

    def add(self, items: list[Union[Points, Hole]]) -> None:
        self._waiting.extend(items)
        self.fill()

    def fill(self) -> None:
        """Points into frames, as many as there may be."""
        waiting, builder = self._waiting, self._builder
        while waiting and len(self.unacked) < UNACKED_MOST:
            if builder.add(waiting[0]):
                waiting.popleft()
            elif not builder.is_empty:
                self._cut()
            else:
                waiting.extendleft(reversed(halves(waiting.popleft())))  # type: ignore[arg-type]

    def cut_if_due(self, now: float) -> None:
        """The first points after a quiet spell go at once; what follows waits until 50 ms have passed."""
        if not self._builder.is_empty and len(self.unacked) < UNACKED_MOST and now - self._last_cut >= CUTS_APART:
            self._cut()
            self._last_cut = now

    def _cut(self) -> None:
        last = self._builder.next - 1
        body = self._builder.take()
        if body is not None:
            self.unacked.append(Sent(last, body))

    def ready(self) -> list[Sent]:
        """Frames to send now, in order."""
        if self.resend:
            if any(sent.flying for sent in self.unacked):
                return []
            self.resend = False
        return [sent for sent in self.unacked if not sent.flying]

    def acked(self, upto: int) -> None:
        while self.unacked and self.unacked[0].last <= upto:
            self.unacked.popleft()

    def ground(self) -> None:
        """The socket is gone: nothing flies any more."""
        self.resend = False
        for sent in self.unacked:
            sent.flying = False
