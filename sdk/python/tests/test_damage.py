"""Damaged journals: every record that is whole is read, nothing is made up, and what is lost is told."""

from __future__ import annotations

import random
from pathlib import Path
from struct import unpack
from typing import Any

import pytest

from trackside.frame_builder import Hole, Points
from trackside.journal import Journal
from trackside.records import TWO_U32, U32, padded, to_json
from trackside.tail import Meta, Tail, read_header

WRITER = "cd" * 16
RECORDS = 400


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A journal of two segments, by file name."""
    folder = tmp_path_factory.mktemp("whole")
    journal = Journal(str(folder), WRITER, {"format": 1, "writer": WRITER})
    for i in range(RECORDS):
        with journal.lock:
            journal.put_points(("loss", f"k{i % 5}"), [i / 7, float(i)], i)
            if i % 50 == 0:
                journal.put_meta(to_json({"k": "summary", "set": {"i": i}}))
            if i == RECORDS // 2:
                journal._next_segment(100, journal.seq, journal.ordinal)
    journal.close()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def records_of(data: bytes) -> list[tuple[int, int, bytes]]:
    """(start, end, body) of each record of an undamaged segment."""
    at = 16 + padded(U32.unpack_from(data, 8)[0])
    found = []
    while at + 8 <= len(data) and U32.unpack_from(data, at)[0]:
        length, _ = TWO_U32.unpack_from(data, at)
        end = at + 8 + padded(length)
        found.append((at, at + 8 + length, data[at + 8 : at + 8 + length]))
        at = end
    return found


def read_all(folder: Path) -> list[Any]:
    tail, found = Tail(str(folder), WRITER), []
    while True:
        items = tail.read()
        if not items and not tail.look_beyond():
            break
        found.extend(items)
    tail.close()
    return found


def expected_of(whole: dict[str, bytes], damaged: dict[str, bytes]) -> set[tuple[int, str, int, float]]:
    """Points of the records that are untouched and whose keys' definitions are."""
    expected = set()
    for name, data in sorted(whole.items()):
        names: dict[int, str] = {}
        for start, end, body in records_of(data):
            if damaged[name][start:end] != data[start:end]:
                continue
            kind = U32.unpack_from(body)[0]
            if kind == 1:
                names[U32.unpack_from(body, 4)[0]] = body[8:].decode()
            elif kind == 2:
                _, n, seq, step, _ = unpack("<IIqqq", body[:32])
                values = unpack(f"<{n}d", body[-8 * n :])
                for i, number in enumerate(unpack(f"<{n}I", body[32 : 32 + 4 * n])):
                    if number in names:
                        expected.add((seq + i, names[number], step, values[i]))
    return expected


@pytest.mark.parametrize("seed", range(80))
def test_every_record_that_is_whole_is_read(whole: dict[str, bytes], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    damaged = {name: bytearray(data) for name, data in whole.items()}
    for _ in range(chance.choice([1, 1, 2, 5])):
        data = damaged[chance.choice(sorted(damaged))]
        at = chance.randrange(len(data))
        kind = chance.choice(["flip", "zeros", "noise"])
        if kind == "flip":
            data[at] ^= 1 << chance.randrange(8)
        else:
            end = min(len(data), at + chance.choice([8, 64, 512]))
            data[at:end] = bytes(end - at) if kind == "zeros" else chance.randbytes(end - at)
    for name, data in damaged.items():
        (tmp_path / name).write_bytes(data)
    found = read_all(tmp_path)
    points = {
        (item.seq + i, key, item.step, value)
        for item in found
        if isinstance(item, Points)
        for i, (key, value) in enumerate(zip(item.keys, unpack(f"<{len(item.keys)}d", item.values)))
    }
    assert points == expected_of(whole, {name: bytes(data) for name, data in damaged.items()})
    seqs = sorted(
        [seq for seq, *_ in points]
        + [seq for item in found if isinstance(item, Hole) for seq in range(item.first, item.first + item.seqs)]
    )
    assert seqs == list(range(len(seqs)))
    ordinals = [item.ordinal for item in found if isinstance(item, Meta)]
    assert ordinals == list(range(len(ordinals)))


@pytest.mark.parametrize("cut", [1, 8, 17, 200, 5000])
def test_a_torn_tail_is_cut_at_the_last_good_record(whole: dict[str, bytes], tmp_path: Path, cut: int) -> None:
    names = sorted(whole)
    for name in names:
        data = whole[name]
        (tmp_path / name).write_bytes(data[:-cut] if name == names[-1] else data)
    points = [item for item in read_all(tmp_path) if isinstance(item, Points)]
    assert [item.seq for item in points] == [2 * i for i in range(len(points))]
    assert RECORDS - len(points) <= 1 + cut / 56


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    for content in (b"", b"TSJ1", b"\0" * 4096, b"TSJ1\r\n\x1a\n" + b"\xff" * 64, b"something else entirely"):
        path = tmp_path / f"{WRITER}-000000.tsj"
        path.write_bytes(content)
        assert read_header(str(path)) is None
        tail = Tail(str(tmp_path), WRITER)
        assert tail.read() == []
