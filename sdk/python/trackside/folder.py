"""Where journals, keys and the agent's files lie: the layout of protocol/agent.md."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import tempfile
import time
from typing import Any


def default_folder() -> str:
    """$XDG_STATE_HOME/trackside, else ~/.local/state/trackside."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(state, "trackside")


def usable_folder(wanted: str | None) -> tuple[str, str | None]:
    """An absolute folder that can be written, and a warning where it is not the one that was wanted."""
    first = os.path.abspath(wanted or default_folder())
    spare = os.path.join(tempfile.gettempdir(), f"trackside-{getattr(os, 'getuid', lambda: 0)()}")
    reason = _refusal(first)
    if reason is None:
        return first, None
    if _refusal(spare) is None:
        return spare, f"{first} cannot be written ({reason}); journals go to {spare}"
    return first, f"{first} cannot be written ({reason}); points wait in memory only"


def _refusal(folder: str) -> str | None:
    try:
        os.makedirs(os.path.join(folder, "runs"), mode=0o700, exist_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    return None if os.access(os.path.join(folder, "runs"), os.W_OK | os.X_OK) else "permission denied"


def host_name() -> str:
    return socket.gethostname() or "localhost"


def agent_folder(folder: str, host: str | None = None) -> str:
    return os.path.join(folder, "agent", re.sub(r"[^A-Za-z0-9.\-]", "_", host or host_name()))


def launch_name(writer: str) -> str:
    return time.strftime("%Y%m%d-%H%M%S-", time.localtime()) + writer[:8]


def replace_json(path: str, value: Any, mode: int = 0o644) -> None:
    """Writes JSON beside and renames it, so that readers see the old or the new, whole."""
    beside = f"{path}.{os.getpid()}.tmp"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        os.write(handle, json.dumps(value, indent=2).encode() + b"\n")
    finally:
        os.close(handle)
    os.replace(beside, path)


def read_json(path: str) -> Any:
    """What a JSON file holds, or None."""
    with contextlib.suppress(OSError, ValueError), open(path, "rb") as handle:
        return json.loads(handle.read())
    return None
