"""`trackside.login(key, host)`, then `init()` without a word of where: the five lines of the welcome."""

from __future__ import annotations

from pathlib import Path

import pytest

import trackside
from trackside.settings import resolve


def test_the_host_that_login_names_is_where_the_process_logs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TRACKSIDE_BASE_URL", "http://elsewhere.example")
    monkeypatch.delenv("TRACKSIDE_API_KEY", raising=False)
    monkeypatch.delenv("WANDB_API_KEY", raising=False)
    assert trackside.login("tsk-mine", host="http://tracks.example/")
    chosen = resolve({"project": "p"}, None)
    assert (chosen.base_url, chosen.api_key) == ("http://tracks.example", "tsk-mine")
