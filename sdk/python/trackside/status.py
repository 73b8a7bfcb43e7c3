"""`trackside status`: what the agent does, and which runs wait for what."""

from __future__ import annotations

import os
from typing import Any

from .folder import agent_folder, read_json
from .process import is_alive
from .receipt import DONE, GONE, INVALID, KEY, NO, STOP, read_ack
from .shelf import launches, writers
from .sync import count
from .tail import journal_header

_WORDS = {
    DONE: "delivered",
    GONE: "the run was deleted",
    STOP: "asked to stop",
    KEY: "waits for a key",
    NO: "kept here",
    INVALID: "partly unreadable",
}


def status(folder: str, everything: bool = False) -> dict[str, Any]:
    """The agent of this machine and folder, and its journals that are not delivered (or all)."""
    agent = read_json(os.path.join(agent_folder(folder), "agent.json"))
    alive = isinstance(agent, dict) and is_alive(int(agent.get("pid", 0)), agent.get("start"))
    found = []
    for launch in launches(os.path.join(folder, "runs")):
        for writer in writers(launch):
            header = journal_header(launch, writer)
            ack = read_ack(os.path.join(launch, f"{writer}.ack"))
            flags = ack.flags if ack else 0
            if header is None or header.get("kind") != "user" or (flags & DONE and not everything):
                continue
            points, refused, _ = count(launch, writer)
            words = read_json(os.path.join(launch, f"{writer}.json")) or {}
            found.append(
                {
                    "run": header.get("run"),
                    "project": header.get("project"),
                    "writer": writer,
                    "dir": launch,
                    "mode": header.get("mode"),
                    "points": points,
                    "delivered": (ack.upto + 1) if ack else 0,
                    "refused": refused,
                    "state": [word for flag, word in _WORDS.items() if flags & flag],
                    "error": words.get("error"),
                    "url": words.get("url"),
                }
            )
    return {"folder": folder, "agent": agent if alive else None, "writers": found}


def describe(found: dict[str, Any]) -> str:
    agent = found["agent"]
    lines = [f"{found['folder']}: " + (f"agent {agent['pid']} is at work" if agent else "no agent is at work")]
    for writer in found["writers"]:
        state = ", ".join(writer["state"]) or ("offline" if writer["mode"] == "offline" else "under way")
        error = f" ({writer['error']['message']})" if writer["error"] else ""
        lines.append(
            f"{writer['project']} / {writer['run']}: {writer['delivered']} of {writer['points']} points delivered, {state}{error}"
        )
        lines.append(f"  {writer['dir']}")
        if _WORDS[NO] in writer["state"]:
            lines.append(f"  `trackside sync --id NEW {writer['dir']}` delivers it as a run of another id")
    if not found["writers"]:
        lines.append("Everything is delivered.")
    return "\n".join(lines)
