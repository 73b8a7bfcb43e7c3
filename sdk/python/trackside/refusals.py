"""Items that could not be logged: counted one by one, journaled once a second a (key, reason), said once."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

MOST_AT_ONCE = 1000
REST = "(further keys)"


class Refusals:
    """`take` gives the meta items that are due."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = Lock()
        self._due: dict[tuple[str, str], list[Any]] = {}
        self._written: dict[tuple[str, str], float] = {}

    def add(self, key: str, reason: str, step: int | None) -> bool:
        """Counts one; true where it is the first of all."""
        key = key.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()[:300]
        with self._lock:
            self.count += 1
            if (key, reason) not in self._due and len(self._due) >= MOST_AT_ONCE:
                key = REST
            entry = self._due.setdefault((key, reason), [0, step])
            entry[0] += 1
            entry[1] = step
            return self.count == 1

    def take(self, everything: bool = False) -> list[dict[str, Any]]:
        """Meta items for what was refused since and not written within the last second."""
        if not self._due:
            return []
        now = time.monotonic()
        items = []
        with self._lock:
            for pair in list(self._due):
                if not everything and now - self._written.get(pair, -2.0) < 1.0:
                    continue
                count, step = self._due.pop(pair)
                self._written[pair] = now
                items.append({"k": "refused", "key": pair[0], "reason": pair[1], "step": step, "count": count})
            if len(self._written) > 10 * MOST_AT_ONCE:
                self._written.clear()
        return items
