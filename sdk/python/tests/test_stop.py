"""A stop asked for on the run's page interrupts the program, as Ctrl-C would; a program may decline."""

from __future__ import annotations

from pathlib import Path

from conftest import metas_in, points_in, read_journal, run_python

# What the agent writes when a beat brings the word.
ASKED = """
import time, trackside
from trackside.receipt import STOP, Ack, write_ack
run = trackside.init(project="stop", mode="offline", settings={"silent": True, "stoppable": STOPPABLE})
run.log({"a": 1})
assert not run.stop_asked
write_ack(run._writer.ack_path, Ack(flags=STOP))
assert run.stop_asked
"""


def test_the_program_is_interrupted_and_its_run_ended(tmp_path: Path) -> None:
    done = run_python(ASKED.replace("STOPPABLE", "True") + "time.sleep(30)\nprint('went on')")
    assert done.returncode == -2 and "went on" not in done.stdout and "KeyboardInterrupt" in done.stderr
    items = read_journal(tmp_path / "dir")
    assert points_in(items) == [("a", 0, 1.0)]
    assert [item["exit_code"] for item in metas_in(items, "finish")] == [130]


def test_a_program_that_handles_ctrl_c_ends_in_its_own_way(tmp_path: Path) -> None:
    own = "try:\n    time.sleep(30)\nexcept KeyboardInterrupt:\n    run.log({'last': 2})\n    run.finish()\n    print('saved')"
    done = run_python(ASKED.replace("STOPPABLE", "True") + own)
    assert (done.returncode, done.stdout) == (0, "saved\n")
    assert points_in(read_journal(tmp_path / "dir")) == [("a", 0, 1.0), ("last", 1, 2.0)]


def test_a_program_that_declines_is_only_told(tmp_path: Path) -> None:
    done = run_python(ASKED.replace("STOPPABLE", "False") + "time.sleep(2.5)\nprint(run.stop_asked)")
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
