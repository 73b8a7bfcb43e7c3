"""However the program ends, the runs it left open are finished, in at most 5 seconds, and its exit code stays as it is."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .run import Run

LIMIT = 5.0
_open: list[Run] = []
_installed = False
_exit_code: int | None = None
_interrupted = False


def remember(run: Run) -> None:
    """The hooks come with the first run, never with the import."""
    global _installed
    _open.append(run)
    if _installed:
        return
    _installed = True
    atexit.register(_at_exit)
    _hook_excepthook()
    _hook_exit()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)
    if threading.current_thread() is threading.main_thread():
        with contextlib.suppress(ValueError, OSError):
            if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:  # a user's own handler stays alone
                signal.signal(signal.SIGTERM, _on_sigterm)


def forget(run: Run) -> None:
    with contextlib.suppress(ValueError):
        _open.remove(run)


def in_child(run: Run) -> None:
    """A forked process that logs finishes its own writer. multiprocessing leaves with os._exit, past atexit."""
    if run not in _open:
        _open.append(run)
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        util.Finalize(None, _at_exit, exitpriority=100)


def code_of(error: Any) -> int:
    """The exit code that an exception gives a program."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0 if error.code is None else 1
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def _after_fork() -> None:
    """The child has no writer until it logs; the parent's runs are the parent's to finish."""
    for run in _open:
        run._writer = run._journal = None
        run._renewing = threading.RLock()
    _open.clear()


def _at_exit() -> None:
    end = time.monotonic() + LIMIT
    for run in list(_open):
        with contextlib.suppress(Exception):
            run.finish(exit_code=_exit_code, timeout=max(0.0, end - time.monotonic()))
    if _interrupted:
        # CPython forgets that an interrupt ended the program when a string is executed after it, as any import of a
        # dataclass does; without this mark the program would end with 1 instead of by SIGINT.
        with contextlib.suppress(KeyboardInterrupt):
            exec("raise KeyboardInterrupt")


def _hook_excepthook() -> None:
    before = sys.excepthook

    def hook(kind: Any, error: Any, trace: Any) -> None:
        global _exit_code, _interrupted
        _exit_code, _interrupted = code_of(error), isinstance(error, KeyboardInterrupt)
        before(kind, error, trace)

    sys.excepthook = hook


def _hook_exit() -> None:
    before = sys.exit

    def leave(code: Any = None) -> None:
        global _exit_code
        if threading.current_thread() is threading.main_thread():
            _exit_code = code_of(SystemExit(code))
        before(code)

    leave.__doc__ = before.__doc__
    sys.exit = leave  # type: ignore[assignment]


def _on_sigterm(number: int, _frame: Any) -> None:
    """Stands in for the default: says what happened, waits for the acks, and then lets the signal do its work."""
    end = time.monotonic() + LIMIT
    for run in list(_open):
        with contextlib.suppress(Exception):
            _part(run, number, end)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _part(run: Run, number: int, end: float) -> None:
    """No lock may be waited for here: the interrupted code may hold it. The agent writes what this cannot."""
    writer = run._writer
    if writer is None or writer.journal.pid != os.getpid():
        return
    from .records import to_json
    from .writer import now_ms

    item = {"k": "died", "writer": writer.id, "reason": f"signal:{number}", "time": now_ms()}
    if not writer.journal.busy and writer.journal.lock.acquire(blocking=False):
        try:
            writer.journal.put_meta(to_json(item))
        finally:
            writer.journal.lock.release()
    writer.keeper.nudge()
    if writer.journal.seq:
        writer.wait_upto(writer.journal.seq - 1, max(0.0, end - time.monotonic()))
