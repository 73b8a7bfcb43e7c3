"""log(), config, summary and finish(), seen from what the journal holds afterwards."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from conftest import metas_in, points_in, read_journal

import trackside


@pytest.fixture
def run(tmp_path: Path) -> Any:
    run = trackside.init(project="tests", mode="offline", settings={"silent": True})
    yield run
    run.finish()


def journal(run: Any) -> list[Any]:
    run.finish()
    return read_journal(run._launch.folder)


def test_steps_go_up_as_in_wandb(run: Any) -> None:
    run.log({"a": 1})
    run.log({"b": 2}, commit=False)
    run.log({"c": 3})
    run.log({"d": 4}, step=10)
    run.log({"e": 5})
    run.log({"f": 6}, step=20, commit=True)
    run.log({"g": 7}, step=3)
    run.log({"h": 8})
    assert points_in(journal(run)) == [
        ("a", 0, 1.0), ("b", 1, 2.0), ("c", 1, 3.0), ("d", 10, 4.0), ("e", 10, 5.0), ("f", 20, 6.0), ("g", 3, 7.0), ("h", 21, 8.0),
    ]  # fmt: skip


def test_an_empty_call_takes_no_step(run: Any) -> None:
    run.log({})
    run.log({"a": 1})
    run.log({"b": None})
    run.log({"c": 1})
    assert points_in(journal(run)) == [("a", 0, 1.0), ("c", 2, 1.0)]


def test_what_is_refused_costs_no_neighbour_and_is_counted(run: Any) -> None:
    for _ in range(3):
        run.log({"ok": 1.5, "text": "x", "list": [1], 7: 1, "deep": {"er": {"ok": True, "no": object()}}})
    run.log({"ok": 1}, step=0.5)
    run.log("nothing")
    items = journal(run)
    assert [point for point in points_in(items) if point[0] == "ok"] == [("ok", step, 1.5) for step in range(3)]
    assert [point for point in points_in(items) if point[0] == "deep/er/ok"] == [("deep/er/ok", step, 1.0) for step in range(3)]
    refused = metas_in(items, "refused")
    assert sum(item["count"] for item in refused) == 3 * 4 + 1 + 1
    assert {item["key"] for item in refused} == {"text", "list", "7", "deep/er/no", "ok", ""}
    (finish,) = metas_in(items, "finish")
    assert (finish["logged"], finish["refused"], finish["exit_code"]) == (6 + 14, 14, 0)


def test_refused_items_are_gathered_not_written_one_by_one(run: Any) -> None:
    for _ in range(10_000):
        run.log({"text": "x"})
    refused = metas_in(journal(run), "refused")
    assert sum(item["count"] for item in refused) == 10_000
    assert len(refused) < 30


def test_receipt_adds_up_offline(run: Any) -> None:
    run.log({"a": 1, "b": "x", "c": 2**53 + 1})
    receipt = run.finish()
    assert receipt == {"logged": 3, "stored": 0, "refused": 1, "pending": 2}
    assert run.finish() == receipt
    run.log({"late": 1})
    items = read_journal(run._launch.folder)
    assert metas_in(items, "finish")[0]["rounded"] == 1
    assert "late" not in {key for key, _, _ in points_in(items)}


def test_config_and_summary_are_journaled(run: Any) -> None:
    run.config.update({"lr": 0.1, "model": {"width": 4}})
    run.config.model = {"depth": 2}
    run.config["gone"] = 1
    del run.config["gone"]
    run.summary["best"] = float("nan")
    assert run.config.lr == 0.1 and run.config["model"] == {"width": 4, "depth": 2} and "gone" not in run.config
    items = journal(run)
    assert metas_in(items, "config") == [
        {"k": "config", "set": {"lr": 0.1, "model": {"width": 4}}},
        {"k": "config", "set": {"model": {"depth": 2}}},
        {"k": "config", "set": {"gone": 1}},
        {"k": "config", "unset": ["gone"]},
    ]
    assert metas_in(items, "summary") == [{"k": "summary", "set": {"best": "NaN"}}]


def test_the_environment_is_captured_without_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLURM_JOB_ID", "42")
    monkeypatch.setenv("SLURM_JWT_TOKEN", "hush")
    monkeypatch.setattr(
        "sys.orig_argv",
        ["python", "train.py", "--api-key", "hush", "--lr=1", "--password=hush", "https://me:hush@git.example/x"],
        raising=False,
    )
    run = trackside.init(project="tests", mode="offline", settings={"silent": True})
    (env,) = metas_in(journal(run), "env")
    assert env["argv"][:4] == ["python", "train.py", "--api-key", "[redacted]"] and "--lr=1" in env["argv"]
    assert env["scheduler"]["SLURM_JOB_ID"] == "42"
    assert env["packages"]["pytest"] and env["cpu"]["count"] == os.cpu_count() and env["git"]["commit"]
    env["git"].pop("diff", None)  # of these very lines, while they are not committed
    assert "hush" not in str(env)


def test_threads_share_one_order(run: Any) -> None:
    def work(number: int) -> None:
        for i in range(500):
            run.log({f"t{number}": i})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    points = points_in(journal(run))
    assert len(points) == 4000 and sorted(step for _, step, _ in points) == list(range(4000))
    for number in range(8):
        assert [value for key, _, value in points if key == f"t{number}"] == [float(i) for i in range(500)]


def test_the_current_run_answers_for_the_package() -> None:
    assert trackside.run is None
    with pytest.raises(trackside.Error, match="init"):
        trackside.log({"a": 1})
    with trackside.init(project="tests", mode="offline", config={"a": 1}, settings={"silent": True}) as run:
        assert trackside.run is run and trackside.config.a == 1
        assert trackside.init(project="other") is run
        trackside.log({"x": 1})
        trackside.summary["y"] = 2
    assert trackside.run is None and trackside.finish() is None
    assert points_in(read_journal(run._launch.folder)) == [("x", 0, 1.0)]


def test_leaving_by_an_exception_is_a_failure() -> None:
    with pytest.raises(ValueError, match="boom"), trackside.init(project="tests", mode="offline", settings={"silent": True}) as run:
        raise ValueError("boom")
    assert metas_in(read_journal(run._launch.folder), "finish")[0]["exit_code"] == 1


def test_disabled_touches_nothing(tmp_path: Path) -> None:
    run = trackside.init(project="tests", mode="disabled", config={"a": 1})
    run.log({"x": 1, "y": "z"})
    run.summary["z"] = 1
    assert run.config["a"] == 1 and run.url is None
    assert run.finish() == {"logged": 0, "stored": 0, "refused": 0, "pending": 0}
    assert not (tmp_path / "dir").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "a/b"},
        {"id": "x" * 65},
        {"mode": "on"},
        {"resume": "perhaps"},
        {"resume": "must"},
        {"settings": {"no_such": 1}},
        {"project": "p" * 501},
    ],
)
def test_a_call_that_cannot_be_meant_raises(wrong: dict[str, Any]) -> None:
    with pytest.raises(trackside.UsageError):
        trackside.init(**{"project": "tests", "mode": "offline", **wrong})
    assert trackside.run is None


def test_auto_takes_up_the_last_run_that_did_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = {"mode": "offline", "project": "tests", "settings": {"silent": True}}
    first = trackside.init(**quiet)
    first.finish(exit_code=1)
    second = trackside.init(resume="auto", **quiet)
    assert second.id == first.id
    second.finish()
    third = trackside.init(resume="auto", **quiet)
    assert third.id != first.id
    third.finish()


def test_ids_sort_by_time() -> None:
    from trackside.start import new_id

    ids = [new_id() for _ in range(50)]
    assert all(len(one) == 32 and one[12] == "7" and one[16] in "89ab" for one in ids)
    assert [one[:12] for one in ids] == sorted(one[:12] for one in ids)


def test_settings_come_from_arguments_then_trackside_then_wandb(monkeypatch: pytest.MonkeyPatch) -> None:
    from trackside.settings import resolve

    monkeypatch.setenv("WANDB_ENTITY", "from-wandb")
    monkeypatch.setenv("WANDB_PROJECT", "from-wandb")
    monkeypatch.setenv("TRACKSIDE_PROJECT", "from-trackside")
    monkeypatch.setenv("TRACKSIDE_BASE_URL", "https://tracks.example/")
    monkeypatch.setenv("TRACKSIDE_TAGS", "a, b")
    chosen = resolve({"name": "argument"}, {"group": "setting"})
    assert (chosen.workspace, chosen.project, chosen.base_url) == ("from-wandb", "from-trackside", "https://tracks.example")
    assert (chosen.name, chosen.group, chosen.tags) == ("argument", "setting", ["a", "b"])
    assert resolve({"project": "argument"}, None).project == "argument"
