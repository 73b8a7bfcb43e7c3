"""What the run ran in: git, argv, packages, system, processors, scheduler. Collected by a thread, journaled as `env`."""

from __future__ import annotations

import os
import platform
import socket
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .redact import redact_arguments, redact_variables

if TYPE_CHECKING:
    from .run import Run

SCHEDULER = (
    "SLURM_", "PBS_", "LSB_", "SGE_", "JOB_ID", "RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "GROUP_RANK", "NODE_RANK",
    "MASTER_ADDR", "MASTER_PORT", "OMPI_COMM_WORLD_", "PMI_", "RAY_", "KUBERNETES_SERVICE_HOST", "HOSTNAME", "CUDA_VISIBLE_DEVICES",
    "TORCHELASTIC_", "SM_", "COLAB_", "AWS_BATCH_",
)  # fmt: skip

_threads: dict[int, threading.Thread] = {}


def capture_later(run: Run) -> None:
    """Starts the thread; the run gets its `env` item when it is done."""
    argv, cwd = list(getattr(sys, "orig_argv", sys.argv)), os.getcwd()
    thread = threading.Thread(
        target=lambda: run._tell({"k": "env", **capture(argv, cwd)}), name="trackside-environment", daemon=True
    )
    _threads[id(run)] = thread
    thread.start()


def wait_captured(run: Run) -> None:
    """A program that is over at once still tells where it ran: waits at most 2 s."""
    thread = _threads.pop(id(run), None)
    if thread is not None and thread is not threading.current_thread():
        thread.join(timeout=2.0)


def capture(argv: list[str], cwd: str) -> dict[str, Any]:
    """The record. A part that cannot be had is left out; nothing raises."""
    from .git import git_state
    from .hardware import cpu_model, gpus, memory_bytes

    parts: dict[str, Callable[[], Any]] = {
        "argv": lambda: redact_arguments(argv),
        "program": lambda: os.path.basename(sys.argv[0]) if sys.argv else None,
        "cwd": lambda: cwd,
        "host": socket.gethostname,
        "user": _user,
        "python": lambda: {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "executable": sys.executable,
        },
        "os": _system,
        "cpu": lambda: {"count": os.cpu_count(), "usable": _usable_cpus(), "model": cpu_model()},
        "memory": memory_bytes,
        "gpu": gpus,
        "container": _container,
        "scheduler": lambda: redact_variables({k: v for k, v in os.environ.items() if k.startswith(SCHEDULER)}),
        "git": lambda: git_state(cwd),
        "packages": _packages,
    }
    record: dict[str, Any] = {}
    for name, find in parts.items():
        try:
            value = find()
        except Exception:  # noqa: S112 - a part that cannot be had is left out
            continue
        if value not in (None, {}, []):
            record[name] = value
    from .plain import to_plain

    return dict(to_plain(record))


def _user() -> str | None:
    import getpass

    return getpass.getuser()


def _system() -> dict[str, Any]:
    found = {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
    if hasattr(platform, "freedesktop_os_release"):
        found["distribution"] = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    return found


def _usable_cpus() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def _container() -> str | None:
    if os.path.exists("/.dockerenv"):
        return "docker"
    if os.path.exists("/run/.containerenv"):
        return "podman"
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return "kubernetes"
    return "apptainer" if "APPTAINER_CONTAINER" in os.environ or "SINGULARITY_CONTAINER" in os.environ else None


def _packages() -> dict[str, str]:
    from importlib.metadata import distributions

    found: dict[str, str] = {}
    for distribution in distributions():
        name = distribution.metadata["Name"]
        if name:
            found[str(name)] = distribution.version
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))
