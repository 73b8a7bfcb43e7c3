"""The current run of this process, and the functions of the package that speak to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional, Union

from .errors import Error
from .run import Run
from .settings import Settings

_run: Optional[Run] = None


def init(
    project: Optional[str] = None,
    workspace: Optional[str] = None,
    name: Optional[str] = None,
    id: Optional[str] = None,  # noqa: A002 - the public name
    config: Optional[Union[Mapping[str, Any], Any]] = None,
    group: Optional[str] = None,
    job_type: Optional[str] = None,
    tags: Optional[list[str]] = None,
    notes: Optional[str] = None,
    mode: Optional[str] = None,
    resume: Optional[str] = None,
    dir: Optional[str] = None,  # noqa: A002 - the public name
    labels: Optional[Mapping[str, Any]] = None,
    settings: Optional[Union[Settings, Mapping[str, Any]]] = None,
    entity: Optional[str] = None,
) -> Run:
    """Starts a run and makes it the current one.

    Args:
        project: its project; else `TRACKSIDE_PROJECT`, the folder of the git checkout, the program's name.
        workspace: the slug of its workspace (`entity` is another word for it); else the one the key belongs to.
        id: 1 to 64 of `A-Za-z0-9_.-`; a new one if absent. An id that exists is joined as one more writer.
        config: what the run was started with, a dict or an argparse.Namespace.
        mode: `online`, `offline` (journal only, `trackside sync` delivers it) or `disabled` (nothing at all).
        resume: None, `allow`, `never` (refused if the run exists), `must` (refused if not), `auto` (the folder's
            last unfinished run). Only `never` and `must` wait for the server, at most `init_timeout` (10 s).
        dir: the folder of journals; else `TRACKSIDE_DIR`, else `~/.local/state/trackside`.
        labels: tell this process' series from those of others, e.g. `{"rank": 0}`.

    Raises:
        UsageError: an argument that cannot be meant, or a clear no to `never` or `must`.
    """
    global _run
    if _run is not None:
        from .say import say

        say(f"run {_run.id} is still open; init() gives it back. finish() it to start another.")
        return _run
    from .start import start

    given = {
        "project": project,
        "workspace": workspace or entity,
        "name": name,
        "run_id": id,
        "group": group,
        "job_type": job_type,
        "tags": tags,
        "notes": notes,
        "mode": mode,
        "resume": resume,
        "dir": dir,
        "labels": labels,
    }
    _run = start(given, settings, config)
    return _run


def log(data: Mapping[str, Any], step: Optional[int] = None, commit: Optional[bool] = None) -> None:
    """`run.log` of the current run."""
    _need("log").log(data, step, commit)


def define_metric(name: str, *arguments: Any, **named: Any) -> None:
    """`run.define_metric` of the current run."""
    _need("define_metric").define_metric(name, *arguments, **named)


def finish(exit_code: Optional[int] = None, timeout: Optional[float] = None) -> Optional[dict[str, int]]:
    """`run.finish` of the current run; None where there is none."""
    return _run.finish(exit_code, timeout) if _run is not None else None


def current_run() -> Optional[Run]:
    return _run


def current_config() -> Any:
    return _need("config").config


def current_summary() -> Any:
    return _need("summary").summary


def forget(run: Run) -> None:
    global _run
    if _run is run:
        _run = None


def _need(name: str) -> Run:
    if _run is None:
        raise Error(f"trackside.{name} needs a run: call trackside.init() first")
    return _run
