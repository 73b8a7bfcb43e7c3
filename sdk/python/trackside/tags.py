"""The tags of a run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Union


class Tags(tuple):  # type: ignore[type-arg]
    """Texts, each once and in order. A single text is one tag; adding a list, a tuple or a text gives new ones."""

    __slots__ = ()

    def __new__(cls, tags: Union[str, Iterable[Any]] = ()) -> Tags:
        return super().__new__(cls, dict.fromkeys(str(tag) for tag in ([tags] if isinstance(tags, str) else tags)))

    def __add__(self, more: Any) -> Tags:
        return Tags((*self, *Tags(more)))
