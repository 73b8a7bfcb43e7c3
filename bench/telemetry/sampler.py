"""CPU of telemetry: `sampler.py trackside FOLDER SECONDS` samples at 1 Hz; `wandb` runs its own monitor at 1 Hz. Prints JSON."""

import json
import os
import sys
import time

tracker, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])


def trackside():
    from trackside.telemetry import Sampler

    sampler = Sampler(folder)
    keys = len({**sampler.machine(), **sampler.process(os.getpid())})
    began, before = time.monotonic(), time.process_time()
    samples = 0
    while time.monotonic() - began < seconds:
        time.sleep(1)
        keys = len({**sampler.machine(), **sampler.process(os.getpid())})
        samples += 1
    return {"cpu": (time.process_time() - before) / (time.monotonic() - began), "keys": keys}


def wandb():
    """The CPU of wandb's service process with its monitor at 1 Hz, less that of one without."""
    spent = {}
    for name, disabled in (("on", False), ("off", True)):
        spent[name] = service(disabled)
    return {"cpu": spent["on"] - spent["off"], "keys": None}


def service(disabled):
    import psutil
    import wandb

    settings = wandb.Settings(console="off", silent=True, x_disable_stats=disabled, x_stats_sampling_interval=1.0)
    run = wandb.init(project="bench", mode="offline", dir=folder, settings=settings)
    family = psutil.Process().children(recursive=True)
    used = lambda: sum(sum(child.cpu_times()[:2]) for child in family if child.is_running())  # noqa: E731
    time.sleep(2)
    before, began = used(), time.monotonic()
    time.sleep(seconds)
    share = (used() - before) / (time.monotonic() - began)
    run.finish()
    return share


print("\n" + json.dumps(globals()[tracker]()), flush=True)
