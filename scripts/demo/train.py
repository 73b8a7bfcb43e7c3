"""The demo's training: small networks learn handwritten digits, in numpy, and log through the SDK as they do.

    python scripts/demo/train.py

Three runs with different parameters go on at the same time, each in a process of its own, for about a minute. Where
they log to is told by the TRACKSIDE_* variables alone. `TRACKSIDE_DEMO_SECONDS` makes it shorter or longer.
"""

from __future__ import annotations

import csv
import gzip
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

RUNS = {
    "wide-lr0.20": {"hidden": 128, "lr": 0.20, "momentum": 0.9, "weight_decay": 1e-4, "batch": 64, "epochs": 40, "seed": 1},
    "narrow-lr0.02": {"hidden": 16, "lr": 0.02, "momentum": 0.9, "weight_decay": 1e-4, "batch": 64, "epochs": 40, "seed": 2},
    "plain-lr0.05": {"hidden": 64, "lr": 0.05, "momentum": 0.0, "weight_decay": 0.0, "batch": 32, "epochs": 20, "seed": 3},
}
STARTS_APART = 2.0
HELD_OUT = 360


def digits() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Training and held-out images and labels, parted at random and always alike."""
    with gzip.open(Path(__file__).parent / "digits.csv.gz", "rt") as lines:
        table = np.array([[int(cell) for cell in row] for row in csv.reader(lines)])
    table = np.random.default_rng(0).permutation(table)
    images, labels = table[:, :-1] / 16.0 - 0.5, table[:, -1]
    return images[:-HELD_OUT], labels[:-HELD_OUT], images[-HELD_OUT:], labels[-HELD_OUT:]


class Network:
    """One hidden layer of ReLU, softmax on top, trained by SGD with momentum."""

    def __init__(self, hidden: int, rng: np.random.Generator) -> None:
        self.weights = [
            rng.normal(0, math.sqrt(2 / 64), (64, hidden)),
            np.zeros(hidden),
            rng.normal(0, math.sqrt(2 / hidden), (hidden, 10)),
            np.zeros(10),
        ]
        self.velocity = [np.zeros_like(weight) for weight in self.weights]

    def forward(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = np.maximum(images @ self.weights[0] + self.weights[1], 0)
        scores = hidden @ self.weights[2] + self.weights[3]
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return hidden, scores / scores.sum(axis=1, keepdims=True)

    def measure(self, images: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
        """Cross entropy and accuracy."""
        _, chances = self.forward(images)
        right = chances[np.arange(len(labels)), labels]
        return float(-np.log(right + 1e-12).mean()), float((chances.argmax(axis=1) == labels).mean())

    def step(self, images: np.ndarray, labels: np.ndarray, lr: float, momentum: float, decay: float) -> tuple[float, float, float]:
        """One step down the gradient; loss and accuracy of the batch before it, and the gradient's length."""
        hidden, chances = self.forward(images)
        right = chances[np.arange(len(labels)), labels]
        loss, accuracy = float(-np.log(right + 1e-12).mean()), float((chances.argmax(axis=1) == labels).mean())
        chances[np.arange(len(labels)), labels] -= 1
        chances /= len(labels)
        back = (chances @ self.weights[2].T) * (hidden > 0)
        slopes = [images.T @ back, back.sum(axis=0), hidden.T @ chances, chances.sum(axis=0)]
        for weight, velocity, slope in zip(self.weights, self.velocity, slopes):
            velocity *= momentum
            velocity -= lr * (slope + decay * weight)
            weight += velocity
        return loss, accuracy, math.sqrt(sum(float((slope**2).sum()) for slope in slopes))


def train(name: str, seconds: float) -> float:
    """One run; answers the accuracy on the held-out digits."""
    import trackside

    settings = RUNS[name]
    images, labels, held_images, held_labels = digits()
    rng = np.random.default_rng(settings["seed"])
    network = Network(settings["hidden"], rng)
    batches = len(images) // settings["batch"]
    steps = batches * settings["epochs"]
    run = trackside.init(name=name, config={"model": "mlp", "data": "digits 8x8", "steps": steps, **settings}, tags=["demo"])
    with run:
        start = time.monotonic()
        best = 0.0
        for step in range(steps):
            if step % batches == 0:
                order = rng.permutation(len(images))
            chosen = order[step % batches * settings["batch"] :][: settings["batch"]]
            lr = settings["lr"] * 0.5 * (1 + math.cos(math.pi * step / steps))
            loss, accuracy, length = network.step(images[chosen], labels[chosen], lr, settings["momentum"], settings["weight_decay"])
            run.log({"train": {"loss": loss, "accuracy": accuracy}, "optim": {"lr": lr, "grad_norm": length}}, step=step)
            if step % 10 == 0 or step == steps - 1:
                held_loss, held_accuracy = network.measure(held_images, held_labels)
                best = max(best, held_accuracy)
                run.log({"val": {"loss": held_loss, "accuracy": held_accuracy}, "epoch": step / batches}, step=step)
            time.sleep(max(0.0, start + seconds * (step + 1) / steps - time.monotonic()))
        run.summary.update({"accuracy": held_accuracy, "best_accuracy": best})
        receipt = run.finish()
    print(f"{name}: {held_accuracy:.1%} of held-out digits right, {receipt['stored']} of {receipt['logged']} points stored", flush=True)
    return held_accuracy


def train_all(seconds: float) -> int:
    """All runs side by side. 0 where each of them reads more than 90% of the held-out digits right."""
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    trainings = []
    try:
        for name in RUNS:
            trainings.append(subprocess.Popen([sys.executable, __file__, name], env=one_thread))
            time.sleep(min(STARTS_APART, seconds / 10))
        return max(training.wait() for training in trainings)
    except KeyboardInterrupt:
        for training in trainings:
            training.wait()
        return 130
    finally:
        for training in trainings:
            if training.poll() is None:
                training.terminate()


def main() -> int:
    seconds = float(os.environ.get("TRACKSIDE_DEMO_SECONDS", "60"))
    if len(sys.argv) < 2:
        return train_all(seconds)
    return 0 if train(sys.argv[1], seconds) > 0.9 else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
