"""Values of config and summary as JSON that every reader understands alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

DEEPEST = 32
LONGEST_TEXT = 10_000


def to_plain(value: Any, depth: int = 0) -> Any:
    """JSON of `value`: scalars of arrays become numbers, non-finite ones the strings of the protocol, the rest text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, int):
        return int(value) if -(2**53) <= value <= 2**53 else str(int(value))
    if isinstance(value, float):
        return _finite(float(value))
    if depth >= DEEPEST:
        return _text(repr(value))
    if isinstance(value, Mapping):
        return {_text(str(key)): to_plain(item, depth + 1) for key, item in list(value.items())}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_plain(item, depth + 1) for item in value]
    return _other(value, depth)


def _other(value: Any, depth: int) -> Any:
    try:
        if hasattr(value, "tolist") and hasattr(value, "shape"):
            size = getattr(value, "size", None)
            size = size() if callable(size) and not isinstance(size, int) else size
            if value.shape == () or (isinstance(size, int) and size <= 1000):
                return to_plain(value.tolist(), depth + 1)
        if type(value).__name__ in ("Namespace", "SimpleNamespace") or hasattr(value, "__dataclass_fields__"):
            return to_plain(dict(vars(value)), depth + 1)
        if type(value).__module__ in ("decimal", "fractions"):
            return _finite(float(value))
        return _text(str(value))
    except Exception as error:
        return f"<{type(value).__name__}: {type(error).__name__}>"


def _finite(number: float) -> Any:
    if math.isfinite(number):
        return number
    return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"


def _text(text: str) -> str:
    """PostgreSQL's text holds neither NUL nor half a surrogate pair."""
    if "\0" in text or not text.isascii():
        text = text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
