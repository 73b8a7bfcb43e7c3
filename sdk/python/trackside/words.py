"""What a program says of its run besides numbers: how it is called, and what its keys mean."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Union

from .definition import definition
from .errors import UsageError
from .settings import Settings
from .tags import Tags


class Words:
    """The part of a run that is told in words."""

    def __init__(self, settings: Settings) -> None:
        self._name, self._notes, self._tags = settings.name, settings.notes or None, Tags(settings.tags or ())

    def _tell(self, item: dict[str, Any]) -> None:
        """Journals one meta item; never raises."""
        raise NotImplementedError

    @property
    def name(self) -> Optional[str]:
        """What people call the run. None until it is given one here; the server then calls it `run-N`."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        if not isinstance(name, str) or not name:
            raise UsageError(f"name is {name!r}; it is a text")
        self._name = name
        self._tell({"k": "info", "name": name})

    @property
    def notes(self) -> Optional[str]:
        return self._notes

    @notes.setter
    def notes(self, notes: Optional[str]) -> None:
        self._notes = str(notes) if notes else None
        self._tell({"k": "info", "notes": self._notes or ""})

    @property
    def tags(self) -> Tags:
        """Each once, in order: `run.tags += ["baseline"]`."""
        return self._tags

    @tags.setter
    def tags(self, tags: Union[str, Iterable[str]]) -> None:
        self._tags = Tags(tags)
        self._tell({"k": "info", "tags": list(self._tags)})

    def define_metric(
        self,
        name: str,
        step_metric: Optional[str] = None,
        step_sync: Optional[bool] = None,
        hidden: Optional[bool] = None,
        summary: Optional[Union[str, Iterable[str]]] = None,
        goal: Optional[str] = None,
        overwrite: Optional[bool] = None,
    ) -> None:
        """Says how a key is read: `run.define_metric("val/*", step_metric="epoch", summary="max", goal="maximize")`.

        Said again, it adds to what was said under the same name. A key is defined by its own name, else by the longest
        pattern that matches; one that begins with `_` matches none.

        Args:
            name: a key, or a pattern in which `*` stands for any characters.
            step_metric: the key that charts show as x. A point stands at its last value, or, with `step_sync=False`, only
                where both were logged at the same step.
            hidden: no panel by itself.
            summary: of `min`, `max`, `mean`, `last`, `first`, `best`, joined by commas or in a list: what the run's summary
                shows of the key. `none` takes them back.
            goal: `minimize` or `maximize`: which value is the best one.
            overwrite: forget what was said before under this name.

        Raises:
            UsageError: an argument that cannot be meant.
        """
        self._tell(definition(name, step_metric, step_sync, hidden, summary, goal, overwrite))
