"""The state of the checkout that a run was started from."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from .redact import redact_text

LONGEST_DIFF = 200_000


def git_state(cwd: str) -> dict[str, Any] | None:
    """Remote, branch, commit, and what is not committed (at most 200,000 characters); None outside of a checkout."""
    commit = _git(cwd, "rev-parse", "HEAD")
    if commit is None:
        return None
    state: dict[str, Any] = {"commit": commit.strip()}
    remote = _git(cwd, "config", "--get", "remote.origin.url")
    if remote:
        state["remote"] = redact_text(remote.strip())
    branch = _git(cwd, "rev-parse", "--abbrev-ref", "HEAD")
    if branch and branch.strip() != "HEAD":
        state["branch"] = branch.strip()
    status = _git(cwd, "status", "--porcelain", "--untracked-files=no") or ""
    state["dirty"] = bool(status.strip())
    if state["dirty"]:
        diff = redact_text(_git(cwd, "diff", "--no-ext-diff", "--no-color", "HEAD") or "")
        state["diff"] = diff[:LONGEST_DIFF]
        state["diff_cut"] = len(diff) > LONGEST_DIFF
    return state


def _git(cwd: str, *arguments: str) -> str | None:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
