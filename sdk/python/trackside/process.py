"""Which process this is, and whether another one still lives. A pid alone is not enough: it is given away again."""

from __future__ import annotations

import os
import sys


def process_start(pid: int) -> int | None:
    """Clock ticks since boot at which the process began; None where the system does not tell or there is none."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as handle:
            return int(handle.read().rpartition(b")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None


def is_alive(pid: int, start: int | None) -> bool:
    """Whether the process `pid` that began at `start` still runs. A zombie does not."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as handle:
            after_name = handle.read().rpartition(b")")[2].split()
        return after_name[0] not in (b"Z", b"X") and (start is None or int(after_name[19]) == start)
    except (OSError, ValueError, IndexError):
        if sys.platform.startswith("linux") and os.path.exists("/proc/self/stat"):
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
