"""Rings the agent's bell, and starts an agent where nobody hears it."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time

from .folder import agent_folder

STARTS_APART, WORKED = 5.0, 1.0


class Bell:
    """The FIFO of the folder's agent. `ring` never blocks and never raises."""

    def __init__(self, folder: str, start_agent: bool = True) -> None:
        self.folder = folder
        self.start_agent = start_agent
        self._path = os.path.join(agent_folder(folder), "bell")
        self._fd = -1
        self._started = -STARTS_APART
        self._heard_since: float | None = None

    def ring(self) -> None:
        now = time.monotonic()
        if self._tell():
            self._heard_since = self._heard_since or now
            return
        # One that did its work and is gone is replaced at once; one that never came, or left at once, is given time.
        worked = self._heard_since is not None and now - self._heard_since > WORKED
        if self.start_agent and (worked or now - self._started > STARTS_APART):
            self._started, self._heard_since = now, None
            with contextlib.suppress(OSError):
                start_agent(self.folder)

    def _tell(self) -> bool:
        try:
            if self._fd < 0:
                self._fd = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            _write_without_sigpipe(self._fd)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return True
            self.close()
            return False
        return True

    def close(self) -> None:
        if self._fd >= 0:
            with contextlib.suppress(OSError):
                os.close(self._fd)
            self._fd = -1


def _write_without_sigpipe(fd: int) -> None:
    """A program may have given SIGPIPE back its default: a bell whose agent has left must not end it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPIPE])
    try:
        os.write(fd, b"!")
    except BrokenPipeError:
        if hasattr(signal, "sigtimedwait"):
            signal.sigtimedwait([signal.SIGPIPE], 0)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_agent(folder: str) -> None:
    """Starts `python -m trackside.agent` for this folder; it detaches itself and leaves if there is one already."""
    if not sys.executable:
        raise OSError(errno.ENOENT, "this Python does not know its own program")
    desk = agent_folder(folder)
    os.makedirs(desk, mode=0o700, exist_ok=True)
    package_home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LD_PRELOAD", "PYTHONSTARTUP", "COV_"))}
    environment.update(
        PYTHONPATH=os.pathsep.join([package_home, *filter(None, [os.environ.get("PYTHONPATH")])]),
        CUDA_VISIBLE_DEVICES="",
        OMP_NUM_THREADS="1",
        MKL_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
    )
    for changes_python in ("PYTHONOPTIMIZE", "PYTHONINSPECT", "PYTHONPROFILEIMPORTTIME", "PYTHONWARNINGS", "PYTHONDEVMODE"):
        environment.pop(changes_python, None)
    path = os.path.join(desk, "log")
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with contextlib.suppress(OSError):
        if os.path.getsize(path) > 5 << 20:
            flags |= os.O_TRUNC
    log = os.open(path, flags, 0o600)
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "trackside.agent", folder],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            close_fds=True,
            start_new_session=True,
            cwd="/",
            env=environment,
        )
    finally:
        os.close(log)
    # It detaches itself and this one ends: somebody has to take note, or a zombie stays.
    threading.Thread(target=child.wait, name="trackside-start", daemon=True).start()
