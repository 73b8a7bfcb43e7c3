"""Carries the journals of a folder: the part that the agent and `trackside sync` share."""

from __future__ import annotations

import time
from typing import Any, Callable

from .credentials import find_keys, missing_key
from .delivery import Delivery
from .folder import host_name
from .receipt import DONE
from .station import Station
from .transport import Connection
from .watch import Watch

BEATS_APART = 10.0
KEYS_APART = 5.0


class Courier:
    """Deliveries, their sockets, the watch over their processes, and the agent's own journal of each run."""

    def __init__(self, folder: str, ring: Callable[[], None], say: Callable[[str], None]) -> None:
        self.folder, self._ring, self._say = folder, ring, say
        self.host = host_name()
        self.deliveries: dict[str, Delivery] = {}
        self.watches: dict[str, Watch] = {}
        self.stations: dict[tuple[str, str, str], Station] = {}
        self.connections: dict[tuple[str, str | None], Connection] = {}
        self._refused: set[tuple[str, str | None]] = set()
        self._beaten = 0.0
        self._keys_read = 0.0
        self._turn = 0

    def take(self, folder: str, header: dict[str, Any], again: bool = False) -> Delivery | None:
        """Makes a delivery of a journal; None where it is delivered already, unless `again`."""
        delivery = Delivery(folder, header)
        if delivery.ack.flags & DONE:
            if not again:
                return None
            delivery.ack.flags &= ~DONE
        delivery.report_death, delivery.tell = self._report_death, self._say
        self.deliveries[delivery.writer] = delivery
        if header.get("host") == self.host:
            watch = self.watches[delivery.writer] = Watch(header)
            delivery.alive = watch.alive()
        else:
            # A writer of another machine is never judged dead from here: only its journal's end ends it.
            delivery.alive, delivery.end_told = False, True
        self._connect(delivery)
        return delivery

    def _connect(self, delivery: Delivery) -> None:
        base_url = str(delivery.header.get("base_url") or "")
        keys = find_keys(self.folder, base_url, delivery.header.get("key_hint"))
        if not keys:
            delivery.refuse_key({"code": "NO_KEY", "message": missing_key(base_url)})
            delivery.connection = None
            return
        key = next((key for key in keys if (base_url, key) not in self._refused), keys[0])
        connection = self.connections.get((base_url, key))
        if connection is None:
            connection = self.connections[(base_url, key)] = Connection(base_url, key, self._ring)
        delivery.connection = connection

    def pump(self) -> bool:
        """One turn; true where something moved."""
        now = time.monotonic()
        news = False
        for connection in self.connections.values():
            news |= connection.pump()
        self._look_at_processes()
        if now - self._keys_read > KEYS_APART or any(c.newly_refused for c in self.connections.values()):
            self._keys_read = now
            self._look_at_keys()
        order = list(self.deliveries.values())
        self._turn += 1
        for i in range(len(order)):  # each turn begins with another one, so that none starves
            news |= self._pump_one(order[(i + self._turn) % len(order)], now)
        if now - self._beaten >= BEATS_APART:
            self._beaten = now
            self._beat()
        return news

    def _pump_one(self, delivery: Delivery, now: float) -> bool:
        """One bad journal never stops the others."""
        try:
            return delivery.pump(now)
        except Exception as error:
            delivery.hold(now, 10.0)
            delivery.problem = f"{type(error).__name__}: {error}"
            self._say(f"writer {delivery.writer}: {delivery.problem}")
            return False

    def _look_at_processes(self) -> None:
        for writer, watch in self.watches.items():
            delivery = self.deliveries.get(writer)
            if delivery is not None and delivery.alive and not watch.alive():
                delivery.alive = False

    def _look_at_keys(self) -> None:
        """A socket that was refused waits for another key; the journal stays."""
        for name, connection in self.connections.items():
            if connection.up:
                self._refused.discard(name)
            elif connection.refused is not None:
                self._refused.add(name)
            connection.newly_refused = False
        for delivery in self.deliveries.values():
            if delivery.settled:
                continue
            connection = delivery.connection
            if connection is None:
                self._connect(delivery)
            elif connection.refused is not None and not connection.up:
                delivery.refuse_key(connection.refused)
                self._connect(delivery)
        used = {id(delivery.connection) for delivery in self.deliveries.values() if not delivery.settled}
        for name, connection in list(self.connections.items()):
            if id(connection) not in used:
                del self.connections[name]
                connection.close()

    def _beat(self) -> None:
        for connection in self.connections.values():
            mine = [d for d in self.deliveries.values() if d.connection is connection and d.opened and not d.settled]
            writers = [delivery.writer for delivery in mine if delivery.alive and not delivery.ended]
            if connection.up and writers:
                connection.send("beat", {"writers": writers}, self._beaten_back(mine))

    def _beaten_back(self, mine: list[Delivery]) -> Callable[[dict[str, Any]], None]:
        def answered(answer: dict[str, Any]) -> None:
            stop = answer.get("stop") or []
            for delivery in mine:
                if delivery.run in stop:
                    delivery.stop_asked()

        return answered

    def station_of(self, delivery: Delivery) -> Station:
        """The agent's own journal for this delivery's run, made when it is first needed."""
        header = delivery.header
        name = (str(header.get("base_url")), str(header.get("project")), str(header.get("run")))
        station = self.stations.get(name)
        if station is None:
            station = self.stations[name] = Station(delivery.folder, header)
        return station

    def _report_death(self, delivery: Delivery) -> bool:
        station = self.station_of(delivery)
        station.died(delivery.writer, "crashed")
        self._say(f"writer {delivery.writer} of run {delivery.run} died")
        return True

    def users_of(self, station: Station) -> list[Delivery]:
        """Writers of the station's run on this host that may still write."""
        return [
            delivery
            for delivery in self.deliveries.values()
            if delivery.is_user
            and delivery.writer in self.watches
            and (str(delivery.header.get("base_url")), str(delivery.header.get("project")), delivery.run) == station.run
            and not delivery.settled
            and not (delivery.ended or delivery.end_told)
        ]

    def close_stations(self, sample: Callable[[], dict[str, float]]) -> None:
        """A run whose last writer here is done gets one more sample, so that the shortest run has rates too, and then no more."""
        for name, station in list(self.stations.items()):
            if not self.users_of(station):
                station.write(sample())
                station.close()
                own = self.deliveries.get(station.writer)
                if own is not None:
                    own.alive = False
                del self.stations[name]

    def unsettled(self) -> list[Delivery]:
        return [delivery for delivery in self.deliveries.values() if not delivery.settled]

    def forget_settled(self) -> None:
        for writer, delivery in list(self.deliveries.items()):
            if delivery.settled:
                del self.deliveries[writer]
                watch = self.watches.pop(writer, None)
                if watch is not None:
                    watch.close()

    def close(self) -> None:
        for station in self.stations.values():
            station.close()
        for connection in self.connections.values():
            connection.close()
