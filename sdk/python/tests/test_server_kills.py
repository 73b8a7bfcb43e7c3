"""Kills of the training, the agent, the server and the database, under load: nothing is lost, nothing doubled."""

from __future__ import annotations

import ast
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from conftest import until
from house import api_run, bits, house, needs_node, server
from server import Server

from trackside.process import is_alive

__all__ = ["house", "server"]  # fixtures
pytestmark = needs_node

TRAINING = """
import os, struct, mmap, sys, time, trackside
with open(os.environ["COUNTER"], "r+b") as handle:
    counter = mmap.mmap(handle.fileno(), 8)
run = trackside.init(project="kills", id=os.environ["RUN"])
i, start = 0, time.monotonic()
parent = os.getppid()  # a test that is killed takes it along
while os.getppid() == parent and not os.path.exists(os.environ["COUNTER"] + ".stop"):
    run.log({"loss": i / 7, "neg": -float(i)}, step=i)
    i += 1
    struct.pack_into("<q", counter, 0, i)
    if i % 50 == 0:
        time.sleep(0.02)
print(run.finish(timeout=60))
"""


class Training:
    """More than 1,000 points/s until `stop`; `returned` is raised only after log() has returned."""

    def __init__(self, folder: Path, run: str) -> None:
        self.counter = folder / run
        self.counter.write_bytes(bytes(8))
        self.run = run
        environment = {**os.environ, "COUNTER": str(self.counter), "RUN": run}
        self.process = subprocess.Popen([sys.executable, "-c", TRAINING], env=environment, stdout=subprocess.PIPE, text=True)

    @property
    def returned(self) -> int:
        return int.from_bytes(self.counter.read_bytes(), "little")

    def stop(self) -> str:
        Path(f"{self.counter}.stop").write_text("")
        out, _ = self.process.communicate(timeout=90)
        return out

    def check(self, server: Server) -> None:
        """Every point that log() returned for is on the server exactly once, bit for bit."""
        returned = self.returned
        found = api_run(server, "kills", self.run)
        until(lambda: len(found.series("loss")) >= returned, f"{returned} points", 60)
        for key, value in (("loss", lambda i: i / 7), ("neg", lambda i: -float(i))):
            series = found.series(key)
            assert series.steps == list(range(len(series.steps))) and returned <= len(series) <= returned + 1
            assert bits(series.values) == bits([value(i) for i in range(len(series))])


def agent_of(folder: Path) -> dict[str, Any] | None:
    for path in folder.glob("agent/*/agent.json"):
        agent = json.loads(path.read_text())
        if is_alive(agent["pid"], agent["start"]):
            return dict(agent)
    return None


def test_kill_nine_of_training_loses_and_doubles_nothing(server: Server, tmp_path: Path, kills: int) -> None:
    for kill in range(kills):
        training = Training(tmp_path, f"training-{kill}-{tmp_path.name}")
        until(lambda training=training: training.returned > 500, "it trains")
        time.sleep(random.uniform(0, 0.5))  # noqa: S311 - the moment of the kill
        training.process.send_signal(signal.SIGKILL)
        training.process.communicate()
        training.check(server)
        run = training.run
        until(lambda run=run: api_run(server, "kills", run).state == "crashed", "it is shown as crashed", 60)


def test_kill_nine_of_the_agent_loses_and_doubles_nothing(server: Server, tmp_path: Path, kills: int) -> None:
    training = Training(tmp_path, f"agent-{tmp_path.name}")
    for _ in range(kills):
        before = training.returned
        agent = until(lambda: agent_of(tmp_path / "dir"), "an agent is there", 30)
        until(lambda before=before: training.returned > before + 300, "it trains on")
        time.sleep(random.uniform(0, 0.5))  # noqa: S311 - the moment of the kill
        os.kill(agent["pid"], signal.SIGKILL)
    receipt = ast.literal_eval(training.stop())
    # Where no agent came back within 5 s, finish() leaves the rest to the next one.
    assert receipt["refused"] == 0 and receipt["logged"] == receipt["stored"] + receipt["pending"] == 2 * training.returned
    training.check(server)


def test_kill_nine_of_the_server_loses_and_doubles_nothing(server: Server, tmp_path: Path, kills: int) -> None:
    training = Training(tmp_path, f"server-{tmp_path.name}")
    for _ in range(kills):
        before = training.returned
        until(lambda before=before: training.returned > before + 1000, "it trains on")
        time.sleep(random.uniform(0, 0.5))  # noqa: S311 - the moment of the kill
        server.kill()
        server.start()
    out = training.stop()
    assert "'refused': 0" in out
    training.check(server)


def test_kill_nine_of_the_database_loses_and_doubles_nothing(server: Server, tmp_path: Path, kills: int) -> None:
    training = Training(tmp_path, f"database-{tmp_path.name}")
    for _ in range(kills):
        before = training.returned
        postmaster = until(lambda: server.postmaster(), "the database is there", 60)
        until(lambda before=before: training.returned > before + 1000, "it trains on")
        time.sleep(random.uniform(0, 0.5))  # noqa: S311 - the moment of the kill
        os.kill(postmaster, signal.SIGKILL)
        until(lambda killed=postmaster: server.postmaster() not in (None, killed), "the server starts it again", 60)
    training.stop()
    training.check(server)
