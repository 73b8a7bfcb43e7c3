"""`run.config` and `run.summary`: dictionaries that tell their changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Callable, Optional

from .errors import UsageError
from .plain import to_plain

Tell = Callable[[dict[str, Any]], None]


class Told(MutableMapping):  # type: ignore[type-arg]
    """Keeps what it is given and tells each change as a meta item. Items are attributes, too."""

    _kind = ""

    def __init__(self, tell: Tell, first: Optional[Mapping[str, Any]] = None) -> None:
        object.__setattr__(self, "_tell", tell)
        object.__setattr__(self, "_items", dict(first or {}))

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.update({key: value})

    def __delitem__(self, key: str) -> None:
        del self._items[key]
        self._forgotten(str(key))

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._items[name]
        except KeyError:
            raise AttributeError(f"{self._kind} has no {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __repr__(self) -> str:
        return repr(self._items)

    def as_dict(self) -> dict[str, Any]:
        return dict(self._items)

    def update(self, *others: Any, **named: Any) -> None:
        """Takes dicts, an argparse.Namespace or names; nested dicts are merged by path."""
        changes: dict[str, Any] = {}
        for other in others:
            changes.update(other if isinstance(other, Mapping) else vars(other) if hasattr(other, "__dict__") else dict(other))
        allowed = named.pop("allow_val_change", None)
        changes.update(named)
        if not changes:
            return
        if not allowed:
            self._check(changes)
        _merge(self._items, changes)
        self._tell({"k": self._kind, "set": to_plain(changes)})

    def _check(self, changes: Mapping[str, Any]) -> None:
        """Raises UsageError for a change that has to be allowed."""

    def _forgotten(self, key: str) -> None:
        """A summary's key cannot be taken back: it is set to nothing."""
        self._tell({"k": self._kind, "set": {key: None}})


class Config(Told):
    """What the run was started with: `run.config.update({...})`, `run.config["lr"]`, `run.config.lr`.

    A value that is there stays: another one raises UsageError, unless `update(..., allow_val_change=True)` says that it may
    change.
    """

    _kind = "config"

    def setdefaults(self, values: Mapping[str, Any]) -> None:
        """Takes only what is not there yet."""
        self.update({key: value for key, value in values.items() if key not in self})

    def _check(self, changes: Mapping[str, Any]) -> None:
        for path, before, after in _changed(self._items, changes, ""):
            raise UsageError(
                f"config {path!r} is {before!r} and would become {after!r}: update(..., allow_val_change=True) allows it"
            )

    def _forgotten(self, key: str) -> None:
        self._tell({"k": "config", "unset": [key]})


class Summary(Told):
    """Single results of the run: `run.summary["best"] = 1`."""

    _kind = "summary"


def _changed(items: Mapping[str, Any], changes: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any, Any]]:
    """Path, value and new value of what is there and would be another."""
    for key, after in changes.items():
        if key not in items:
            continue
        before = items[key]
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _changed(before, after, f"{above}{key}/")
        elif to_plain(before) != to_plain(after):
            yield f"{above}{key}", before, after


def _merge(into: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            into[key] = dict(into[key])
            _merge(into[key], value)
        else:
            into[key] = value
