"""A stop that somebody asked for on the run's page: the program is interrupted, as by Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading

from .say import say


def interrupt(run: str) -> None:
    """The main thread gets KeyboardInterrupt, or the program's own handler the signal; what ignores Ctrl-C ignores this."""
    say(f"run {run} was asked to stop on its page: this program is interrupted, as by Ctrl-C")
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, signal.SIGINT)
    else:
        os.kill(os.getpid(), signal.SIGINT)
