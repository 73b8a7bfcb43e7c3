"""A real server for tests: its own database, its own port, started and killed by the test."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from conftest import ROOT

NODE = ROOT / "node_modules" / ".bin" / "node"


class Server:
    """`kill` leaves the data; `start` begins again on the same port with the same key."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="trackside-tests-"))
        self.told: dict[str, Any] = {}
        self.process: subprocess.Popen[str] | None = None
        self._port = "0"
        self.key = "tsk-" + os.urandom(24).hex()
        self.start()

    def start(self) -> None:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("TRACKSIDE_", "WANDB_", "NODE_OPTIONS"))
        }
        environment.update(TRACKSIDE_DATA_DIR=str(self.folder / "data"), PORT=self._port, TRACKSIDE_INIT_API_KEY=self.key)
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [str(NODE), "server/testing/serve.ts"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = self.process.stdout.readline()  # type: ignore[union-attr]
        assert line, f"the server did not start:\n{self.log()}"
        self.told = json.loads(line)
        self._port = self.url.rsplit(":", 1)[1]

    @property
    def url(self) -> str:
        return str(self.told["url"])

    @property
    def workspace(self) -> str:
        return str(self.told["workspace"])

    def log(self) -> str:
        return (self.folder / "log").read_text()[-4000:]

    def environment(self) -> dict[str, str]:
        return {"TRACKSIDE_BASE_URL": self.url, "TRACKSIDE_API_KEY": self.key, "TRACKSIDE_WORKSPACE": self.workspace}

    def postmaster(self) -> int | None:
        """The process id of its PostgreSQL, once that takes connections."""
        try:
            lines = (self.folder / "data" / "postgres" / "postmaster.pid").read_text().splitlines()
            if len(lines) > 7 and lines[7].strip() == "ready" and Path(f"/proc/{lines[0]}/comm").read_text() == "postgres\n":
                return int(lines[0])
        except OSError:
            pass
        return None

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.stdin.close()  # type: ignore[union-attr]
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
