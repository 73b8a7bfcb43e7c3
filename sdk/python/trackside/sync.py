"""`trackside sync`: delivers what the marks lack, of a folder or of one launch, beside a live agent or long after."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from typing import Any, Optional

from .courier import Courier
from .credentials import clean_url, last_login, named_base_url
from .delivery import Delivery
from .errors import UsageError
from .folder import read_json
from .frame_builder import Hole, Points
from .receipt import DONE, GONE, NO, receipt
from .shelf import launches, writers
from .tail import Tail, journal_header

REACH = 20.0
SILENCE = 60.0


@dataclass
class Synced:
    """What became of one writer."""

    run: str
    writer: str
    kind: str
    receipt: dict[str, int]
    error: Optional[str]
    verified: Optional[bool] = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "verified" or value is not None}


def shelf_of(path: str) -> tuple[str, str]:
    """The folder of TRACKSIDE_DIR and the folder to look in, for `path` being that, its `runs`, or one launch."""
    path = os.path.abspath(path)
    if os.path.isdir(os.path.join(path, "runs")):
        return path, os.path.join(path, "runs")
    if os.path.basename(path) == "runs":
        return os.path.dirname(path), path
    return os.path.dirname(os.path.dirname(path)), path


def sync(path: str, host: Optional[str] = None, verify: bool = False, run_id: Optional[str] = None) -> list[Synced]:
    """Sends what is not with the server yet, or not with `host`. Never raises for a journal.

    `verify` also looks at what is marked as delivered, and compares what the server has with the journal. `run_id` delivers to
    the run of this id instead: for a run that the server refused.

    Raises:
        UsageError: `run_id`, and several runs wait there.
    """
    folder, runs = shelf_of(path)
    rung = threading.Event()
    courier = Courier(folder, rung.set, lambda _text: None)
    deliveries = _take_all(courier, runs, host, verify, run_id)
    start = moved = time.monotonic()
    reached = False
    while not all(_finished(delivery) for delivery in deliveries):
        if courier.pump():
            moved = time.monotonic()
        reached = reached or any(connection.up for connection in courier.connections.values())
        now = time.monotonic()
        if not courier.connections or now - moved > SILENCE or (not reached and now - start > REACH):
            break
        if courier.connections and all(connection.refused for connection in courier.connections.values()):
            break
        _take_own(courier, deliveries)
        rung.wait(0.02)
        rung.clear()
    results = [_result(delivery, verify) for delivery in deliveries if delivery.is_user]
    courier.close()
    return results


def server_for(folder: str, header: dict[str, Any], host: Optional[str] = None) -> tuple[str, bool]:
    """Which server a journal goes to, and whether that is not the one which holds some of it already.

    `host`, else the one that holds some of it, the variables', its own where the training was told one, the last login's.
    """
    held = (read_json(os.path.join(folder, f"{header['writer']}.json")) or {}).get("base_url")
    own = str(header.get("base_url") or "")
    named = None if header.get("named_server") is False else own
    chosen = clean_url(host) if host else held or named_base_url() or named or last_login() or own
    return chosen, held not in (None, chosen)


def for_run(folder: str, header: dict[str, Any], run_id: Optional[str]) -> dict[str, Any]:
    """The header for `run_id`, else for the run that the server has it in. What was asked of another run is not asked of it."""
    held = (read_json(os.path.join(folder, f"{header['writer']}.json")) or {}).get("run")
    run = run_id or held or header["run"]
    if run == header["run"] and run_id is None:
        return header
    return {**{name: value for name, value in header.items() if name != "condition"}, "run": run}


def _take_all(courier: Courier, runs: str, host: Optional[str], again: bool, run_id: Optional[str]) -> list[Delivery]:
    deliveries = []
    own = set()
    for folder in launches(runs):
        for writer in writers(folder):
            header = journal_header(folder, writer)
            if header is None:
                continue
            base_url, is_other = server_for(folder, header, host)
            named = {**for_run(folder, header, run_id), "base_url": base_url}
            delivery = courier.take(folder, named, again=again or is_other)
            if delivery is None:
                continue
            deliveries.append(delivery)
            if delivery.is_user:
                own.add((str(header.get("project")), str(header.get("run"))))
    if run_id is not None and len(own) > 1:
        courier.close()
        waiting = ", ".join(sorted(run for _project, run in own))
        raise UsageError(f"--id {run_id} is for one run, and several wait in {runs}: {waiting}; give the folder of one")
    return deliveries


def _take_own(courier: Courier, deliveries: list[Delivery]) -> None:
    """Deaths are told in a journal of our own, which has to be delivered, too."""
    for name, station in list(courier.stations.items()):
        if any(d.run == name[2] and not _finished(d) and not d.end_told for d in deliveries if d.is_user):
            continue
        station.close()
        del courier.stations[name]
        delivery = courier.take(station.folder, station.header)
        if delivery is not None:
            deliveries.append(delivery)


def _finished(delivery: Delivery) -> bool:
    """Settled, or all that a living writer has written so far is there."""
    return delivery.settled or (delivery.alive and not delivery.ended and delivery.opened and delivery.caught_up)


def _result(delivery: Delivery, verify: bool) -> Synced:
    points, refused, lost = count(delivery.folder, delivery.writer)
    ack = delivery.ack
    stored = ack.stored if ack.flags & DONE else ack.upto + 1
    error = delivery.problem
    if error is None and not _finished(delivery):
        refusal = delivery.connection.refused if delivery.connection else None
        error = refusal["message"] if refusal else not_reached(str(delivery.header.get("base_url")))
    result = Synced(
        run=delivery.run,
        writer=delivery.writer,
        kind=str(delivery.header.get("kind")),
        receipt=receipt(points + refused, max(0, stored), max(refused, ack.refused if ack.flags & DONE else 0)),
        error=error if not ack.flags & DONE or ack.flags & (GONE | NO) else None,
    )
    if verify:
        result.verified = bool(ack.flags & DONE) and result.receipt["pending"] == 0 and lost == 0
    return result


def not_reached(base_url: str) -> str:
    return f"{base_url} was not reached; `trackside sync --host URL` or TRACKSIDE_BASE_URL names another address"


def count(folder: str, writer: str) -> tuple[int, int, int]:
    """Points, refused items and lost seqs of a journal, as it stands on the disk."""
    tail = Tail(folder, writer)
    points = refused = lost = 0
    while items := tail.read():
        for item in items:
            if isinstance(item, Points):
                points += len(item.keys)
            elif isinstance(item, Hole):
                lost += item.seqs
            elif item.item.get("k") == "refused":
                refused += int(item.item.get("count", 0))
    tail.close()
    return points, refused, lost
