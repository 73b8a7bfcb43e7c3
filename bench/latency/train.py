"""The training of `npm run bench -- latency`: `train.py PROJECT KEYS SAMPLES HOLD`.

Logs step 0, says so and waits for a line; then logs KEYS keys ten times a second. The first key changes its level every
HOLD steps: when it did, in ms since 1970 just before log(), is printed as JSON at the end.
"""

import json
import random
import sys
import time

import trackside

project, keys, samples, hold = sys.argv[1], *map(int, sys.argv[2:])
names = [f"layer.{key // 10}/metric.{key % 10}" for key in range(keys)]


def log(level, step):
    values = {name: random.random() for name in names}
    values[names[0]] = level
    before = time.time()
    run.log(values, step=step)
    return 1000 * before


run = trackside.init(project=project, name="training")
log(0.5, 0)
print("ready", flush=True)
sys.stdin.readline()

changed = []
level = 0.5
began = time.perf_counter()
steps = samples * hold
for step in range(1, steps + 1):
    # Jittered, so that no sample falls into step with a timer on the way.
    due = began + (step + random.uniform(-0.3, 0.3)) / 10
    time.sleep(max(0, due - time.perf_counter()))
    if step % hold == 0:
        level = 0.25 if step // hold % 2 else 0.75
        changed.append(log(level, step))
    else:
        log(level, step)
hertz = steps / (time.perf_counter() - began)
run.finish()
print(json.dumps({"changed": changed, "hertz": hertz}))
