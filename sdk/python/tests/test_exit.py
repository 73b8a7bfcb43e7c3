"""However a program ends, its exit code stays its own, and the journal says how it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import metas_in, points_in, read_journal, run_python, until

INIT = "import trackside, sys, os, signal; run = trackside.init(project='p', mode='offline', settings={'silent': True}); run.log({'a': 1.5});"


@pytest.mark.parametrize(
    ("ending", "code", "told"),
    [
        ("pass", 0, 0),
        ("sys.exit(0)", 0, 0),
        ("sys.exit(7)", 7, 7),
        ("sys.exit('sorry')", 1, 1),
        ("raise ValueError('boom')", 1, 1),
        ("raise KeyboardInterrupt", -2, 130),
        ("run.finish(exit_code=3)", 0, 3),
        ("run.__enter__(); run.__exit__(None, None, None)", 0, 0),
    ],
)
def test_an_end_that_python_sees_is_told(tmp_path: Path, ending: str, code: int, told: int) -> None:
    done = run_python(f"{INIT}\n{ending}")
    assert done.returncode == code, done.stderr
    items = read_journal(tmp_path / "dir")
    assert points_in(items) == [("a", 0, 1.5)]
    assert [item["exit_code"] for item in metas_in(items, "finish")] == [told]


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("os._exit(5)", 5),
        ("os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("os.kill(os.getpid(), signal.SIGSEGV)", -11),
        ("os.abort()", -6),
    ],
)
def test_an_end_that_python_does_not_see_costs_no_point(tmp_path: Path, ending: str, code: int) -> None:
    done = run_python(f"{INIT}\n{ending}")
    assert done.returncode == code
    items = read_journal(tmp_path / "dir")
    assert points_in(items) == [("a", 0, 1.5)] and not metas_in(items, "finish")


def test_sigterm_ends_the_program_as_without_us(tmp_path: Path) -> None:
    done = run_python(f"{INIT}\nos.kill(os.getpid(), signal.SIGTERM)\nsignal.pause()")
    assert done.returncode == -15
    (died,) = metas_in(read_journal(tmp_path / "dir"), "died")
    assert died["reason"] == "signal:15"


def test_a_users_own_handler_stays_alone(tmp_path: Path) -> None:
    done = run_python(
        f"import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n{INIT}\nos.kill(os.getpid(), signal.SIGTERM)\nsignal.pause()"
    )
    assert done.returncode == 9
    assert [item["exit_code"] for item in metas_in(read_journal(tmp_path / "dir"), "finish")] == [9]


def test_a_handler_set_later_may_call_ours_as_the_default(tmp_path: Path) -> None:
    later = """
before = signal.getsignal(signal.SIGTERM)
def handler(number, frame):
    print("saved", flush=True)
    before(number, frame)
signal.signal(signal.SIGTERM, handler)
os.kill(os.getpid(), signal.SIGTERM)
signal.pause()
"""
    done = run_python(f"{INIT}\n{later}")
    assert (done.returncode, done.stdout) == (-15, "saved\n")


def test_a_users_excepthook_is_called(tmp_path: Path) -> None:
    done = run_python(f"import sys\nsys.excepthook = lambda *_: print('mine')\n{INIT}\nraise ValueError")
    assert (done.returncode, done.stdout) == (1, "mine\n")


def test_a_server_that_is_away_holds_the_end_up_for_five_seconds_at_most(tmp_path: Path) -> None:
    code = INIT.replace("mode='offline'", "mode='online'")
    start = time.monotonic()
    done = run_python(code, TRACKSIDE_BASE_URL="http://127.0.0.1:9", TRACKSIDE_API_KEY="tsk-none")
    took = time.monotonic() - start
    assert done.returncode == 0 and took < 5 + 3, (took, done.stderr)
    assert points_in(read_journal(tmp_path / "dir")) == [("a", 0, 1.5)]


def test_nothing_of_ours_holds_a_pipe_open(tmp_path: Path) -> None:
    """`python train.py | tee log` ends when the training does, though the agent lives on."""
    code = INIT.replace("mode='offline'", "mode='online'") + "\nprint('out')\nos._exit(0)"
    environment = {**os.environ, "TRACKSIDE_BASE_URL": "http://127.0.0.1:9", "TRACKSIDE_API_KEY": "tsk-none"}
    training = subprocess.Popen(
        [sys.executable, "-c", code.replace("run.log({'a': 1.5});", "run.log({'a': 1.5}); import time; time.sleep(1)")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until(lambda: list((tmp_path / "dir").glob("agent/*/agent.json")), "an agent is there")
    start = time.monotonic()
    out, _ = training.communicate(timeout=20)
    assert out == "out\n" and time.monotonic() - start < 10
    assert signal.SIGTERM


def test_disabled_and_offline_start_no_agent(tmp_path: Path) -> None:
    run_python(INIT)
    run_python(INIT.replace("offline", "disabled"))
    assert not (tmp_path / "dir" / "agent").exists()
