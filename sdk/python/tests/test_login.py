"""`trackside.login(key, host)`, then `init()` without a word of where: the five lines of the welcome."""

from __future__ import annotations

from pathlib import Path

import pytest

import trackside
from trackside.settings import resolve

MINE = "tsk-mine" + "0" * 45


def test_the_host_that_login_names_is_where_the_process_logs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TRACKSIDE_BASE_URL", "http://elsewhere.example")
    monkeypatch.delenv("TRACKSIDE_API_KEY", raising=False)
    monkeypatch.delenv("WANDB_API_KEY", raising=False)
    assert trackside.login(MINE, host="http://tracks.example/")
    chosen = resolve({"project": "p"}, None)
    assert (chosen.base_url, chosen.api_key) == ("http://tracks.example", MINE)


def key_of(name: str) -> str:
    return "tsk-" + name.replace(".", "_").ljust(49, "0")


@pytest.mark.parametrize("key", ["", "  \n", "tsk-…", "Bearer tsk-x", "tsk-cut-short", key_of("two") + " " + key_of("keys")])
def test_what_cannot_be_a_key_is_refused_with_the_place_of_one(nobody_says: None, key: str) -> None:
    with pytest.raises(trackside.UsageError, match=r"make one at http://tracks\.example") as refusal:
        trackside.login(key, host="http://tracks.example")
    assert not key.strip() or key not in str(refusal.value)
    assert resolve({"project": "p"}, None).base_url == "http://127.0.0.1:3000"


@pytest.fixture
def nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `login` leaves in this process for its own runs is gone, as in another process."""
    for name in ("BASE_URL", "API_KEY"):
        monkeypatch.delenv(f"TRACKSIDE_{name}", raising=False)
        monkeypatch.delenv(f"WANDB_{name}", raising=False)


def test_another_process_goes_where_was_logged_in_last(nobody_says: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("http://first.example", "http://second.example", "http://first.example"):
        assert trackside.login(key_of(host[7:]), host=host)
        monkeypatch.delenv("TRACKSIDE_BASE_URL")
    chosen = resolve({"project": "p"}, None)
    assert (chosen.base_url, chosen.api_key) == ("http://first.example", key_of("first.example"))
    api = trackside.Api()
    assert (api.base_url, api.key) == ("http://first.example", key_of("first.example"))
    monkeypatch.setenv("TRACKSIDE_BASE_URL", "http://second.example")
    assert resolve({"project": "p"}, None).api_key == key_of("second.example")
    assert resolve({"project": "p"}, {"base_url": "http://first.example"}).api_key == key_of("first.example")


def test_a_key_for_another_server_only_is_named_with_the_mend(nobody_says: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert trackside.login(MINE, host="http://tracks.example")
    run = trackside.init(project="p", settings={"base_url": "http://127.0.0.1:9", "telemetry": False, "silent": False})
    run.finish(timeout=0)
    said = capsys.readouterr().err
    assert "no API key for http://127.0.0.1:9; there is one for http://tracks.example" in said
    assert "TRACKSIDE_BASE_URL=http://tracks.example" in said and "trackside login --host http://127.0.0.1:9" in said
    assert "tsk-mine" not in said
