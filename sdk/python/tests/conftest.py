"""Every test has a folder, a home and a clean environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
sys.path.insert(0, str(PACKAGE))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=4, help="kill -9 a kind of victim (20 in npm test's fault suite)")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--kills"))


@pytest.fixture(autouse=True)
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith(("TRACKSIDE_", "WANDB_")):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("TRACKSIDE_DIR", str(tmp_path / "dir"))
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE))
    yield
    stop_agents(tmp_path / "dir")
    stop_agents(tmp_path / "dir")


def stop_agents(folder: Path) -> None:
    """Ends the agents of a test's folder, by the pids that they wrote down."""
    from trackside.process import is_alive

    for path in folder.glob("agent/*/agent.json"):
        agent = json.loads(path.read_text())
        if is_alive(agent["pid"], agent["start"]):
            os.kill(agent["pid"], 15)
            until(lambda agent=agent: not is_alive(agent["pid"], agent["start"]), "the agent leaves", 10)


def until(condition: Callable[[], Any], what: str, seconds: float = 20.0) -> Any:
    """Waits for a condition; fails with its name."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.02)


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program of its own, to its end."""
    return subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def read_journal(folder: Path | str, writer: str | None = None) -> list[Any]:
    """All that the journals below `folder` hold, in order; of one writer, or of the only one."""
    from trackside.shelf import launches, writers
    from trackside.tail import Tail, read_header

    found: list[Any] = []
    for launch in launches(os.path.join(folder, "runs")):
        for name in writers(launch):
            header = read_header(os.path.join(launch, f"{name}-000000.tsj")) or {}
            if (writer is None and header.get("kind") == "user") or name == writer:
                tail = Tail(launch, name)
                while items := tail.read():
                    found.extend(items)
                tail.close()
    return found


def points_in(items: list[Any]) -> list[tuple[str, int, float]]:
    """(key, step, value) of each point, in order."""
    from struct import unpack

    from trackside.frame_builder import Points

    return [
        (key, item.step, value)
        for item in items
        if isinstance(item, Points)
        for key, value in zip(item.keys, unpack(f"<{len(item.keys)}d", item.values))
    ]


def metas_in(items: list[Any], kind: str) -> list[dict[str, Any]]:
    from trackside.tail import Meta

    return [item.item for item in items if isinstance(item, Meta) and item.item.get("k") == kind]
