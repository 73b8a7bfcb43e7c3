"""The same mix of points through a peer: `peer.py PEER FOLDER SPEC`; prints points, seconds and bytes on disk as JSON."""

import json
import math
import os
import random
import struct
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "peers"))
from mlflow_server import mlflow_server  # noqa: E402

peer, folder, spec = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
KEYS = [f"layer.{key // 10}/metric.{key % 10}" for key in range(spec["keys"])]
bfloat16 = lambda value: struct.unpack("<f", struct.pack("<I", struct.unpack("<I", struct.pack("<f", value))[0] & 0xFFFF0000))[0]  # noqa: E731
float32 = lambda value: struct.unpack("<f", struct.pack("<f", value))[0]  # noqa: E731


def value_of(key, step):
    """As bench/ingest/mix.ts: of ten keys seven noisy float32, a bfloat16, a decimal or learning rate, a telemetry."""
    kind = key % 10
    noisy = 3 * math.exp(-step / 2000) + 0.1 * (random.random() + random.random() - 1)
    if kind < 7:
        return float32(noisy)
    if kind == 7:
        return bfloat16(noisy)
    if kind == 8:
        return round(1 - noisy / 10, 4) if key % 20 == 8 else 5e-4 * (1 + math.cos(math.pi * step / 10_000))
    return float(random.randrange(40, 90))


def rows_of(steps):
    random.seed(1)
    return [{name: value_of(key, step) for key, name in enumerate(KEYS)} for step in range(steps)]


def until_late(rows, write):
    """Writes row after row while there is time; answers how many and the seconds."""
    began = time.perf_counter()
    done = 0
    for step, row in enumerate(rows):
        write(step, row)
        done += 1
        if time.perf_counter() - began > spec["seconds"]:
            break
    return done, time.perf_counter() - began


def mlflow_points(rows):
    """A real server on SQLite, two clients, `log_batch` of 1,000 metrics over HTTP."""
    from mlflow.entities import Metric
    from mlflow.tracking import MlflowClient

    with mlflow_server(folder) as url:
        client = MlflowClient(url)
        experiment = client.create_experiment("bench")
        client.log_metric(client.create_run(experiment).info.run_id, "first", 0.0)
        written, lock = [], threading.Lock()

        def train(share):
            run = client.create_run(experiment).info.run_id
            batch, began = [], time.perf_counter()
            for step, row in share:
                batch += [Metric(key, value, 1_760_000_000_000 + 100 * step, step) for key, value in row.items()]
                if len(batch) >= 1000:
                    client.log_batch(run, metrics=batch[:1000])
                    with lock:
                        written.append(1000)
                    batch = batch[1000:]
                    if time.perf_counter() - began > spec["seconds"]:
                        return

        numbered = list(enumerate(rows))
        threads = [threading.Thread(target=train, args=(numbered,)) for _ in range(2)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(written), time.perf_counter() - began


def trackio_points(rows):
    """Its store in this process, a hundred rows a call: no network, no queue."""
    os.environ["TRACKIO_DIR"] = folder
    from trackio.sqlite_storage import SQLiteStorage

    hundreds = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    stamp = "2026-01-01T00:00:00.000000+00:00"

    def write(at, part):
        SQLiteStorage.bulk_log("bench", "run", part, steps=list(range(100 * at, 100 * at + len(part))), timestamps=[stamp] * len(part))

    done, seconds = until_late(hundreds, write)
    return sum(len(part) for part in hundreds[:done]) * len(KEYS), seconds


def wandb_points(rows):
    import wandb

    began = time.perf_counter()
    run = wandb.init(project="bench", mode="offline", dir=folder, settings=wandb.Settings(console="off", silent=True))
    done, _ = until_late(rows, lambda step, row: run.log(row, step=step))
    run.finish()
    return done * len(KEYS), time.perf_counter() - began


def tensorboardx_points(rows):
    from tensorboardX import SummaryWriter

    writer = SummaryWriter(folder)
    began = time.perf_counter()
    done, _ = until_late(rows, lambda step, row: [writer.add_scalar(key, value, step) for key, value in row.items()])
    writer.close()
    return done * len(KEYS), time.perf_counter() - began


def aim_points(rows):
    from aim import Run

    began = time.perf_counter()
    run = Run(repo=folder, system_tracking_interval=None, log_system_params=False, capture_terminal_logs=False)
    done, _ = until_late(rows, lambda step, row: [run.track(value, name=key, step=step) for key, value in row.items()])
    run.close()
    return done * len(KEYS), time.perf_counter() - began


def on_disk():
    return sum(os.path.getsize(os.path.join(base, name)) for base, _, names in os.walk(folder) for name in names)


if __name__ == "__main__":
    points, seconds = globals()[f"{peer.lower()}_points"](rows_of(spec["steps"]))
    print("\n" + json.dumps({"points": points, "seconds": seconds, "bytes": on_disk()}), flush=True)
