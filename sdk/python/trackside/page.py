"""The run's page: its address as soon as it can be known, and the one line that says it."""

from __future__ import annotations

import contextlib
import os
from typing import Any, Optional
from urllib.parse import quote

from .folder import read_json, replace_json
from .say import say_once


class Page:
    """Knows the workspace from the run's settings, from an earlier run with the same key, or from the server's first answer.

    `header`: the members of the journal's header that name the run.
    """

    def __init__(self, folder: str, header: dict[str, Any], words_path: str) -> None:
        self._header, self._words_path = header, words_path
        self._memory = os.path.join(folder, "workspaces.json")
        self._told = header.get("mode") != "online"

    @property
    def url(self) -> Optional[str]:
        """None offline, and while nobody has said yet which workspace the key belongs to."""
        if self._header.get("mode") != "online":
            return None
        words = read_json(self._words_path)
        if isinstance(words, dict) and words.get("url"):
            return str(words["url"])
        workspace = self._header.get("workspace") or self._remembered().get(self._key)
        if not workspace:
            return None
        project, run = (quote(str(self._header[name]), safe="") for name in ("project", "run"))
        return f"{self._header['base_url']}/{quote(str(workspace), safe='')}/{project}/runs/{run}"

    def look(self) -> None:
        """Once the server has answered: remembers the workspace for runs to come, and says the address unless it was said."""
        words = None if self._told else read_json(self._words_path)
        if not isinstance(words, dict) or not words.get("url"):
            return
        self._told = True
        self._remember(words.get("workspace"))
        self.say(str(words.get("name") or self._header["run"]))

    def say(self, name: str) -> bool:
        """One line with the address, once a run; false while there is none."""
        url = self.url
        if url is not None:
            say_once(f"run {name}: {url}", f"page {self._header['run']}")
        return url is not None

    @property
    def _key(self) -> str:
        return f"{self._header['base_url']} {self._header.get('key_hint')}"

    def _remembered(self) -> dict[str, Any]:
        known = read_json(self._memory) if self._header.get("key_hint") else None
        return known if isinstance(known, dict) else {}

    def _remember(self, workspace: Any) -> None:
        if self._header.get("workspace") or not self._header.get("key_hint") or not workspace:
            return
        known = self._remembered()
        if known.get(self._key) != workspace:
            with contextlib.suppress(OSError):
                replace_json(self._memory, {**known, self._key: workspace}, mode=0o600)
