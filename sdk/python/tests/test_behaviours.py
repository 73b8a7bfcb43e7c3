"""The list of behaviours that both SDKs share: sdk/behaviours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import PACKAGE, points_in, read_journal

import trackside
from trackside.tail import Meta

BEHAVIOURS = [item for path in sorted((PACKAGE.parent / "behaviours").glob("*.json")) for item in json.loads(path.read_text())]
UNTOLD = ("env", "finish", "refused")


def do(run: Any, act: str, *words: Any) -> None:
    if act == "set":
        setattr(run, words[0], words[1])
    elif act == "add":
        setattr(run, words[0], getattr(run, words[0]) + words[1])
    elif act == "config":
        run.config.update(words[0], **({"allow_val_change": True} if words[1:] == ("allow",) else {}))
    elif act == "config_item":
        run.config[words[0]] = words[1]
    elif act == "config_delete":
        del run.config[words[0]]
    elif act == "define":
        run.define_metric(words[0], **(words[1] if isinstance(words[-1], dict) else {}))
    elif act == "summary":
        run.summary.update(words[0])
    elif act == "log":
        run.log(words[0], step=words[1] if words[1:] else None)
    else:
        raise AssertionError(f"no such step: {act}")


def plain(value: Any) -> Any:
    return value.as_dict() if hasattr(value, "as_dict") else list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=[item["name"] for item in BEHAVIOURS])
def test_both_sdks(behaviour: dict[str, Any], tmp_path: Path) -> None:
    run = trackside.init(project="behaviours", mode="offline", settings={"silent": True}, **behaviour["init"])
    for step in behaviour["do"]:
        if step[-1] == "raises":
            with pytest.raises(trackside.UsageError):
                do(run, *step[:-1])
        else:
            do(run, *step)
    assert {name: plain(getattr(run, name)) for name in behaviour.get("run", {})} == behaviour.get("run", {})
    run.finish()
    items = read_journal(tmp_path / "dir")
    assert [item.item for item in items if isinstance(item, Meta) and item.item["k"] not in UNTOLD] == behaviour["told"]
    if "points" in behaviour:
        assert points_in(items) == [tuple(point) for point in behaviour["points"]]
