"""`trackside login | init | status | sync`, each with `--json`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any, Optional


def main(arguments: Optional[list[str]] = None) -> int:
    """0: done. 1: it could not be done, and the last line says why. 2: it cannot be meant like this."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if not getattr(chosen, "act", None):
        parser.print_help()
        return 2
    try:
        return int(chosen.act(chosen))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except Exception as error:
        from .errors import Error

        if not isinstance(error, (Error, OSError)):
            raise
        sys.stderr.write(f"trackside: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    from . import __version__

    parser = argparse.ArgumentParser(prog="trackside", description="Tracks trainings, and loses nothing.")
    parser.add_argument("--version", action="version", version=f"trackside {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="")

    login = commands.add_parser("login", help="remember an API key for a server")
    login.add_argument("key", nargs="?", help="the key; asked for if absent (`-` reads it from standard input)")
    login.add_argument("--host", help="the server's address (TRACKSIDE_BASE_URL)")
    login.set_defaults(act=_login)

    init = commands.add_parser("init", help="print the lines that send a training here")
    init.add_argument("--project", help="the project's name")
    init.add_argument("--workspace", help="the workspace's slug")
    init.set_defaults(act=_init)

    status = commands.add_parser("status", help="the agent, and what is not delivered yet")
    status.add_argument("dir", nargs="?", metavar="DIR", help="the folder of journals (TRACKSIDE_DIR)")
    status.add_argument("--all", action="store_true", help="also what is delivered")
    status.set_defaults(act=_status)

    sync = commands.add_parser("sync", help="deliver journals that are not delivered yet")
    sync.add_argument("dir", nargs="?", metavar="DIR", help="the folder of TRACKSIDE_DIR, or of one run")
    sync.add_argument("--host", help="the server's address (TRACKSIDE_BASE_URL, or what the run was told)")
    sync.add_argument("--id", metavar="NEW", help="deliver to the run of this id instead: for a run that the server refused")
    sync.add_argument("--verify", action="store_true", help="also compare what the server has with the journal")
    sync.set_defaults(act=_sync)

    for command in (login, init, status, sync):
        command.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _folder(chosen: argparse.Namespace) -> str:
    from .folder import default_folder

    return os.path.abspath(chosen.dir or os.environ.get("TRACKSIDE_DIR") or os.environ.get("WANDB_DIR") or default_folder())


def _print(chosen: argparse.Namespace, value: Any, text: str) -> None:
    print(json.dumps(value) if chosen.json else text)


def _login(chosen: argparse.Namespace) -> int:
    from .credentials import clean_url, credentials_path, default_base_url, login

    base_url = clean_url(chosen.host) if chosen.host else default_base_url()
    key = sys.stdin.readline() if chosen.key == "-" else chosen.key
    done = login(key, base_url)
    said = f"The key for {base_url} is kept in {credentials_path()}."
    if not done:
        said = f"There is no key for {base_url}: make one there (your workspace, Settings, Keys), then `trackside login KEY`."
    _print(chosen, {"ok": done, "base_url": base_url, "path": credentials_path()}, said)
    return 0 if done else 1


def _init(chosen: argparse.Namespace) -> int:
    from .settings import resolve

    settings = resolve({"project": chosen.project, "workspace": chosen.workspace}, None)
    workspace = f', workspace="{settings.workspace}"' if settings.workspace else ""
    lines = [
        "import trackside",
        f'run = trackside.init(project="{settings.project}"{workspace}, config={{"lr": 1e-3}})',
        "for step in range(100):",
        '    run.log({"train/loss": 1 / (step + 1)})',
        "run.finish()",
    ]
    value = {
        "base_url": settings.base_url,
        "key": settings.api_key is not None,
        "workspace": settings.workspace,
        "project": settings.project,
        "lines": lines,
    }
    hint = "" if settings.api_key else f"\n\n# first: trackside login --host {settings.base_url}"
    _print(chosen, value, "\n".join(lines) + hint)
    return 0


def _status(chosen: argparse.Namespace) -> int:
    from .status import describe, status

    found = status(_folder(chosen), chosen.all)
    _print(chosen, found, describe(found))
    return 0


def _sync(chosen: argparse.Namespace) -> int:
    from .sync import sync

    folder = _folder(chosen)
    if not os.path.isdir(folder):
        sys.stderr.write(f"trackside: {folder} is not a folder\n")
        return 2
    results = sync(folder, host=chosen.host, verify=chosen.verify, run_id=chosen.id)
    bad = [result for result in results if result.error or result.verified is False]
    lines = []
    for result in results:
        counts = ", ".join(f"{count} {name}" for name, count in result.receipt.items())
        proof = "" if result.verified is None else " · verified" if result.verified else " · NOT the same on both sides"
        lines.append(
            f"{result.run} · writer {result.writer[:8]} · {counts}{proof}" + (f" · {result.error}" if result.error else "")
        )
    _print(chosen, [result.as_json() for result in results], "\n".join(lines) or "Everything is delivered.")
    return 1 if bad else 0
