"""Times each call of one tracker's log(), in one process: `loop.py TRACKER FOLDER SPEC`; prints microseconds as JSON."""

import json
import os
import random
import struct
import sys
import threading
import time

tracker, folder, spec = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])


def trackside_log():
    import trackside

    run = trackside.init(project="bench", mode=spec["mode"])
    return run.log, run.finish


def wandb_log():
    import wandb

    run = wandb.init(project="bench", mode="offline", dir=folder, settings=wandb.Settings(console="off", silent=True))
    return run.log, run.finish


def trackio_log():
    os.environ["TRACKIO_DIR"] = folder
    import trackio

    trackio.init(project="bench", name="run", embed=False)
    return trackio.log, trackio.finish


def tensorboardx_log():
    from tensorboardX import SummaryWriter

    writer = SummaryWriter(folder)
    steps = iter(range(1 << 60))

    def log(values):
        step = next(steps)
        for key, value in values.items():
            writer.add_scalar(key, value, step)

    return log, writer.close


def floor_log():
    """What any tracker has to do at least: copy the numbers into a buffer."""
    buffer = bytearray(1 << 16)
    packers = {}

    def log(values):
        pack = packers.get(len(values))
        if pack is None:
            pack = packers[len(values)] = struct.Struct(f"<{len(values)}d").pack_into
        pack(buffer, 0, *values.values())

    return log, lambda: None


def spin(stop):
    total = 0
    while not stop:
        total += 1


def measure(log, keys, calls, seconds, rate, busy):
    """Times up to `calls` calls within `seconds`; `rate` a second, or one after the other."""
    rows = [{f"layer.{k // 10}/metric.{k % 10}": random.random() for k in range(keys)} for _ in range(64)]
    for row in rows:
        log(dict(row))
    stop = []
    threads = [threading.Thread(target=spin, args=(stop,), daemon=True) for _ in range(3 if busy else 0)]
    for thread in threads:
        thread.start()
    clock = time.perf_counter_ns
    took = []
    began = due = clock()
    end = began + int(seconds * 1e9)
    while len(took) < calls and clock() < end:
        row = dict(rows[len(took) & 63])
        if rate:
            due += 1_000_000_000 // rate
            time.sleep(max(0, due - clock()) / 1e9)
        before = clock()
        log(row)
        took.append(clock() - before)
    stop.append(True)
    for thread in threads:
        thread.join()
    took.sort()
    at = lambda share: took[min(len(took) - 1, int(share * len(took)))] / 1000  # noqa: E731
    return {"calls": len(took), "p50": at(0.5), "p99": at(0.99), "worst": took[-1] / 1000}


def main():
    log, finish = globals()[f"{tracker.lower()}_log"]()
    found = {}
    for name, part in spec["parts"].items():
        found[name] = measure(log, **part)
        time.sleep(0.1)
    finish()
    sys.stdout.flush()
    print("\n" + json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
