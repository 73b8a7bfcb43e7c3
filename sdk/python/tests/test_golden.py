"""protocol/golden was made by the TypeScript writer: this package reads it, and writes it again byte for byte."""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from struct import pack, unpack
from typing import Any

import pytest
from conftest import ROOT

from trackside.column import ProtocolError
from trackside.frame import Frame, Shape, decode_frame, encode_frame, points_of
from trackside.frame_builder import FrameBuilder, Hole, Points, halves
from trackside.records import PointsPlan, key_body, meta_body, padded, record, segment_header
from trackside.tail import Meta, Tail

GOLDEN = ROOT / "protocol" / "golden"
FRAMES = sorted(path.stem for path in GOLDEN.glob("*.tsf") if not path.stem.startswith("bad-"))
BAD = sorted(path.stem for path in GOLDEN.glob("bad-*.tsf"))
JOURNALS = sorted(path.stem for path in GOLDEN.glob("*.tsj"))


def bits(value: float) -> str:
    return pack(">d", value).hex()


def real(text: str) -> float:
    return unpack(">d", bytes.fromhex(text))[0]


def told(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text())


def test_there_are_golden_files() -> None:
    assert len(FRAMES) > 10 and len(BAD) > 5 and len(JOURNALS) > 5


@pytest.mark.parametrize("name", FRAMES)
def test_a_golden_frame_is_read_and_written_again(name: str) -> None:
    data, what = (GOLDEN / f"{name}.tsf").read_bytes(), told(name)
    frame = decode_frame(data)
    assert (frame.writer, frame.first, frame.last, frame.keys) == (what["writer"], what["first"], what["last"], what["keys"])
    points = [
        {"seq": seq, "key": key, "step": step, "time": time, "value": bits(value)}
        for seq, key, step, time, value in points_of(frame)
    ]
    assert points == what["points"]
    shapes = [
        Shape(s["keys"], s["steps"], s["times"], [array("d", map(real, column)) for column in s["columns"]]) for s in what["shapes"]
    ]
    holes = [(hole["first"], hole["count"]) for hole in what["holes"]]
    again = Frame(what["writer"], what["first"], what["last"], what["keys"], shapes, what["order"], holes)
    assert encode_frame(again) == data
    assert encode_frame(frame) == data


@pytest.mark.parametrize("name", BAD)
def test_a_bad_frame_is_answered_with_a_reason(name: str) -> None:
    with pytest.raises(ProtocolError, match=r"^\w+.*: .*\."):
        decode_frame((GOLDEN / f"{name}.tsf").read_bytes())


def golden_bytes(what: Any) -> bytes:
    """The journal as its JSON tells it, before the damage."""
    records = []
    for write in what["writes"]:
        if "key" in write:
            records.append(record(key_body(write["key"]["number"], write["key"]["name"].encode())))
        elif "meta" in write:
            records.append(record(meta_body(write["meta"]["ordinal"], write["meta"]["json"].encode())))
        else:
            p = write["points"]
            plan = PointsPlan(p["keys"])
            body = plan.body(2, plan.width, p["seq"], p["step"], p["time"], plan.numbers, *map(real, p["values"]))
            records.append(record(body))
    return damaged(segment_header(json.loads(what["header"])), records, what["damage"])


def damaged(head: bytes, records: list[bytes], damage: Any) -> bytes:
    starts, at = [], len(head)
    for one in records:
        starts.append(at)
        at += len(one)
    data = bytearray(head + b"".join(records) + bytes(damage["zeros"]))
    if damage["flip"]:
        data[starts[damage["flip"]["record"]] + damage["flip"]["at"]] ^= 0x5A
    for i in damage["blank"]:
        data[starts[i] : starts[i] + len(records[i])] = bytes(len(records[i]))
    return bytes(data[: len(data) - damage["cut"]] if damage["cut"] else data)


@pytest.mark.parametrize("name", JOURNALS)
def test_a_golden_journal_is_written_again(name: str) -> None:
    assert golden_bytes(told(name)) == (GOLDEN / f"{name}.tsj").read_bytes()


@pytest.mark.parametrize("name", JOURNALS)
def test_a_golden_journal_is_read(name: str, tmp_path: Path) -> None:
    what = told(name)
    header = json.loads(what["header"])
    (tmp_path / f"{header['writer']}-000000.tsj").write_bytes((GOLDEN / f"{name}.tsj").read_bytes())
    tail = Tail(str(tmp_path), header["writer"], header["first_seq"] - 1, header["first_meta"] - 1)
    found: list[dict[str, Any]] = []
    while True:
        items = tail.read()
        if not items and not (what["closed"] and tail.look_beyond()):
            break
        found.extend(map(as_told, items))
    tail.close()
    assert merged(found) == merged(what["reads"])
    assert (tail.next_seq, tail.next_meta) == (what["next_seq"], what["next_meta"])


def as_told(item: Any) -> dict[str, Any]:
    if isinstance(item, Points):
        values = [bits(value) for value in unpack(f"<{len(item.keys)}d", item.values)]
        return {"kind": "points", "seq": item.seq, "step": item.step, "time": item.time, "keys": list(item.keys), "values": values}
    if isinstance(item, Hole):
        return {"kind": "lost", "first": item.first, "count": item.seqs}
    assert isinstance(item, Meta)
    if item.item == {"k": "void"}:
        return {"kind": "lost-meta", "first": item.ordinal, "count": 1}
    return {"kind": "meta", "ordinal": item.ordinal, "item": item.item}


def merged(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Losses side by side count as one."""
    found: list[dict[str, Any]] = []
    for item in items:
        before = found[-1] if found else {}
        if (
            item["kind"] in ("lost", "lost-meta")
            and before.get("kind") == item["kind"]
            and before["first"] + before["count"] == item["first"]
        ):
            before["count"] += item["count"]
        else:
            found.append(dict(item))
    return found


def test_a_record_wider_than_a_frame_is_cut_and_comes_back_whole() -> None:
    keys = tuple(f"key/{i}" for i in range(5000))
    values = [i / 3 for i in range(5000)]
    waiting = [Points(7, 3, 1_790_000_000_000, keys, pack("<5000d", *values))]
    builder, frames = FrameBuilder("ab" * 16), []
    while waiting:
        if builder.add(waiting[0]):
            waiting.pop(0)
        elif builder.is_empty:
            waiting[0:1] = halves(waiting[0])
        else:
            frames.append(builder.take())
    frames.append(builder.take())
    assert all(len(frame) <= 65_536 for frame in frames if frame)
    points = [point for frame in frames if frame for point in points_of(decode_frame(frame))]
    assert points == [(7 + i, keys[i], 3, 1_790_000_000_000, values[i]) for i in range(5000)]
    assert padded(9) == 16
