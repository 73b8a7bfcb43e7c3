"""One of the real processes of `npm run bench -- ingest --python`: logs as fast as it can and prints its receipt."""

import json
import math
import sys
import time

import trackside

name, keys, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
run = trackside.init(project="bench", id=name)
names = [f"layer.{key // 10}/metric.{key % 10}" for key in range(keys)]
began = time.perf_counter()
for step in range(steps):
    run.log({name: math.sin(step + key) for key, name in enumerate(names)})
logged = time.perf_counter() - began
receipt = run.finish(timeout=300)
print(json.dumps({"logging": logged, "delivered": time.perf_counter() - began, **receipt}))
