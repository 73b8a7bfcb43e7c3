"""The few lines that Trackside says: to stderr, never into a broken pipe, each warning once."""

from __future__ import annotations

import os
import sys

_said: set[str] = set()
silent = os.environ.get("TRACKSIDE_SILENT", "").lower() in ("1", "true", "yes", "on")


def say(text: str) -> None:
    if silent:
        return
    try:
        sys.stderr.write(f"trackside: {text}\n")
        sys.stderr.flush()
    except Exception:  # noqa: S110 - a closed stderr must not reach the training
        pass


def say_once(text: str, about: str | None = None) -> None:
    if (about or text) not in _said:
        _said.add(about or text)
        say(text)
