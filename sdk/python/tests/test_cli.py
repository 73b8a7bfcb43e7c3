"""The command line: helpful, honest exit codes, JSON everywhere, and no key on any screen."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import trackside


def cli(*arguments: str, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trackside", *arguments],
        env={**os.environ, **environment},
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_command_it_helps() -> None:
    done = cli()
    assert done.returncode == 2 and all(word in done.stdout for word in ("login", "init", "status", "sync"))
    assert cli("--version").stdout == "trackside 0.1.0\n"
    assert cli("sync", "--nonsense").returncode == 2


def test_a_key_is_remembered_for_its_server_and_for_this_user_alone(tmp_path: Path) -> None:
    one, two = "tsk-one" + "1" * 46, "tsk-two" + "2" * 46
    done = cli("login", "-", "--host", "http://tracks.example/", "--json", given=one + "\n")
    assert done.returncode == 0 and "tsk-one" not in done.stdout
    path = Path(json.loads(done.stdout)["path"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert cli("login", two, "--host", "localhost:4000").returncode == 0
    assert json.loads(path.read_text()) == {"http://tracks.example": one, "http://localhost:4000": two}
    told = json.loads(cli("init", "--project", "p", "--json", TRACKSIDE_BASE_URL="http://tracks.example").stdout)
    assert told["key"] is True and 'trackside.init(project="p"' in "\n".join(told["lines"])
    assert cli("login", "--host", "http://other.example").returncode == 1
    for empty in ("", " \n"):
        done = cli("login", "-", "--host", "http://other.example", given=empty)
        assert done.returncode == 1 and "make one at http://other.example" in done.stderr


def test_status_names_what_waits(tmp_path: Path) -> None:
    assert json.loads(cli("status", "--json").stdout)["writers"] == []
    run = trackside.init(project="waits", mode="offline", settings={"silent": True})
    run.log({"a": 1, "b": "x"})
    run.finish()
    (writer,) = json.loads(cli("status", "--json").stdout)["writers"]
    assert (writer["run"], writer["project"], writer["points"], writer["delivered"], writer["refused"]) == (
        run.id,
        "waits",
        1,
        0,
        1,
    )
    assert run.id in cli("status").stdout


def test_sync_says_when_no_server_is_there(tmp_path: Path) -> None:
    assert cli("sync", str(tmp_path / "none")).returncode == 2
    run = trackside.init(project="waits", mode="offline", settings={"silent": True, "base_url": "http://127.0.0.1:9"})
    run.log({"a": 1})
    run.finish()
    done = cli("sync", "--json", str(run.dir))
    (synced,) = json.loads(done.stdout)
    assert done.returncode == 1 and synced["error"].startswith("no API key for http://127.0.0.1:9: set ")
    assert synced["receipt"] == {"logged": 1, "stored": 0, "refused": 0, "pending": 1}
    refused = json.loads(cli("sync", "--json", str(run.dir), TRACKSIDE_API_KEY="k" * 40).stdout)[0]["error"]
    assert refused.startswith("http://127.0.0.1:9 was not reached") and "--host URL" in refused and "TRACKSIDE_BASE_URL" in refused


def test_the_key_is_in_no_journal_and_in_no_command_line(tmp_path: Path) -> None:
    run = trackside.init(project="p", mode="offline", settings={"silent": True, "api_key": "tsk-very-secret"})
    run.log({"a": 1})
    run.finish()
    folder = tmp_path / "dir"
    holders = [path for path in folder.rglob("*") if path.is_file() and b"tsk-very-secret" in path.read_bytes()]
    assert holders == [folder / "keys.json"] and stat.S_IMODE(holders[0].stat().st_mode) == 0o600
