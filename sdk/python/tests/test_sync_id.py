"""`trackside sync --id NEW`: what a server refused, delivered as a run of another id."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from house import api_run, house, needs_node, server, trackside_said
from server import Server

import trackside
from trackside.sync import sync

__all__ = ["house", "server"]  # fixtures
pytestmark = needs_node


def test_what_the_server_refused_is_kept_named_and_delivered_under_another_id(server: Server) -> None:
    first = trackside.init(project="refused", id="taken")
    first.log({"a": 1})
    first.finish()
    late = trackside.init(project="refused", id="taken", resume="never", mode="offline")
    late.log({"a": 2})
    late.finish()
    folder = str(late.dir)
    command = [sys.executable, "-m", "trackside", "sync", folder]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 1 and "taken is there already" in refused.stdout
    said = trackside_said("status")
    assert "0 of 1 points delivered, kept here" in said and "taken is there already" in said
    assert f"trackside sync --id NEW {folder}" in said
    (synced,) = json.loads(trackside_said("sync", "--id", "free", "--json", folder))
    assert synced["run"] == "free" and synced["receipt"] == {"logged": 1, "stored": 1, "refused": 0, "pending": 0}
    (again,) = json.loads(trackside_said("sync", "--verify", "--json", folder))
    assert again["run"] == "free" and again["verified"] is True
    assert api_run(server, "refused", "free").series("a").values == [2.0]
    assert api_run(server, "refused", "taken").series("a").values == [1.0]


def test_an_id_is_for_one_run_and_joins_no_others(server: Server, tmp_path: Path) -> None:
    for name in ("first", "second"):
        run = trackside.init(project="joined", id=name, mode="offline")
        run.log({"a": 1})
        run.finish()
    with pytest.raises(trackside.UsageError, match="first, second; give the folder of one"):
        sync(str(tmp_path / "dir"), run_id="both")
    (synced,) = sync(str(run.dir), run_id="alone")
    assert (synced.run, synced.error) == ("alone", None)
    with pytest.raises(trackside.Error):
        trackside.Api(server.key, server.url).run(f"{server.workspace}/joined/both")
