"""What the journal promises: segments, disks that refuse, forks, handlers that log, interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import metas_in, points_in, read_journal, run_python, until

import trackside
from trackside.journal import Journal
from trackside.records import to_json
from trackside.tail import Tail, read_header

WRITER = "ab" * 16


def log(journal: Journal, keys: tuple[str, ...], values: list[float], step: int) -> bool:
    with journal.lock:
        return journal.put_points(keys, values, step)


def read(folder: Path) -> list[Any]:
    tail, found = Tail(str(folder), WRITER), []
    while items := tail.read():
        found.extend(items)
    return found


@pytest.mark.parametrize("way", ["map", "write"])
def test_segments_follow_each_other(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKSIDE_JOURNAL", way)
    monkeypatch.setattr("trackside.segment.UNBOUNDED", 1 << 20)
    journal = Journal(str(tmp_path), WRITER, {"format": 1, "writer": WRITER})
    expected = []
    for i in range(40_000):
        keys = ("loss", "acc", f"rare/{i % 7}")
        log(journal, keys, [i * 0.5, -i, 1 / (i + 1)], i)
        expected.extend(zip(keys, [i] * 3, [i * 0.5, float(-i), 1 / (i + 1)]))
        if i % 9000 == 0:
            with journal.lock:
                journal.put_meta(to_json({"k": "summary", "set": {"i": i}}))
            journal.tend()
    journal.close()
    found = read(tmp_path)
    assert points_in(found) == expected
    assert [item["set"]["i"] for item in metas_in(found, "summary")] == [0, 9000, 18000, 27000, 36000]
    segments = sorted(tmp_path.glob("*.tsj"))
    assert len(segments) > 1 and not list(tmp_path.glob("*.new"))
    headers = [read_header(str(path)) or {} for path in segments]
    assert [header["segment"] for header in headers] == list(range(len(segments)))
    later = Tail(str(tmp_path), WRITER, headers[-1]["first_seq"] + 5, 4)
    assert later._number == len(segments) - 1
    points = points_in([item for item in later.read()])
    assert points[0] in expected[headers[-1]["first_seq"] :]


def test_a_record_larger_than_a_segment_is_kept(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), WRITER, {"format": 1, "writer": WRITER})
    keys = tuple(f"layer/{i}/" + "x" * 60 for i in range(100_000))
    assert log(journal, keys, [float(i) for i in range(100_000)], 0)
    journal.close()
    assert [value for _, _, value in points_in(read(tmp_path))] == [float(i) for i in range(100_000)]


def test_a_reader_beside_the_writer_sees_every_point_once(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), WRITER, {"format": 1, "writer": WRITER})
    tail, seen = Tail(str(tmp_path), WRITER), []
    for i in range(60_000):
        log(journal, ("a", "b"), [i, i + 0.5], i)
        if i % 37 == 0:
            seen.extend(points_in(tail.read()))
    journal.close()
    while items := tail.read():
        seen.extend(points_in(items))
    assert seen == [point for i in range(60_000) for point in (("a", i, float(i)), ("b", i, i + 0.5))]


LIMITED = """
import resource, sys, trackside
run = trackside.init(project="p", mode="offline", settings={"silent": True})
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
for i in range(60_000):
    run.log({"a": i, "b": i + 0.5})
journal = run._writer.journal
print(journal.waiting() > 0, journal.trouble is not None)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(run.finish()["logged"])
"""


def test_a_disk_that_refuses_costs_no_point_once_it_gives_in(tmp_path: Path) -> None:
    done = run_python(LIMITED)
    assert (done.returncode, done.stdout) == (0, "True True\n120000\n"), done.stderr
    points = points_in(read_journal(tmp_path / "dir"))
    assert points == [point for i in range(60_000) for point in (("a", i, float(i)), ("b", i, i + 0.5))]


def test_memory_is_bounded_when_the_disk_never_gives_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("trackside.journal.Segment", refuses)
    monkeypatch.setattr("trackside.journal.RING_VALUES", 100)
    run = trackside.init(project="p", mode="offline", settings={"silent": True})
    for i in range(200):
        run.log({"a": i})
    receipt = run.finish()
    assert receipt["logged"] == 200 and receipt["refused"] == 100


def test_a_folder_that_cannot_be_written_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    run = trackside.init(project="p", mode="offline", dir=str(blocked / "below"), settings={"silent": True})
    run.log({"a": 1})
    run.finish()
    assert run.dir and not run.dir.startswith(str(blocked)) and points_in(list(_launch(run))) == [("a", 0, 1.0)]


def _launch(run: Any) -> list[Any]:
    tail = Tail(run.dir, run._writer.id)
    return tail.read()


FORKS = """
import os, trackside
run = trackside.init(project="p", mode="offline", settings={"silent": True})
run.log({"a": 0})
for child in range(4):
    if os.fork() == 0:
        if child < 3:
            run.log({"a": child + 1})
            run.finish()
        os._exit(0)
for _ in range(4):
    os.wait()
run.log({"a": 9})
run.finish()
"""


def test_a_fork_gets_a_writer_of_its_own_when_it_logs(tmp_path: Path) -> None:
    done = run_python(FORKS)
    assert done.returncode == 0, done.stderr
    journals = sorted((tmp_path / "dir").glob("runs/*/*-000000.tsj"))
    assert len(journals) == 4
    values = [[value for _, _, value in points_in(read_journal(tmp_path / "dir", path.name[:32]))] for path in journals]
    assert sorted(values) == [[0.0, 9.0], [1.0], [2.0], [3.0]]


WORKERS = """
import multiprocessing, sys, trackside
run = None
def work(number):
    run.log({"w": number})
if __name__ == "__main__":
    run = trackside.init(project="p", mode="offline", settings={"silent": True})
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(work, range(20))
        pool.close(); pool.join()
"""


def test_workers_of_a_pool_finish_what_they_logged(tmp_path: Path) -> None:
    done = run_python(WORKERS)
    assert done.returncode == 0, done.stderr
    items = read_journal(tmp_path / "dir")
    assert sorted(value for _, _, value in points_in(items)) == [float(i) for i in range(20)]
    assert len(metas_in(items, "finish")) == len(list((tmp_path / "dir").glob("runs/*/*-000000.tsj")))


HANDLER = """
import itertools, os, signal, trackside
run = trackside.init(project="p", mode="offline", settings={"silent": True})
numbers, handled = itertools.count(1), []
def handler(*_):
    number = next(numbers)
    run.log({"from/handler": number})
    handled.append(number)
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
for i in range(30_000):
    run.log({"a": i, f"b{i % 50}": i})
signal.setitimer(signal.ITIMER_REAL, 0)
run.finish()
print(len(handled))
"""


def test_a_signal_handler_that_logs_neither_locks_nor_loses(tmp_path: Path) -> None:
    done = run_python(HANDLER)
    assert done.returncode == 0, done.stderr
    points = points_in(read_journal(tmp_path / "dir"))
    assert sorted(value for key, _, value in points if key == "from/handler") == [float(i + 1) for i in range(int(done.stdout))]
    assert [value for key, _, value in points if key == "a"] == [float(i) for i in range(30_000)]


INTERRUPTED = """
import signal, sys, trackside
run = trackside.init(project="p", mode="offline", settings={"silent": True})
def handler(*_):
    raise KeyboardInterrupt
signal.signal(signal.SIGALRM, handler)
returned = []
next_one = 0
armed = True
def burst():
    global next_one, armed
    signal.setitimer(signal.ITIMER_REAL, 0.002)
    while next_one < 20_000:
        i, next_one = next_one, next_one + 1
        run.log({"a": float(i), f"b{i % 90}": 1.0})
        returned.append(i)
    signal.setitimer(signal.ITIMER_REAL, 0)
    armed = False
while armed:
    try:
        burst()
    except KeyboardInterrupt:
        pass
print(run.finish()["logged"])
print(returned)
"""


def test_an_interrupt_inside_log_loses_no_point_that_was_returned(tmp_path: Path) -> None:
    done = run_python(INTERRUPTED)
    assert done.returncode == 0, done.stderr
    logged, returned = done.stdout.splitlines()
    points = points_in(read_journal(tmp_path / "dir"))
    there = [int(value) for key, _, value in points if key == "a"]
    assert len(there) == len(set(there)) and set(eval(returned)) <= set(there)
    assert len(points) == int(logged)


PIPE = """
import os, signal, trackside
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
from trackside.launcher import Bell
desk = os.environ["DESK"]
os.makedirs(desk)
os.mkfifo(desk + "/bell")
reader = os.open(desk + "/bell", os.O_RDONLY | os.O_NONBLOCK)
run = trackside.init(project="p", settings={"silent": True, "api_key": "k", "base_url": "http://127.0.0.1:9"})
import time
run.log({"a": 1}); time.sleep(0.2)
os.close(reader)
run.log({"a": 2}); time.sleep(0.2)
print("alive", flush=True)
os._exit(0)
"""


def test_a_bell_that_nobody_reads_any_more_does_not_end_the_training(tmp_path: Path) -> None:
    from trackside.folder import agent_folder

    done = run_python(PIPE, DESK=agent_folder(str(tmp_path / "dir")))
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
    until(lambda: list((tmp_path / "dir").glob("agent/*/agent.json")), "the agent that it started, which the fixture ends")


def test_optimised_python_logs_alike(tmp_path: Path) -> None:
    code = "import trackside; r = trackside.init(project='p', mode='offline'); r.log({'a': 1}); r.finish()"
    done = subprocess.run(
        [sys.executable, "-OO", "-c", code], env=os.environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert points_in(read_journal(tmp_path / "dir")) == [("a", 0, 1.0)]
    assert signal.getsignal(signal.SIGTERM) is not None
