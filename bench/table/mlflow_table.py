"""`mlflow_table.py FOLDER RUNS KEYS PAGE`: search_runs over HTTP, in milliseconds: the newest page, and a filtered, sorted one.

The rows go straight into its SQLite file, as ours go into PostgreSQL: what is measured is the reading.
"""

import json
import random
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "peers"))
from mlflow_server import mlflow_server  # noqa: E402

folder, runs, keys, page = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])


def seed(experiment):
    sql = sqlite3.connect(f"{folder}/mlflow.db")
    ids = [f"{i:032x}" for i in range(runs)]
    sql.executemany(
        "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id)"
        " VALUES (?, ?, 'LOCAL', 'bench', 'FINISHED', ?, ?, 'active', '', ?)",
        ((run, f"run {i}", 1_760_000_000_000 + i, 1_760_000_000_000 + i, experiment) for i, run in enumerate(ids)),
    )
    sql.executemany(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, 1760000000000, 99, 0, ?)",
        ((f"key-{k}", random.random(), run) for run in ids for k in range(keys)),
    )
    sql.executemany(
        "INSERT INTO params (key, value, run_uuid) VALUES ('depth', ?, ?)", ((str(i % 50), run) for i, run in enumerate(ids))
    )
    sql.commit()
    sql.execute("ANALYZE")
    sql.close()


def timed(ask):
    waits = []
    deadline = time.monotonic() + 5
    ask()
    while len(waits) < 20 and time.monotonic() < deadline:
        began = time.perf_counter()
        assert len(ask()) == page
        waits.append(1000 * (time.perf_counter() - began))
    return waits


with mlflow_server(folder) as url:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(url)
    experiment = client.create_experiment("bench")
    seed(int(experiment))
    newest = timed(lambda: client.search_runs([experiment], max_results=page))
    hard = timed(lambda: client.search_runs([experiment], "params.depth = '7'", order_by=["metrics.`key-0` ASC"], max_results=page))
    print("\n" + json.dumps({"first": newest, "deep": hard}), flush=True)
