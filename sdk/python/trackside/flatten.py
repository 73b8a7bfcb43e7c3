"""From what `log()` was given to keys and numbers: nested dicts become `a/b`, None is skipped, the rest is judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable

from .numbers import Refusal, check_key, to_number

DEEPEST = 64


def flatten(data: Mapping[Any, Any], refuse: Callable[[Any, str], None]) -> tuple[dict[str, float], int]:
    """Numbers by key, and how many of them had to be rounded. Each item that is refused goes to `refuse(key, reason)`."""
    found: dict[str, float] = {}
    rounded = _walk(data, "", found, refuse, 0)
    return found, rounded


def _walk(data: Mapping[Any, Any], prefix: str, found: dict[str, float], refuse: Callable[[Any, str], None], depth: int) -> int:
    rounded = 0
    for key, value in data.items():
        if value is None:
            continue
        if not isinstance(key, str):
            refuse(f"{prefix}{_shown(key)}", "the key is not a string")
            continue
        name = prefix + key
        try:
            if isinstance(value, Mapping):
                if depth == DEEPEST:
                    raise Refusal(f"nested deeper than {DEEPEST}")
                rounded += _walk(value, name + "/", found, refuse, depth + 1)
                continue
            number, was_rounded = to_number(value)
            found[check_key(name)] = number
            rounded += was_rounded
        except Refusal as refusal:
            refuse(name, str(refusal))
        except Exception as error:
            refuse(name, f"a {type(value).__name__} that cannot be read: {type(error).__name__}")
    return rounded


def _shown(key: Any) -> str:
    try:
        return repr(key)[:100]
    except Exception:
        return f"<{type(key).__name__}>"
