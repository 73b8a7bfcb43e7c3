"""The frame, as protocol/frame.md says: packed by the agent, read back by tests and by `sync --verify`."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct
from struct import error as struct_error

from .column import ColumnReader, ProtocolError, encode_floats, encode_whole
from .records import padded

FRAME_BYTES_MAX = 65_536
FRAME_POINTS_MAX = 65_536
HEADER = Struct("<4sHH16sqqIIIIII")
MAGIC = b"TSF1"


@dataclass
class Shape:
    """The records that hold the same keys in the same order. `keys` are indices into the frame's keys."""

    keys: list[int]
    steps: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    columns: list[array[float]] = field(default_factory=list)


@dataclass
class Frame:
    """Seq `first` to `last` of one writer. `order` is the shape of each record; None where there is but one shape."""

    writer: str
    first: int
    last: int
    keys: list[str]
    shapes: list[Shape]
    order: list[int] | None
    holes: list[tuple[int, int]]


def encode_frame(frame: Frame) -> bytes:
    """The bytes of a frame, each column in its smallest exact coding."""
    names = [key.encode() for key in frame.keys]
    joined = b"".join(names)
    records = sum(len(shape.steps) for shape in frame.shapes)
    header = HEADER.pack(
        MAGIC, 1, 0, bytes.fromhex(frame.writer), frame.first, frame.last,
        records, len(names), len(frame.shapes), len(frame.holes), len(joined), 0,
    )  # fmt: skip
    parts = [header, _section(Struct(f"<{len(names)}I").pack(*map(len, names)) + joined)]
    parts.append(_section(b"".join(_shape_words(shape) for shape in frame.shapes)))
    if frame.order is not None and len(frame.shapes) > 1:
        parts.append(_section(array("H", frame.order).tobytes()))
    parts.extend(Struct("<qq").pack(*hole) for hole in frame.holes)
    for shape in frame.shapes:
        parts.append(encode_whole(shape.steps))
        parts.append(encode_whole(shape.times))
        parts.extend(map(encode_floats, shape.columns))
    return b"".join(parts)


def _section(data: bytes) -> bytes:
    return data.ljust(padded(len(data)), b"\0")


def _shape_words(shape: Shape) -> bytes:
    return Struct(f"<{2 + len(shape.keys)}I").pack(len(shape.keys), len(shape.steps), *shape.keys)


def decode_frame(data: bytes) -> Frame:
    """Unpacks a frame. Raises ProtocolError: one sentence that names the section."""
    try:
        return _decode(data)
    except struct_error:
        raise ProtocolError(f"frame: {len(data)} bytes are too few.") from None


def _decode(data: bytes) -> Frame:
    if len(data) > FRAME_BYTES_MAX:
        raise ProtocolError(f"header: {len(data)} bytes are more than {FRAME_BYTES_MAX}.")
    magic, version, _, writer, first, last, records, k, s, h, name_bytes, _ = HEADER.unpack_from(data)
    if magic != MAGIC or version != 1:
        raise ProtocolError("header: this is not a frame of version 1.")
    if first < 0 or last < first or max(records, k, s, h, name_bytes) > len(data):
        raise ProtocolError("header: its counts cannot be.")
    lengths = Struct(f"<{k}I").unpack_from(data, 64)
    at = 64 + 4 * k
    if sum(lengths) != name_bytes:
        raise ProtocolError("keys: their lengths do not add up.")
    keys = []
    for length in lengths:
        try:
            keys.append(data[at : at + length].decode())
        except UnicodeDecodeError:
            raise ProtocolError("keys: not valid UTF-8.") from None
        at += length
    shapes, at = _read_shapes(data, padded(at), s, k)
    if sum(len(shape.steps) for shape in shapes) != records:
        raise ProtocolError("shapes: their rows do not add up to the records.")
    order = None
    if s > 1:
        order = list(Struct(f"<{records}H").unpack_from(data, at))
        at += padded(2 * records)
    holes = [Struct("<qq").unpack_from(data, at + 16 * i) for i in range(h)]
    reader = ColumnReader(data, at + 16 * h)
    for number, shape in enumerate(shapes):
        rows = len(shape.steps)
        shape.steps = reader.whole(rows, f"steps of shape {number}")
        shape.times = reader.whole(rows, f"times of shape {number}")
        shape.columns = [reader.floats(rows, f"column {i} of shape {number}") for i in range(len(shape.keys))]
    if reader.at != len(data):
        raise ProtocolError("columns: bytes are left after the last one.")
    frame = Frame(writer.hex(), first, last, keys, shapes, order, holes)
    _check_seqs(frame)
    return frame


def _check_seqs(frame: Frame) -> None:
    """Records and holes fill `first` to `last`; no hole lies inside a record."""
    holes = list(frame.holes)
    seq = frame.first
    for number in frame.order if frame.order is not None else [0] * sum(len(shape.steps) for shape in frame.shapes):
        while holes and holes[0][0] == seq:
            seq += holes.pop(0)[1]
        if number >= len(frame.shapes):
            raise ProtocolError(f"order: names shape {number} of {len(frame.shapes)}.")
        seq += len(frame.shapes[number].keys)
    while holes and holes[0][0] == seq:
        seq += holes.pop(0)[1]
    if holes:
        raise ProtocolError("holes: one is out of place.")
    if seq != frame.last + 1:
        raise ProtocolError(f"shapes: points and holes do not fill seqs {frame.first} to {frame.last}.")


def _read_shapes(data: bytes, at: int, count: int, keys: int) -> tuple[list[Shape], int]:
    shapes = []
    for number in range(count):
        width, rows = Struct("<II").unpack_from(data, at)
        if width == 0 or rows == 0 or width * rows > FRAME_POINTS_MAX:
            raise ProtocolError(f"shapes: shape {number} is {width} keys wide and {rows} rows long.")
        indices = list(Struct(f"<{width}I").unpack_from(data, at + 8))
        if max(indices) >= keys:
            raise ProtocolError(f"shapes: shape {number} names a key that is not there.")
        shapes.append(Shape(indices, [0] * rows))
        at += 8 + 4 * width
    return shapes, padded(at)


def points_of(frame: Frame) -> Iterator[tuple[int, str, int, int, float]]:
    """Every point in order of seq: (seq, key, step, time, value)."""
    rows = [0] * len(frame.shapes)
    holes = list(frame.holes)
    seq = frame.first
    total = len(frame.order) if frame.order is not None else sum(len(shape.steps) for shape in frame.shapes)
    for record in range(total):
        while holes and holes[0][0] == seq:
            seq += holes.pop(0)[1]
        number = frame.order[record] if frame.order is not None else 0
        shape, row = frame.shapes[number], rows[number]
        rows[number] += 1
        for index, column in zip(shape.keys, shape.columns):
            yield seq, frame.keys[index], shape.steps[row], shape.times[row], column[row]
            seq += 1
