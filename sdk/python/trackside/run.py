"""A run: what `trackside.init()` gives back."""

from __future__ import annotations

import os
from os import getpid
from threading import RLock
from typing import Any, Mapping, Optional

from .errors import UsageError
from .flatten import flatten
from .folder import read_json
from .mapping import Config, Summary
from .numbers import Refusal, to_step
from .receipt import DONE, GONE, KEY, NO, receipt
from .say import say, say_once
from .settings import Settings
from .words import Words
from .writer import Launch, Writer

_EXACT = 2**53


class Run(Words):
    """One execution of training code. Use it as a context manager, or call `finish()`; otherwise it ends with the program."""

    def __init__(self, settings: Settings, launch: Optional[Launch], writer: Optional[Writer]) -> None:
        self.settings = settings
        self.id: str = settings.run_id or ""
        self.project: str = settings.project or ""
        self.group, self.job_type = settings.group, settings.job_type
        super().__init__(settings)
        self.labels = dict(settings.labels or {})
        self.config = Config(self._tell)
        self.summary = Summary(self._tell)
        self._launch, self._writer = launch, writer
        self._journal = writer.journal if writer else None
        self._step = 0
        self._open_row = False
        self._ended = writer is None and launch is not None
        self._receipt: Optional[dict[str, int]] = None
        self._renewing = RLock()

    # -- logging ---------------------------------------------------------------------------------------------------

    def log(self, data: Mapping[str, Any], step: Optional[int] = None, commit: Optional[bool] = None) -> None:
        """Keeps numbers under their keys: nested dicts become `a/b`, None is skipped.

        Without `step` the points get the current one, which then goes up by one unless `commit=False`. Any order of
        steps is kept. Returns at once and never raises: what cannot be logged is counted on the run's page. When it
        has returned, a kill of this process loses nothing.
        """
        try:
            journal = self._journal
            if journal is None or journal.pid != getpid():
                journal = self._renew()
                if journal is None:
                    return
            if step is None and commit is None and type(data) is dict:
                keys = tuple(data)
                if keys in journal.plans:
                    values = list(data.values())
                    for value in values:
                        kind = type(value)
                        if kind is not float and not (kind is int and -_EXACT <= value <= _EXACT):
                            break
                    else:
                        with journal.lock:
                            kept = journal.put_points(keys, values, self._step)
                            self._step += 1
                            self._open_row = False
                        keeper = self._writer.keeper  # type: ignore[union-attr]
                        if keeper.armed:
                            keeper.nudge()
                        if not kept:
                            self._full(keys)
                        return
            self._log(data, step, commit)
        except Exception as error:
            say_once(f"log() failed and went on: {type(error).__name__}: {error}", "log")

    def _log(self, data: Any, step: Any, commit: Optional[bool]) -> None:
        """Everything that is not a flat dict of plain numbers under keys seen before."""
        writer: Writer = self._writer  # type: ignore[assignment]
        journal = writer.journal
        if not isinstance(data, Mapping):
            writer.refuse("", f"log() takes a dict, not a {type(data).__name__}", None)
            return
        at: Optional[int] = None
        reason = None
        if step is not None:
            try:
                at = to_step(step)
            except Refusal as refusal:
                reason = str(refusal)
        refused: list[tuple[str, str]] = []
        numbers, rounded = flatten(data, lambda key, why: refused.append((key, why)))
        if reason is not None:
            refused.extend((key, reason) for key in numbers)
            numbers, rounded = {}, 0
        with journal.lock:
            at = self._row(at, commit, bool(data)) if reason is None else None
            keys = tuple(numbers)
            kept = journal.put_points(keys, list(numbers.values()), at) if keys and at is not None else True
            writer.rounded += rounded
        writer.keeper.nudge()
        if not kept:
            self._full(keys)
        for key, why in refused:
            writer.refuse(key, why, at)
        if rounded:
            say_once("a whole number beyond 2^53 was rounded to float64", "rounded")

    def _row(self, step: Optional[int], commit: Optional[bool], filled: bool) -> int:
        """The step of this call, and the current step after it. The caller holds the journal's lock."""
        at = self._step if step is None else step
        if at > self._step:
            self._step, self._open_row = at, False
        if at == self._step:
            self._open_row = self._open_row or filled
            if (step is None if commit is None else commit) and self._open_row:
                self._step, self._open_row = at + 1, False
        return at

    def _full(self, keys: tuple[str, ...]) -> None:
        for key in keys:
            self._writer.refuse(key, "the disk is full and so is the memory set aside", None)  # type: ignore[union-attr]

    def _renew(self) -> Any:
        """The journal of this process: a fork gets a writer of its own. None where nothing is to be logged."""
        if self._launch is None:
            return None
        with self._renewing:
            if self._ended:
                say_once("log() after finish() is not kept", "ended")
                return None
            if self._writer is None or self._writer.journal.pid != getpid():
                self._writer = Writer(self._launch)
                self._journal = self._writer.journal
                from .exits import in_child

                in_child(self)
            return self._journal

    def _tell(self, item: dict[str, Any]) -> None:
        try:
            if not self._ended and self._renew() is not None:
                self._writer.tell(item)  # type: ignore[union-attr]
        except Exception as error:
            say_once(f"{item.get('k')} was not kept: {type(error).__name__}: {error}", "tell")

    # -- where it is -----------------------------------------------------------------------------------------------

    @property
    def disabled(self) -> bool:
        return self._launch is None

    @property
    def offline(self) -> bool:
        return self._launch is not None and not self._launch.online

    @property
    def dir(self) -> Optional[str]:
        """The folder of this launch's journals."""
        return self._launch.path if self._launch else None

    @property
    def url(self) -> Optional[str]:
        """The run's page, without asking anybody.

        Known at once where the workspace is named, or where an earlier run with the same key in the same folder learned
        it; else from the server's first answer on (said on stderr then). None offline.
        """
        return self._writer.page.url if self._writer else None

    @property
    def stop_asked(self) -> bool:
        """Whether somebody asked the run to stop on its page, heard within about 10 s.

        The program is interrupted then, as by Ctrl-C, unless `settings={"stoppable": False}`: then only this tells.
        """
        return self._writer is not None and self._writer.stop_asked

    # -- the end ---------------------------------------------------------------------------------------------------

    def finish(self, exit_code: Optional[int] = None, timeout: Optional[float] = None) -> dict[str, int]:
        """Ends the run and answers its receipt: `{'logged', 'stored', 'refused', 'pending'}`.

        Waits while acks arrive, at most `timeout` seconds (30), and gives up after 5 s without one. What is pending
        stays in the journal, and the agent or `trackside sync` delivers it.
        """
        if self._receipt is not None:
            return dict(self._receipt)
        from . import current, environment, exits

        writer = self._writer
        if writer is None or self._launch is None or writer.journal.pid != os.getpid():
            self._ended = self._launch is not None
            current.forget(self)
            return receipt(0, 0, 0)
        environment.wait_captured(self)
        self._ended = True
        self._journal = None
        writer.finish(exit_code or 0)
        if not exit_code:
            from .start import ended

            ended(self)
        limit = self.settings.finish_timeout if timeout is None else timeout
        writer.wait_done(30.0 if limit is None else float(limit))
        writer.keeper.stop()
        writer.page.look()
        ack = writer.ack()
        refused = writer.refusals.count
        if ack.flags & DONE:
            self._receipt = receipt(writer.logged, ack.stored, max(ack.refused, refused))
        else:
            self._receipt = receipt(writer.logged, ack.upto + 1, refused)
        exits.forget(self)
        current.forget(self)
        if self._launch.online and not ack.flags & DONE:
            self._say_pending(ack.flags)
        return dict(self._receipt)

    def _say_pending(self, flags: int) -> None:
        words = read_json(self._writer.words_path) if self._writer else None  # type: ignore[union-attr]
        error = (words or {}).get("error") or {}
        why = error.get("message") or ("the run was deleted" if flags & GONE else "the server was not reached in time")
        pending = self._receipt["pending"] if self._receipt else 0
        if flags & KEY and not error:
            why = "the server does not take the key"
        say(f"{pending} points wait in {self._launch.path}: {why}. `trackside sync{' --id NEW' if flags & NO else ''}` delivers them.")  # type: ignore[union-attr]

    def check_condition(self, timeout: float) -> None:
        """For resume `never` and `must`: raises UsageError on a clear no; without an answer it goes on."""
        writer: Writer = self._writer  # type: ignore[assignment]
        from .receipt import wait_for

        answered = lambda ack: bool(ack.flags & NO) or ack.answered > 0  # noqa: E731
        ack = wait_for(writer.ack_path, answered, writer.keeper.nudge, timeout, timeout)
        if ack is None or not ack.flags & NO:
            return
        error = (read_json(writer.words_path) or {}).get("error") or {}
        self._ended, self._journal = True, None
        writer.keeper.stop()
        writer.journal.close()
        raise UsageError(error.get("message") or f"resume={self.settings.resume!r}: the server says no")

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: Any, error: Any, _trace: Any) -> None:
        from .exits import code_of

        self.finish(exit_code=0 if kind is None else code_of(error))

    def __repr__(self) -> str:
        where = "disabled" if self.disabled else "offline" if self.offline else self.url or self.settings.base_url
        return f"<trackside run {self.id} of {self.project!r}, {where}>"
