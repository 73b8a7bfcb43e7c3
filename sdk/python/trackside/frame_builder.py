"""Gathers records, and holes between them, of consecutive seqs into frames of at most 65,536 bytes."""

from __future__ import annotations

from array import array
from typing import NamedTuple, Union

from .frame import FRAME_BYTES_MAX, FRAME_POINTS_MAX, Frame, Shape, encode_frame

ROW_BYTES = 18
"""Of a row: a step, a time, 2 of order."""
SHAPE_BYTES = ROW_BYTES + 8 + 16
"""Of a shape with one row: besides, its two words and those of two columns."""
VALUE_COLUMN_BYTES = 4 + 8 + 8
"""A key's index in the shape, its column's words, one value."""


class Points(NamedTuple):
    """One record of a journal. The same `keys` tuple for the same list of keys makes grouping cheap."""

    seq: int
    step: int
    time: int
    keys: tuple[str, ...]
    values: bytes


class Hole(NamedTuple):
    """Seqs that have no point: `seqs` of them from `first` on."""

    first: int
    seqs: int


class _Group:
    __slots__ = ("cost", "indices", "number", "steps", "times", "values")

    def __init__(self, number: int, indices: list[int]) -> None:
        self.number, self.indices = number, indices
        self.cost = 8 * (2 + len(indices)) + 2
        self.steps: list[int] = []
        self.times: list[int] = []
        self.values: list[bytes] = []

    def shape(self) -> Shape:
        width = len(self.indices)
        cells = array("d", b"".join(self.values))
        columns = [cells[i::width] for i in range(width)] if width > 1 else [cells]
        return Shape(self.indices, self.steps, self.times, columns)


class FrameBuilder:
    """`add` until it answers false, then `take`, then `add` again."""

    def __init__(self, writer: str) -> None:
        self.writer = writer
        self._reset()

    def _reset(self) -> None:
        self.first = self.next = -1
        self.points = 0
        self._keys: dict[str, int] = {}
        self._groups: dict[tuple[str, ...], _Group] = {}
        self._order: list[int] = []
        self._holes: list[tuple[int, int]] = []
        self._bytes = 64 + 24  # three sections may end in zeros

    @property
    def is_empty(self) -> bool:
        return self.first < 0

    def add(self, item: Union[Points, Hole]) -> bool:
        """Takes a record or a hole; false where the frame has no room for it, or where it does not follow."""
        if self.next >= 0 and item[0] != self.next:
            return False
        if isinstance(item, Hole):
            return self._hole(item)
        seq, step, time, keys, values = item
        group = self._groups.get(keys)
        cost = group.cost if group is not None else self._cost_of(keys)
        if self._bytes + cost > FRAME_BYTES_MAX or self.points + len(keys) > FRAME_POINTS_MAX or len(self._order) == 0xFFFF:
            return False
        if group is None:
            group = self._groups[keys] = _Group(len(self._groups), [self._number(key) for key in keys])
        if self.first < 0:
            self.first = self.next = seq
        self._bytes += cost
        self.points += len(keys)
        self.next += len(keys)
        group.steps.append(step)
        group.times.append(time)
        group.values.append(values)
        self._order.append(group.number)
        return True

    def _hole(self, hole: Hole) -> bool:
        if self._bytes + 16 > FRAME_BYTES_MAX:
            return False
        if self.first < 0:
            self.first = self.next = hole.first
        before = self._holes[-1] if self._holes else None
        if before is not None and sum(before) == hole.first:
            self._holes[-1] = (before[0], before[1] + hole.seqs)
        else:
            self._holes.append((hole.first, hole.seqs))
            self._bytes += 16
        self.next += hole.seqs
        return True

    def _cost_of(self, keys: tuple[str, ...]) -> int:
        cost = SHAPE_BYTES
        for key in keys:
            cost += VALUE_COLUMN_BYTES + (0 if key in self._keys else 4 + len(key.encode()))
        return cost

    def _number(self, key: str) -> int:
        return self._keys.setdefault(key, len(self._keys))

    def take(self) -> bytes | None:
        """The frame, or None where nothing was added; the builder is empty again."""
        if self.first < 0:
            return None
        groups = list(self._groups.values())
        frame = Frame(
            self.writer,
            self.first,
            self.next - 1,
            list(self._keys),
            [group.shape() for group in groups],
            self._order if len(groups) > 1 else None,
            self._holes,
        )
        self._reset()
        return encode_frame(frame)


def halves(record: Points) -> tuple[Points, Points]:
    """A record that fits no frame whole, in two."""
    middle = len(record.keys) // 2
    left = record._replace(keys=record.keys[:middle], values=record.values[: 8 * middle])
    right = record._replace(seq=record.seq + middle, keys=record.keys[middle:], values=record.values[8 * middle :])
    return left, right
