"""A real MLflow server on SQLite, on loopback, for as long as the block runs."""

import contextlib
import os
import socket
import subprocess
import sys
import time


@contextlib.contextmanager
def mlflow_server(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--default-artifact-root", f"{folder}/artifacts"]
    words += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    quiet = {**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-m", "mlflow", "server", *words]
    server = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, cwd=folder, env=quiet)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if server.poll() is not None:
                raise RuntimeError(f"the MLflow server ended with {server.returncode}")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
