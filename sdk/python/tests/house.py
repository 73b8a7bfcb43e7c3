"""What the tests against a real server share: the server, and reading back from it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from struct import pack
from typing import Any

import pytest
from conftest import until
from server import NODE, Server

import trackside

needs_node = pytest.mark.skipif(not NODE.exists(), reason="Node is not installed here (npm ci)")


@pytest.fixture(scope="module")
def house() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def server(house: Server, clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name, value in house.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TRACKSIDE_SILENT", "1")
    yield house
    trackside.finish(timeout=5)


def api_run(server: Server, project: str, run: str) -> Any:
    """The run, once the server knows it."""

    def find() -> Any:
        try:
            return trackside.Api(server.key, server.url).run(f"{server.workspace}/{project}/{run}")
        except trackside.Error:
            return None

    return until(find, f"run {run} is there", 30)


def bits(values: list[float]) -> list[bytes]:
    return [pack("<d", value) for value in values]


def trackside_said(*arguments: str, **variables: str) -> str:
    """What the command line printed; it must have gone well."""
    done = subprocess.run(
        [sys.executable, "-m", "trackside", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
