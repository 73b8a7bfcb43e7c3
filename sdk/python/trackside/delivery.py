"""Brings one writer's journal to the server: opens, sends frames and meta, and keeps the mark in the ack file."""

from __future__ import annotations

import time
from collections import deque
from functools import partial
from typing import Any, Callable, Optional

from .outbox import Outbox, Sent
from .receipt import DONE, GONE, INVALID, KEY, NO, STOP
from .records import to_json
from .slip import Slip
from .tail import Meta, Tail
from .transport import FRAMES_IN_FLIGHT, Connection

META_BYTES, ITEM_BYTES = 262_144, 900_000
_OPEN_MEMBERS = ("key_hint", "named_server", "mode", "segment", "first_seq", "first_meta", "telemetry")


class Delivery:
    """`pump` does what can be done now and never waits. `settled`: nothing is left to do, or nothing may be."""

    def __init__(self, folder: str, header: dict[str, Any]) -> None:
        self.folder, self.header = folder, header
        self.writer: str = header["writer"]
        self.run: str = str(header.get("run"))
        self.is_user = header.get("kind", "user") == "user"
        self.connection: Optional[Connection] = None
        self._slip = Slip(folder, self.writer, self.run)
        self.ack = self._slip.ack
        self.alive = True  # its process may still write
        self.ended = False  # its own `finish` or `died` was read
        self.end_told = False  # the death of its process was journaled by the agent
        self.report_death: Callable[[Delivery], bool] = lambda _delivery: True
        self.problem: Optional[str] = None
        self.tell: Callable[[str], None] = lambda _text: None
        self._troubles = 0
        self._tail: Optional[Tail] = None
        self._outbox = Outbox(self.writer)
        self._metas: deque[Meta] = deque()
        self._flying_meta = self._opening = self._asking = self.opened = self._drained = False
        self._epoch = -1
        self._hold_until = 0.0

    @property
    def settled(self) -> bool:
        return bool(self.ack.flags & (DONE | GONE | NO))

    @property
    def caught_up(self) -> bool:
        """Everything that the journal holds is acked."""
        return self._drained and not self._metas and self._outbox.is_empty

    def pump(self, now: float) -> bool:
        """True where something moved."""
        connection = self.connection
        if connection is None or self.settled or not connection.up:
            return False
        if connection.epoch != self._epoch:
            self._forget_socket(connection.epoch)
        if now < self._hold_until:
            return False
        if not self.opened:
            return self._open(connection)
        moved = self._read(now)
        moved |= self._send_frames(connection)
        moved |= self._send_meta(connection)
        return self._conclude(connection, now) or moved

    def hold(self, now: float, seconds: float) -> None:
        """Does nothing for a while."""
        self._hold_until = now + seconds

    def _forget_socket(self, epoch: int) -> None:
        self._epoch = epoch
        self.opened = self._opening = self._flying_meta = self._asking = False
        self._outbox.ground()

    # -- open ------------------------------------------------------------------------------------------------------

    def _open(self, connection: Connection) -> bool:
        if self._opening:
            return False
        self._opening = True
        body = {name: value for name, value in self.header.items() if name not in _OPEN_MEMBERS}
        body["created"] = self.header.get("start")
        body["workspace"] = body.get("workspace") or self._slip.workspace  # with another key, too, it stays where it is
        connection.send("open", body, self._opened)
        return True

    def _opened(self, answer: dict[str, Any]) -> None:
        self._opening = False
        if not answer.get("ok"):
            self._trouble(answer, opening=True)
            return
        self.opened, self.problem = True, None
        upto, meta = int(answer.get("upto", -1)), int(answer.get("meta", -1))
        if self._tail is None or upto < self.ack.upto or meta < self.ack.meta:
            self._begin(upto, meta)
        self.ack.meta = max(meta, self.ack.meta)
        self.ack.flags &= ~KEY
        run = answer.get("run") or {}
        told = {name: run.get(name) for name in ("url", "workspace", "project", "name")}
        self._slip.say({"base_url": self.header.get("base_url"), **told}, None)
        self._mark(upto)

    def _begin(self, upto: int, meta: int) -> None:
        if self._tail is not None:
            self._tail.close()
        self.ack.upto, self.ack.meta = upto, meta
        self._tail = Tail(self.folder, self.writer, upto, meta)
        self._outbox = Outbox(self.writer)
        self._metas.clear()

    # -- frames ----------------------------------------------------------------------------------------------------

    def _read(self, now: float) -> bool:
        """From the journal into frames, as long as there may be more frames."""
        tail: Tail = self._tail  # type: ignore[assignment]
        outbox, read = self._outbox, False
        outbox.fill()
        while outbox.has_room:
            items = tail.read()
            self._drained = not items
            if self._drained and not self.alive and tail.look_beyond():
                continue
            if not items:
                break
            read = True
            outbox.add([item for item in items if not isinstance(item, Meta)])
            self._metas.extend(item for item in items if isinstance(item, Meta))
        self.ended = self.ended or tail.ended
        outbox.cut_if_due(now)
        return read

    def _send_frames(self, connection: Connection) -> bool:
        moved = False
        for sent in self._outbox.ready():
            if connection.frames_out >= FRAMES_IN_FLIGHT:
                break
            sent.flying = moved = True
            connection.frames_out += 1
            connection.send("frame", sent.body, partial(self._frame_answered, sent))
        return moved

    def _frame_answered(self, sent: Sent, answer: dict[str, Any]) -> None:
        sent.flying = False
        if self.connection is not None:
            self.connection.frames_out = max(0, self.connection.frames_out - 1)
        if answer.get("ok"):
            self._mark(int(answer.get("upto", sent.last)))
            return
        error = answer.get("error") or {}
        code = error.get("code")
        if code == "RESEND":
            start = int(error.get("from", answer.get("from", self.ack.upto + 1)))
            if start <= self.ack.upto and self._tail is not None:
                self._begin(start - 1, self.ack.meta)
            self._mark(start - 1)
            self._outbox.resend = True
        elif code == "INVALID" and (error.get("skip") or answer.get("skip")):
            self.ack.flags |= INVALID
            self._slip.say({}, error)
            self._mark(int(error.get("upto", answer.get("upto", sent.last))))
        else:
            self._outbox.resend = True
            self._trouble(answer)

    def _mark(self, upto: int) -> None:
        self.ack.upto = max(self.ack.upto, upto)
        self._troubles = 0
        self._outbox.acked(self.ack.upto)
        self._slip.publish()

    # -- meta and the end ------------------------------------------------------------------------------------------

    def _send_meta(self, connection: Connection) -> bool:
        if self._flying_meta or not self._metas:
            return False
        batch: list[Any] = []
        size = 0
        for meta in self._metas:
            if size and size + meta.size > META_BYTES:
                break
            # What tells of the end goes when all points are with the server: a point would make the run live again.
            if meta.item.get("k") in ("finish", "died") and not self._outbox.is_empty:
                break
            batch.append(meta.item if meta.size <= ITEM_BYTES else _too_large(meta))
            size += meta.size
        if not batch:
            return False
        self._flying_meta = True
        body = {"writer": self.writer, "first": self._metas[0].ordinal, "items": batch}
        connection.send("meta", body, self._meta_answered)
        return True

    def _meta_answered(self, answer: dict[str, Any]) -> None:
        self._flying_meta = False
        if not answer.get("ok"):
            error = answer.get("error") or {}
            if error.get("code") == "RESEND":
                self._begin(self.ack.upto, int(error.get("from", 0)) - 1)
            else:
                self._trouble(answer)
            return
        self.ack.meta = max(self.ack.meta, int(answer.get("meta", -1)))
        while self._metas and self._metas[0].ordinal <= self.ack.meta:
            self._metas.popleft()
        self._slip.publish()

    def _conclude(self, connection: Connection, now: float) -> bool:
        """When all is acked and nothing more can come: the death is told, then the receipt is asked for."""
        if self._asking or not self.caught_up or (self.alive and not self.ended):
            return False
        if not self.ended and self.is_user and not self.end_told:
            self.end_told = self.report_death(self)
            return True
        self._asking = True
        connection.send("receipt", {"writer": self.writer}, self._receipt_answered)
        return True

    def _receipt_answered(self, answer: dict[str, Any]) -> None:
        self._asking = False
        if not answer.get("ok"):
            self._trouble(answer)
            return
        self.ack.stored, self.ack.refused = int(answer.get("stored", -1)), int(answer.get("refused", 0))
        self.ack.upto = max(self.ack.upto, int(answer.get("upto", -1)))
        self.ack.flags = self.ack.flags & ~KEY | DONE
        self._slip.publish()
        if self._tail is not None:
            self._tail.close()

    def stop_asked(self) -> None:
        if not self.ack.flags & STOP:
            self.ack.flags |= STOP
            self._slip.publish()

    # -- answers that are no ---------------------------------------------------------------------------------------

    def _trouble(self, answer: dict[str, Any], opening: bool = False) -> None:
        error = answer.get("error") or {"code": "INTERNAL", "message": "the server's answer was not understood"}
        code = error.get("code")
        if code == "NOT_OPEN":
            self.opened = False
            return
        self._troubles += 1
        wait = min(10.0, 0.25 * 2**self._troubles)
        if code == "BUSY":
            wait = max(0.01, float(error.get("retry_after_ms", answer.get("retry_after_ms", 1000))) / 1000)
        elif code == "GONE":
            self.ack.flags |= GONE
        elif code in ("UNAUTHENTICATED", "FORBIDDEN"):
            self.refuse_key(error)
        elif opening and self.header.get("condition") and code in ("CONFLICT", "NOT_FOUND"):
            self.ack.flags |= NO
        self._hold_until = time.monotonic() + wait
        if code != "BUSY":
            self.problem = f"{code}: {error.get('message', '')}"
            self.tell(f"writer {self.writer}: {self.problem}")
            self._slip.say({}, error)
            self._slip.publish()

    def refuse_key(self, error: dict[str, Any]) -> None:
        self.problem = str(error.get("message"))
        if not self.ack.flags & KEY:
            self.ack.flags |= KEY
            self._slip.publish()
        self._slip.say({}, error)


def _too_large(meta: Meta) -> dict[str, Any]:
    reason = f"larger than {ITEM_BYTES} bytes ({len(to_json(meta.item))})"
    return {"k": "refused", "key": f"({meta.item.get('k')})", "reason": reason, "step": None, "count": 1}
