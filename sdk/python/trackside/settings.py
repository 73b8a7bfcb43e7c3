"""Settings of a run: arguments, then `settings=`, then TRACKSIDE_*, then WANDB_* of the same meaning, then defaults."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Optional

from .errors import UsageError

RUN_ID = re.compile(r"[A-Za-z0-9_.\-]{1,64}\Z")
MODES = ("online", "offline", "disabled")
RESUMES = ("never", "must", "allow", "auto")
_WANDB = {"workspace": "ENTITY", "group": "RUN_GROUP", "labels": None, "telemetry": None, "stoppable": None, "init_timeout": None}


@dataclass
class Settings:
    """All of it may also come from `TRACKSIDE_<NAME>`, e.g. `TRACKSIDE_BASE_URL`, `TRACKSIDE_TAGS=a,b`."""

    base_url: Optional[str] = None
    api_key: Optional[str] = None
    workspace: Optional[str] = None
    project: Optional[str] = None
    mode: Optional[str] = None
    dir: Optional[str] = None
    run_id: Optional[str] = None
    name: Optional[str] = None
    group: Optional[str] = None
    job_type: Optional[str] = None
    notes: Optional[str] = None
    tags: Optional[list[str]] = None
    labels: Optional[dict[str, str]] = None
    resume: Optional[str] = None
    telemetry: Optional[bool] = None
    stoppable: Optional[bool] = None
    init_timeout: Optional[float] = None
    finish_timeout: Optional[float] = None
    silent: Optional[bool] = None
    named_server: bool = field(default=True, init=False, repr=False)
    """Whether somebody said which server; else an offline run goes where `trackside sync` is told to."""


def resolve(arguments: Mapping[str, Any], settings: Settings | Mapping[str, Any] | None) -> Settings:
    """One complete Settings; UsageError names the first thing that cannot be meant."""
    names = {one.name for one in fields(Settings) if one.init}
    given = settings if isinstance(settings, Mapping) else {name: getattr(settings, name, None) for name in names}
    unknown = sorted(set(given) - names)
    if unknown:
        raise UsageError(f"settings: unknown {', '.join(unknown)}; known are {', '.join(sorted(names))}")
    from .credentials import clean_url, default_base_url, remembered_key

    chosen = Settings()
    for name in names:
        value = arguments.get(name)
        value = given.get(name) if value is None else value
        value = _from_environment(name) if value is None else value
        setattr(chosen, name, value)
    chosen.named_server = bool(chosen.base_url)
    chosen.base_url = clean_url(chosen.base_url) if chosen.base_url else default_base_url()
    chosen.mode = chosen.mode or "online"
    if chosen.mode in ("dryrun",):
        chosen.mode = "offline"
    _check(chosen)
    chosen.project = chosen.project or _project_of_program()
    chosen.tags = [chosen.tags] if isinstance(chosen.tags, str) else list(chosen.tags or [])
    chosen.labels = {str(key): str(value) for key, value in (chosen.labels or {}).items()}
    chosen.telemetry = chosen.telemetry is not False
    chosen.stoppable = chosen.stoppable is not False
    chosen.init_timeout = 10.0 if chosen.init_timeout is None else float(chosen.init_timeout)
    chosen.finish_timeout = 30.0 if chosen.finish_timeout is None else float(chosen.finish_timeout)
    if chosen.mode != "disabled" and not chosen.api_key:
        chosen.api_key = remembered_key(chosen.base_url)
    return chosen


def _check(chosen: Settings) -> None:
    if chosen.mode not in MODES:
        raise UsageError(f"mode is {chosen.mode!r}; it is one of {', '.join(MODES)}")
    if chosen.resume in (False, ""):
        chosen.resume = None
    if chosen.resume is True:
        chosen.resume = "auto"
    if chosen.resume is not None and chosen.resume not in RESUMES:
        raise UsageError(f"resume is {chosen.resume!r}; it is one of {', '.join(RESUMES)}, or None")
    if chosen.run_id is not None and not (isinstance(chosen.run_id, str) and RUN_ID.match(chosen.run_id)):
        raise UsageError(f"id is {chosen.run_id!r}; it is 1 to 64 of A-Z a-z 0-9 _ . -")
    if chosen.resume == "must" and chosen.run_id is None:
        raise UsageError('resume="must" needs the id of the run')
    if chosen.project is not None and not 0 < len(str(chosen.project)) <= 500:
        raise UsageError("project is 1 to 500 characters")
    if chosen.labels is not None and not isinstance(chosen.labels, Mapping):
        raise UsageError("labels is a dict, e.g. {'rank': 0}")


def _from_environment(name: str) -> Any:
    upper = name.upper()
    text = os.environ.get(f"TRACKSIDE_{upper}")
    if text is None:
        other = _WANDB.get(name, upper)
        text = os.environ.get(f"WANDB_{other}") if other else None
    if text is None or text == "":
        return None
    return _parse(name, text)


def _parse(name: str, text: str) -> Any:
    if name == "tags":
        return [tag.strip() for tag in text.split(",") if tag.strip()]
    if name == "labels":
        return dict(part.split("=", 1) for part in text.split(",") if "=" in part)
    if name in ("telemetry", "silent", "stoppable"):
        return text.lower() not in ("0", "false", "no", "off")
    if name.endswith("_timeout"):
        try:
            return float(text)
        except ValueError:
            raise UsageError(f"TRACKSIDE_{name.upper()} is {text!r}, not a number of seconds") from None
    return text


def _project_of_program() -> str:
    """The folder of the git checkout, else the program's name, else `uncategorized`."""
    import sys

    folder = os.getcwd()
    while os.path.dirname(folder) != folder:
        if os.path.exists(os.path.join(folder, ".git")):
            return os.path.basename(folder)
        folder = os.path.dirname(folder)
    program = os.path.splitext(os.path.basename(sys.argv[0] if sys.argv else ""))[0]
    return program if program not in ("", "-c", "-m", "ipykernel_launcher", "__main__") else "uncategorized"
