"""The maths of series/ written again with NumPy, straight from the definitions. Answers each line of JSON by one.

A number that is not finite travels as its name. Asked by numpy.test.ts.
"""

import json
import sys

import numpy as np


def column(items):
    return np.array([float(item) for item in items])


def told(items):
    return [float(item) if np.isfinite(item) else str(float(item)) for item in items]


def at_finite(ys, smoothed):
    """`smoothed(i, good)` for each finite point; the rest stay as they are."""
    good = np.isfinite(ys)
    out = ys.copy()
    for i in np.flatnonzero(good):
        out[i] = smoothed(i, good)
    return out


def ema(xs, ys, strength, span):
    """A mean of all points so far, weighed by how far x has gone on since: going back is standing still."""
    weight = min(np.sqrt(strength), 0.999)
    good = np.isfinite(ys)
    gone = np.zeros(len(ys))
    gone[good] = np.cumsum(np.maximum(np.diff(xs[good], prepend=xs[good][:1]), 0))

    def mean(i, good):
        some = good & (np.arange(len(ys)) <= i)
        return np.average(ys[some], weights=weight ** ((gone[i] - gone[some]) * 1000 / span))

    return at_finite(ys, mean)


def sliding(xs, ys, kind, by, width):
    places = np.arange(len(ys)) if by == "points" else xs
    half = width // 2 if by == "points" else width / 2
    take = {"mean": np.mean, "median": np.median}[kind]
    return at_finite(ys, lambda i, good: take(ys[good & (np.abs(places - places[i]) <= half)]))


def gaussian(xs, ys, by, width):
    places = np.arange(len(ys)) if by == "points" else xs
    sigma = width / 4

    def mean(i, good):
        away = places - places[i]
        some = good & (np.abs(away) <= 4 * sigma)
        return np.average(ys[some], weights=np.exp(-(away[some] ** 2) / (2 * sigma**2)))

    return at_finite(ys, mean)


def columns_of(xs, start, end, count):
    return np.clip(np.floor((xs - start) / (end - start) * count), -1, count).astype(int)


def band(xs, ys, start, end, count):
    cells = columns_of(xs, start, end, count)
    rows = [cells == cell for cell in np.unique(cells)]
    rows = [(xs[row], ys[row & np.isfinite(ys)]) for row in rows if np.any(np.isfinite(ys[row]))]
    return {
        "xs": told((x[0] + x[-1]) / 2 for x, _ in rows),
        "lows": told(np.min(y) for _, y in rows),
        "highs": told(np.max(y) for _, y in rows),
        "means": told(np.mean(y) for _, y in rows),
    }


def m4(xs, ys, start, end, count, log):
    """Consecutive points of one column and one kind; of what can be drawn first, lowest, highest, last."""
    cells = columns_of(xs, start, end, count)
    drawn = np.isfinite(ys) & ((ys > 0) | (not log))
    kind = np.select([drawn, np.isnan(ys), np.isposinf(ys), np.isneginf(ys)], [0, 1, 2, 3], 4)
    cuts = np.flatnonzero((np.diff(cells) != 0) | (np.diff(kind) != 0)) + 1
    kept = set()
    for run in np.split(np.arange(len(ys)), cuts) if len(ys) else []:
        if kind[run[0]]:
            kept.add(int(run[0]))
        else:
            kept.update(int(run[at]) for at in (0, np.argmin(ys[run]), np.argmax(ys[run]), len(run) - 1))
    return sorted(kept)


def at_places(xs, ys, wanted, alignment):
    if len(xs) == 0:
        return np.full(len(wanted), np.nan)
    if alignment == "line":
        return np.interp(wanted, xs, ys, left=np.nan, right=np.nan)
    at = np.searchsorted(xs, wanted, side="right") - 1
    found = np.where(at < 0, np.nan, ys[np.maximum(at, 0)])
    return found if alignment == "last" else np.where((at >= 0) & (xs[np.maximum(at, 0)] == wanted), found, np.nan)


def symlog(ys, c):
    return np.sign(ys) * np.log10(1 + np.abs(ys) / c)


def quantiles(ys, shares, log):
    some = ys[np.isfinite(ys) & ((ys > 0) | (not log))]
    return np.quantile(some, shares) if len(some) else np.full(len(shares), np.nan)


def answer(ask, xs, ys, rest):
    if ask == "band":
        return band(xs, ys, *rest)
    if ask == "m4":
        return m4(xs, ys, *rest)
    if ask == "quantiles":
        return told(quantiles(ys, *rest))
    if ask == "at":
        return told(at_places(xs, ys, column(rest[0]), rest[1]))
    if ask == "symlog":
        return told(symlog(ys, *rest))
    return told({"ema": ema, "sliding": sliding, "gaussian": gaussian}[ask](xs, ys, *rest))


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(answer(asked["ask"], column(asked["xs"]), column(asked["ys"]), asked["with"])), flush=True)
