"""The maths of series/ written again with NumPy, straight from the definitions. Reads cases as JSON lines, answers likewise.

A number that is not finite travels as its name. Called by numpy.test.ts.
"""

import json
import sys

import numpy as np


def column(items):
    return np.array([float(item) for item in items])


def told(items):
    return [float(item) if np.isfinite(item) else str(float(item)) for item in items]


def windowed(xs, ys, weights):
    """Of each finite point `weights(i, others)` says what the others weigh; the rest stay as they are."""
    good = np.isfinite(ys)
    out = ys.copy()
    for i in np.flatnonzero(good):
        out[i] = weights(i, good)
    return out


def ema(xs, ys, strength, span):
    weight = min(np.sqrt(strength), 0.999)

    def mean(i, good):
        some = good & (np.arange(len(ys)) <= i)
        return np.average(ys[some], weights=weight ** ((xs[i] - xs[some]) * 1000 / span))

    return windowed(xs, ys, mean)


def sliding(xs, ys, kind, by, width):
    places = np.arange(len(ys)) if by == "points" else xs
    half = width // 2 if by == "points" else width / 2
    inside = lambda i, good: ys[good & (np.abs(places - places[i]) <= half)]
    take = np.mean if kind == "mean" else np.median
    return windowed(xs, ys, lambda i, good: take(inside(i, good)))


def gaussian(xs, ys, by, width):
    places = np.arange(len(ys)) if by == "points" else xs
    sigma = width / 4

    def mean(i, good):
        away = places - places[i]
        some = good & (np.abs(away) <= 4 * sigma)
        return np.average(ys[some], weights=np.exp(-(away[some] ** 2) / (2 * sigma**2)))

    return windowed(xs, ys, mean)


def columns_of(xs, start, end, count):
    return np.clip(np.floor((xs - start) / (end - start) * count), -1, count).astype(int)


def band(xs, ys, start, end, count):
    cells = columns_of(xs, start, end, count)
    rows = [ys[(cells == cell) & np.isfinite(ys)] for cell in np.unique(cells)]
    rows = [row for row in rows if len(row)]
    return {name: told([take(row) for row in rows]) for name, take in [("lows", np.min), ("highs", np.max), ("means", np.mean)]}


def m4(xs, ys, start, end, count):
    """Consecutive points of one column and one kind; of what can be drawn first, lowest, highest, last."""
    cells = columns_of(xs, start, end, count)
    kind = np.select([np.isfinite(ys), np.isnan(ys), ys > 0], [0, 1, 2], 3)
    cuts = np.flatnonzero((np.diff(cells) != 0) | (np.diff(kind) != 0)) + 1
    kept = set()
    for run in np.split(np.arange(len(ys)), cuts):
        if kind[run[0]]:
            kept.add(int(run[0]))
        else:
            kept.update(int(run[at]) for at in (0, np.argmin(ys[run]), np.argmax(ys[run]), len(run) - 1))
    return sorted(kept)


def at_places(xs, ys, wanted, alignment):
    if alignment == "line":
        return np.interp(wanted, xs, ys, left=np.nan, right=np.nan)
    at = np.searchsorted(xs, wanted, side="right") - 1
    found = np.where(at < 0, np.nan, ys[np.maximum(at, 0)])
    return found if alignment == "last" else np.where((at >= 0) & (xs[np.maximum(at, 0)] == wanted), found, np.nan)


def symlog(ys, c):
    return np.sign(ys) * np.log10(1 + np.abs(ys) / c)


def answer(case):
    xs, ys = column(case["xs"]), column(case["ys"])
    ask, rest = case["ask"], case["with"]
    if ask == "band":
        return band(xs, ys, *rest)
    if ask == "m4":
        return m4(xs, ys, *rest)
    if ask == "quantile":
        return told(np.quantile(ys[np.isfinite(ys)], rest))
    if ask == "at":
        return told(at_places(xs, ys, column(rest[0]), rest[1]))
    return told({"ema": ema, "sliding": sliding, "gaussian": gaussian}[ask](xs, ys, *rest) if ask != "symlog" else symlog(ys, *rest))


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
