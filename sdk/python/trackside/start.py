"""From the arguments of `init()` to a run that is being delivered."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
import uuid
from collections.abc import Mapping
from typing import Any

from . import exits, say
from .credentials import hand_over, missing_key
from .environment import capture_later
from .folder import launch_name, read_json, replace_json, usable_folder
from .plain import to_plain
from .run import Run
from .settings import Settings, resolve
from .tags import Tags
from .writer import Launch, Writer


def start(given: Mapping[str, Any], settings: Any, config: Any) -> Run:
    chosen = resolve(given, settings)
    if chosen.silent is not None:
        say.silent = chosen.silent
    if chosen.mode == "disabled":
        chosen.run_id = chosen.run_id or new_id()
        run = Run(chosen, None, None)
        if config is not None:
            run.config.update(config)
        return run
    folder, warning = usable_folder(chosen.dir)
    if warning:
        say.say(warning)
    _choose_id(chosen, folder)
    online = chosen.mode == "online"
    writer_id = uuid.uuid4().hex
    launch = Launch(folder, launch_name(writer_id), online, _header(chosen, folder), chosen.stoppable is not False)
    condition = chosen.resume if chosen.resume in ("never", "must") else None
    writer = Writer(launch, writer_id, condition)
    run = Run(chosen, launch, writer)
    info = _info(chosen)
    if info:
        run._tell({"k": "info", **info})
    if config is not None:
        run.config.update(config)
    if condition and online:
        run.check_condition(float(chosen.init_timeout or 10.0))
    exits.remember(run)
    capture_later(run)
    _say_where(run, writer)
    return run


def new_id() -> str:
    """A UUIDv7 in hex: ids sort by the time they were made."""
    stamp = time.time_ns() // 1_000_000
    return f"{stamp:012x}7{secrets.randbits(12):03x}{0x8000 | secrets.randbits(14):04x}{secrets.randbits(48):012x}"


def _choose_id(chosen: Settings, folder: str) -> None:
    """`auto.json` remembers each project's last run in this folder, and whether it ended well."""
    path = os.path.join(folder, "auto.json")
    known = read_json(path)
    known = known if isinstance(known, dict) else {}
    project = str(chosen.project)
    last = known.get(project)
    if chosen.resume == "auto" and chosen.run_id is None and isinstance(last, dict) and not last.get("ended"):
        chosen.run_id = last.get("run")
    chosen.run_id = chosen.run_id or new_id()
    _remember(path, {**known, project: {"run": chosen.run_id, "ended": False}})


def ended(run: Run) -> None:
    """The run came to a good end: `resume="auto"` does not take it up again."""
    if run._launch is None:
        return
    path = os.path.join(run._launch.folder, "auto.json")
    known = read_json(path)
    if isinstance(known, dict) and (known.get(run.project) or {}).get("run") == run.id:
        _remember(path, {**known, run.project: {"run": run.id, "ended": True}})


def _remember(path: str, known: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        replace_json(path, dict(list(known.items())[-1000:]))


def _header(chosen: Settings, folder: str) -> dict[str, Any]:
    header: dict[str, Any] = {
        "run": chosen.run_id,
        "project": chosen.project,
        "workspace": chosen.workspace,
        "base_url": chosen.base_url,
        "labels": chosen.labels,
        "mode": chosen.mode,
    }
    if not chosen.named_server:
        header["named_server"] = False
    if chosen.telemetry is False:
        header["telemetry"] = False
    if chosen.api_key:
        try:
            header["key_hint"] = hand_over(folder, str(chosen.base_url), chosen.api_key)
        except OSError as error:
            say.say(f"the key could not be handed to the agent: {error}")
    elif chosen.mode == "online":
        say.say(f"{missing_key(str(chosen.base_url))}. Points wait in the journal")
    return header


def _info(chosen: Settings) -> dict[str, Any]:
    info = {name: getattr(chosen, name) for name in ("name", "notes", "group", "job_type")}
    info["tags"] = Tags(chosen.tags or ())
    return {name: to_plain(value) for name, value in info.items() if value}


def _say_where(run: Run, writer: Writer) -> None:
    if run.offline:
        say.say(f"run {run.id} is kept in {run.dir}; `trackside sync {run.dir}` delivers it")
    elif not writer.page.say(str(run.name or run.id)):
        say.say(f"run {run.name or run.id} goes to {run.settings.base_url}")
