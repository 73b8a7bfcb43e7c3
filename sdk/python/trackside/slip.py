"""The agent's answer to one writer: `<writer>.ack` in numbers, `<writer>.json` in words."""

from __future__ import annotations

import os
from typing import Any, Optional

from .folder import read_json, replace_json
from .receipt import DONE, STOP, Ack, read_ack, write_ack
from .writer import now_ms


class Slip:
    """`trouble` says why the files cannot be written; the server's marks are what counts, so that stops nothing."""

    def __init__(self, folder: str, writer: str, run: str) -> None:
        self.run = run
        self.trouble: Optional[str] = None
        self._ack_path = os.path.join(folder, f"{writer}.ack")
        self._words_path = os.path.join(folder, f"{writer}.json")
        known = read_ack(self._ack_path)
        self.ack = Ack(known.upto, known.meta, known.stored, known.refused, known.flags & (DONE | STOP)) if known else Ack()
        self._words: Optional[dict[str, Any]] = None

    @property
    def workspace(self) -> Optional[str]:
        """Where the server has put the run, once it has answered."""
        return (self._words or read_json(self._words_path) or {}).get("workspace")

    def publish(self) -> None:
        """Writes the numbers; the writer that waits for them sees them at once."""
        self.ack.answered = now_ms()
        try:
            write_ack(self._ack_path, self.ack)
        except OSError as problem:
            self.trouble = f"{self._ack_path}: {problem}"

    def say(self, words: dict[str, Any], error: Optional[dict[str, Any]]) -> None:
        """Adds to the words what is known of the run, and what is wrong; writes them where they changed."""
        if self._words is None:
            self._words = read_json(self._words_path) or {}
        known = {**self._words, **words}
        said = {name: value for name, value in known.items() if value is not None and name != "error"}
        said["run"] = self.run  # with `sync --id` another one than before
        said["error"] = {"code": error.get("code"), "message": error.get("message")} if error else None
        if said != self._words:
            self._words = said
            try:
                replace_json(self._words_path, said)
            except OSError as problem:
                self.trouble = f"{self._words_path}: {problem}"
