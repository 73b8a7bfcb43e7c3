"""What user code says of keys: `run.define_metric("val/*", step_metric="epoch", summary="max", goal="maximize")`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional, Union

from .errors import UsageError
from .numbers import Refusal, check_key

STATISTICS = ("min", "max", "mean", "last", "first", "best", "none")
GOALS = ("minimize", "maximize")


def definition(
    name: Any,
    step_metric: Any = None,
    step_sync: Optional[bool] = None,
    hidden: Optional[bool] = None,
    summary: Optional[Union[str, Iterable[str]]] = None,
    goal: Optional[str] = None,
    overwrite: Optional[bool] = None,
) -> dict[str, Any]:
    """The meta item. Raises UsageError for what cannot be meant."""
    item: dict[str, Any] = {"k": "define", "name": _key("name", name)}
    if step_metric is not None:
        item["step_metric"] = _key("step_metric", step_metric)
    if summary is not None:
        item["summary"] = _statistics(summary)
    if goal is not None:
        if goal not in GOALS:
            raise UsageError(f"goal is {goal!r}; it is one of {', '.join(GOALS)}, or None")
        item["goal"] = goal
    for word, flag in (("step_sync", step_sync), ("hidden", hidden), ("overwrite", overwrite)):
        if flag is not None:
            item[word] = bool(flag)
    return item


def _key(word: str, key: Any) -> str:
    try:
        return check_key(key)
    except Refusal as refusal:
        raise UsageError(f"{word} is {key!r}: {refusal}") from None


def _statistics(summary: Any) -> list[str]:
    """Each once, in order; none for `none`."""
    wanted = summary.split(",") if isinstance(summary, str) else list(summary) if isinstance(summary, Iterable) else [summary]
    names = [name.strip() if isinstance(name, str) else name for name in wanted]
    for name in names:
        if name not in STATISTICS:
            raise UsageError(f"summary is {summary!r}; it is of {', '.join(STATISTICS)}, several joined by commas")
    return [name for name in dict.fromkeys(names) if name != "none"]
