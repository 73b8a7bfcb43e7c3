"""The whole way: training, journal, agent, socket, server, database, and back over HTTP, bit for bit."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, run_python, until
from house import api_run, bits, house, needs_node, server, trackside_said
from server import NODE, Server

import trackside

__all__ = ["house", "server"]  # fixtures
pytestmark = needs_node

HARD = [0.1, -0.0, 5e-324, 1e308, -1e-308, math.inf, -math.inf, math.nan, 1 / 3, 2.0**53, 3.0, 1.5]


def test_what_was_logged_is_read_back_bit_for_bit(server: Server) -> None:
    names = ["loss", "Verlust/Prüfung", "損失", "🔥/a,b", "a b.c", "__proto__", "../etc", "x" * 1024]
    config = {"lr": 0.1, "model": {"width": 4, "inf": math.inf}, "list": [1, "a"]}
    run = trackside.init(project="bits & pieces", config=config, tags=["t"], name="first")
    start = time.time_ns() // 1_000_000
    steps = [0, 5, 3, -7, 2**53 - 1, 5, 8, 9, 10, 11, 12, 13]
    for step, value in zip(steps, HARD):
        run.log({name: value for name in names} | {"refused": "text"}, step=step)
    run.summary["best"] = 0.5
    receipt = run.finish()
    end = time.time_ns() // 1_000_000
    count = len(HARD) * len(names)
    assert receipt == {"logged": count + len(HARD), "stored": count, "refused": len(HARD), "pending": 0}
    found = api_run(server, "bits & pieces", run.id)
    for name in names:
        series = found.series(name)
        assert series.steps == steps and bits(series.values) == bits(HARD)
        assert all(start <= moment <= end for moment in series.times) and series.times == sorted(series.times)
    assert found.config["lr"] == 0.1 and found.config["model"] == {"width": 4, "inf": "Infinity"}
    assert found.summary["best"] == 0.5 and found.state == "finished" and found.name == "first"
    last = list(found.scan_history(["loss"]))
    assert [row["_step"] for row in last] == sorted(set(steps))


@pytest.mark.parametrize(("ending", "state"), [("run.finish()", "finished"), ("sys.exit(3)", "failed"), ("os._exit(0)", "crashed"), ("os.kill(os.getpid(), 9)", "crashed"), ("os.kill(os.getpid(), 15); signal.pause()", "crashed")])  # fmt: skip
def test_how_a_run_ended_is_shown_and_its_tail_delivered(server: Server, ending: str, state: str) -> None:
    code = f"import os, signal, sys, trackside\nrun = trackside.init(project='ends', id='end-{state}-{len(ending)}')\nfor i in range(1000): run.log({{'a': i}})\n{ending}"
    run_python(code)
    run = f"end-{state}-{len(ending)}"
    until(lambda: api_run(server, "ends", run).state == state, f"the run is {state}", 60)
    assert api_run(server, "ends", run).series("a").values == [float(i) for i in range(1000)]


def test_telemetry_comes_by_itself(server: Server) -> None:
    run = trackside.init(project="telemetry")
    run.log({"a": 1})
    found = api_run(server, "telemetry", run.id)
    wanted = ["system/cpu.util", "system/memory.used", "system/process.memory", "system/process.cpu", "system/disk.used"]
    until(lambda: all(len(found.series(key).values) > 1 for key in wanted), "two samples", 20)
    series = found.series("system/process.memory")
    assert all(1e6 < value < 1e11 for value in series.values) and series.steps == sorted(set(series.steps))
    receipt = run.finish()
    assert receipt == {"logged": 1, "stored": 1, "refused": 0, "pending": 0}
    until(lambda: found.refresh().state == "finished", "telemetry does not keep the run open")
    assert [{name for name in row if name[0] != "_"} for row in found.history()] == [{"a"}]
    assert set().union(*found.history(stream="system")) >= {"_step", *wanted}
    assert set().union(*found.history(keys=["system/cpu.util"])) == {"_step", "_timestamp", "system/cpu.util"}
    with pytest.raises(trackside.UsageError):
        found.history(stream="events")


def test_forked_processes_are_writers_of_the_same_run(server: Server) -> None:
    code = """
import os, trackside
run = trackside.init(project="forks", id="forks")
run.log({"a": 0})
for child in range(3):
    if os.fork() == 0:
        for i in range(100): run.log({"a": i}, step=1000 * (child + 1) + i)
        run.finish()
        os._exit(0)
for _ in range(3): os.wait()
run.log({"a": 9})
run.finish()
"""
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    series = api_run(server, "forks", "forks").series("a")
    assert sorted(series.steps) == [0, 1, *(1000 * child + i for child in (1, 2, 3) for i in range(100))]


def test_conditions_are_asked_for_and_nothing_else_is(server: Server) -> None:
    first = trackside.init(project="conditions", id="one", resume="never")
    first.log({"a": 1})
    first.finish()
    with pytest.raises(trackside.UsageError):
        trackside.init(project="conditions", id="one", resume="never")
    with pytest.raises(trackside.UsageError):
        trackside.init(project="conditions", id="other", resume="must")
    again = trackside.init(project="conditions", id="one", resume="must")
    again.log({"a": 2})
    assert again.finish()["stored"] == 1
    assert api_run(server, "conditions", "one").series("a").values == [1.0, 2.0]


def test_offline_is_synced_once_however_often_and_from_wherever(server: Server, tmp_path: Path) -> None:
    run = trackside.init(project="offline", mode="offline")
    for i in range(5000):
        run.log({"a": i / 3, "b": "x" if i == 0 else -i})
    run.finish()
    moved = tmp_path / "moved"
    shutil.copytree(str(run.dir), moved)
    for path in (moved, tmp_path / "dir", moved):
        (synced,) = json.loads(trackside_said("sync", "--verify", "--json", str(path)))
        assert synced["receipt"] == {"logged": 10_000, "stored": 9_999, "refused": 1, "pending": 0} and synced["verified"] is True
    found = api_run(server, "offline", run.id)
    assert found.series("a").values == [i / 3 for i in range(5000)] and found.state == "finished"


@pytest.mark.parametrize("way", ["host", "variable", "login"])
def test_an_offline_run_that_knew_no_server_is_delivered_where_sync_is_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for name in ("BASE_URL", "API_KEY", "WORKSPACE"):
        monkeypatch.delenv(f"TRACKSIDE_{name}")
    run = trackside.init(project="nowhere", mode="offline", id=f"nowhere-{way}")
    run.log({"a": 1})
    run.finish()
    arguments = ["sync", "--verify", "--json", str(tmp_path / "dir")]
    told = {"host": {"TRACKSIDE_API_KEY": server.key}, "variable": server.environment(), "login": {}}[way]
    if way == "host":
        arguments += ["--host", server.url]
        told["TRACKSIDE_BASE_URL"] = "http://127.0.0.1:9"
    if way == "login":
        assert trackside.login(server.key, server.url)
        monkeypatch.delenv("TRACKSIDE_BASE_URL")
    (synced,) = json.loads(trackside_said(*arguments, **told))
    assert synced["receipt"] == {"logged": 1, "stored": 1, "refused": 0, "pending": 0} and synced["verified"] is True
    assert api_run(server, "nowhere", run.id).series("a").values == [1.0]


def test_sync_goes_on_beside_a_running_training_and_its_agent(server: Server, tmp_path: Path) -> None:
    run = trackside.init(project="beside")
    for i in range(3000):
        run.log({"a": i})
        if i == 1500:
            trackside_said("sync", str(tmp_path / "dir"))
    assert run.finish() == {"logged": 3000, "stored": 3000, "refused": 0, "pending": 0}
    assert api_run(server, "beside", run.id).series("a").values == [float(i) for i in range(3000)]


def test_what_is_said_of_keys_is_in_the_summary_that_is_read_back(server: Server) -> None:
    run = trackside.init(project="definitions")
    trackside.define_metric("val/*", step_metric="epoch", summary="max,last", goal="maximize")
    for epoch, acc in enumerate([0.5, 0.75, 0.25]):
        run.log({"epoch": epoch, "val": {"acc": acc}})
    run.finish()
    assert api_run(server, "definitions", run.id).summary == {"val/acc": {"max": 0.75, "last": 0.25}}


def test_a_key_that_comes_later_delivers_what_waited(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKSIDE_API_KEY", "tsk-wrong")
    run = trackside.init(project="keys")
    run.log({"a": 1})
    receipt = run.finish(timeout=20)
    assert receipt["pending"] == 1
    monkeypatch.setenv("TRACKSIDE_API_KEY", server.key)
    status = subprocess.run(
        [sys.executable, "-m", "trackside", "status", "--json"], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(status.stdout)["writers"][0]["state"] == ["waits for a key"]
    later = trackside.init(project="keys")
    later.log({"a": 2})
    later.finish()
    keys = json.loads((tmp_path / "dir" / "keys.json").read_text())[server.url]
    (tmp_path / "dir" / "keys.json").write_text(json.dumps({server.url: {hint: server.key for hint in keys}}))
    assert until(lambda: api_run(server, "keys", run.id).series("a").values, "the first run is delivered", 30) == [1.0]


def test_ranks_are_series_of_their_own_and_pages_of_runs_follow(server: Server) -> None:
    for rank in range(3):
        run = trackside.init(project="ranks", id="ranks", labels={"rank": rank})
        for step in range(10):
            run.log({"loss": rank + step / 10}, step=step)
        run.finish()
    found = api_run(server, "ranks", "ranks")
    together = found.series("loss")
    assert len(together) == 30 and together.writers is not None and len(set(together.writers)) == 3
    for rank in range(3):
        series = found.series("loss", labels={"rank": rank})
        assert series.values == [rank + step / 10 for step in range(10)]
    for number in range(4):
        trackside.init(project="ranks", id=f"more-{number}").finish()
    listed = [run.id for run in trackside.Api().runs(f"{server.workspace}/ranks", per_page=2)]
    assert listed == ["more-3", "more-2", "more-1", "more-0", "ranks"]
    with pytest.raises(trackside.Error) as error:
        trackside.Api().run(f"{server.workspace}/ranks/nothing")
    assert error.value.code == "NOT_FOUND"  # type: ignore[attr-defined]


OF_THE_OTHER = """
import { init } from '../../typescript/src/index.ts'
const run = await init({ project: 'other', id: 'from-typescript', mode: 'offline', settings: { silent: true } })
for (let i = 0; i < 1000; i++) run.log({ a: i / 3, deep: { er: -i }, bad: 'x' })
await run.finish()
"""


def test_a_journal_of_the_typescript_sdk_is_delivered_alike(server: Server, tmp_path: Path) -> None:
    script = OF_THE_OTHER.replace("../../typescript", str(ROOT / "sdk" / "typescript"))
    done = subprocess.run(
        [str(NODE), "--input-type=module-typescript", "-e", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "trackside", "sync", "--verify", "--json", str(tmp_path / "dir")]
    synced = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)
    assert [one["receipt"] for one in synced] == [{"logged": 3000, "stored": 2000, "refused": 1000, "pending": 0}]
    found = api_run(server, "other", "from-typescript")
    assert found.series("a").values == [i / 3 for i in range(1000)]
    assert bits(found.series("deep/er").values) == bits([-0.0 if i == 0 else float(-i) for i in range(1000)])
    assert found.state == "finished"


def test_the_typescript_sdk_delivers_a_journal_of_ours(server: Server, tmp_path: Path) -> None:
    run = trackside.init(project="other", mode="offline")
    for i in range(1000):
        run.log({"a": i / 3, "bad": "x"})
    run.finish()
    command = [str(NODE), str(ROOT / "sdk/typescript/src/cli.ts"), "sync", "--json", str(tmp_path / "dir")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = api_run(server, "other", run.id)
    assert found.series("a").values == [i / 3 for i in range(1000)] and found.state == "finished"


def test_the_page_is_known_at_once_or_from_the_first_answer_on_and_said(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = trackside.init(project="My pages", settings={"silent": False})
    assert run.url == f"{server.url}/{server.workspace}/My%20pages/runs/{run.id}"
    run.finish()
    monkeypatch.delenv("TRACKSIDE_WORKSPACE")
    first = trackside.init(project="My pages", settings={"silent": False})
    assert first.url is None
    until(lambda: first.url, "the server's first answer")
    first.finish()
    second = trackside.init(project="My pages", settings={"silent": False})
    assert second.url == f"{server.url}/{server.workspace}/My%20pages/runs/{second.id}"
    second.finish()
    said = capsys.readouterr().err
    for done in (run, first, second):
        assert said.count(f"/runs/{done.id}\n") == 1


def test_words_given_while_a_run_goes_on_are_shown(server: Server) -> None:
    run = trackside.init(project="words", tags=["a"], notes="why", config={"lr": 0.1})
    run.name, run.notes = "renamed", None
    run.tags += ["b", "a"]
    with pytest.raises(trackside.UsageError):
        run.config["lr"] = 0.2
    run.config.update({"lr": 0.3}, allow_val_change=True)
    run.finish()
    found = api_run(server, "words", run.id)
    assert (found.name, found.notes, found.tags, found.config) == ("renamed", None, ["a", "b"], {"lr": 0.3})
