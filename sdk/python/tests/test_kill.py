"""kill -9 at a random moment: every point that log() returned for is in the journal, bit for bit."""

from __future__ import annotations

import mmap
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from struct import unpack_from

import pytest
from conftest import points_in, read_journal, until

# The counter is raised after log() has returned, in memory that survives the process: the oracle.
TRAINING = """
import mmap, os, struct, trackside
with open(os.environ["COUNTER"], "r+b") as handle:
    counter = mmap.mmap(handle.fileno(), 8)
run = trackside.init(project="p", mode="offline", settings={"silent": True})
pack, log = struct.Struct("<q").pack_into, run.log
i = 0
while True:
    log({"loss": i / 7, f"k{i % 11}": -float(i)}, step=i)
    i += 1
    pack(counter, 0, i)
"""


@pytest.mark.parametrize("way", ["map", "write"])
def test_kill_nine_loses_no_point_that_was_returned(tmp_path: Path, kills: int, way: str) -> None:
    for kill in range(kills):
        folder, counter = tmp_path / f"{kill}", tmp_path / f"counter-{kill}"
        counter.write_bytes(bytes(8))
        environment = {**os.environ, "TRACKSIDE_DIR": str(folder), "COUNTER": str(counter), "TRACKSIDE_JOURNAL": way}
        training = subprocess.Popen([sys.executable, "-c", TRAINING], env=environment)
        until(lambda counter=counter: returned(counter) > 0, "the training logs")
        time.sleep(random.uniform(0.0, 0.4))  # noqa: S311 - the moment of the kill, not a wait for something
        training.send_signal(signal.SIGKILL)
        training.wait()
        count = returned(counter)
        points = points_in(read_journal(folder))
        assert len(points) in (2 * count, 2 * count + 2)
        expected = [point for i in range(len(points) // 2) for point in (("loss", i, i / 7), (f"k{i % 11}", i, -float(i)))]
        assert points == expected


def returned(counter: Path) -> int:
    with counter.open("rb") as handle, mmap.mmap(handle.fileno(), 8, access=mmap.ACCESS_READ) as memory:
        return int(unpack_from("<q", memory)[0])
