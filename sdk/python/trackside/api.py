"""Reading back, lossless, over GET /api/v1/…"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from .credentials import clean_url, default_base_url, missing_key, remembered_key
from .errors import Error, ServerError, UsageError

_NON_FINITE = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


@dataclass
class Series:
    """Every point of a key in order of commit: arrays of equal length; `writers` where several label sets are in it."""

    steps: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    writers: Optional[list[str]] = None

    def __len__(self) -> int:
        return len(self.values)


class Api:
    """Reads what a server holds. `key` and `host` default to what a training would use."""

    def __init__(self, key: Optional[str] = None, host: Optional[str] = None, timeout: float = 60.0) -> None:
        environment = os.environ
        self.base_url = clean_url(host) if host else default_base_url()
        found = key or environment.get("TRACKSIDE_API_KEY") or environment.get("WANDB_API_KEY")
        self.key = found or remembered_key(self.base_url)
        self.timeout = timeout

    def run(self, path: str) -> RunView:
        """`workspace/project/run`. Raises ServerError (`NOT_FOUND`) where there is none."""
        return RunView(self, _address(path, 3))

    def runs(self, path: str, per_page: int = 50) -> Iterator[RunView]:
        """The runs of `workspace/project`, the newest first, page by page."""
        address = _address(path, 2)
        cursor: Optional[str] = None
        while True:
            asked = {"limit": per_page, **({"cursor": cursor} if cursor else {})}
            page = self.get(f"{address}/runs", asked)
            for record in page["runs"]:
                yield RunView(self, f"{address}/runs/{quote(str(record['id']), safe='')}", record)
            cursor = page.get("cursor")
            if not cursor:
                return

    def get(self, address: str, query: Any = None) -> Any:
        """The JSON at `/api/v1/<address>`. Raises ServerError for an answer that is an error, Error without an answer.

        UsageError says where a key is missing.
        """
        url = f"{self.base_url}/api/v1/{address}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"{self.base_url} is not an address of the web")
        try:
            with urlopen(Request(url, headers=headers), timeout=self.timeout) as answer:
                return json.loads(answer.read(), parse_int=_whole)
        except HTTPError as error:
            if error.code == 401 and not self.key:
                raise UsageError(missing_key(self.base_url)) from None
            raise _server_error(error) from None
        except (URLError, OSError, ValueError) as error:
            raise Error(f"{self.base_url} gave no answer that can be read: {error}") from None


class RunView:
    """One run, as the server has it. `refresh()` asks again."""

    def __init__(self, api: Api, address: str, record: Optional[Mapping[str, Any]] = None) -> None:
        self._api, self._address = api, address
        self._record: Mapping[str, Any] = record if record is not None else api.get(address)

    def refresh(self) -> RunView:
        self._record = self._api.get(self._address)
        return self

    @property
    def id(self) -> str:
        return str(self._record["id"])

    @property
    def name(self) -> Optional[str]:
        return self._record.get("name")

    @property
    def state(self) -> str:
        return str(self._record["state"])

    @property
    def tags(self) -> list[str]:
        return list(self._record.get("tags") or [])

    @property
    def notes(self) -> Optional[str]:
        return self._record.get("notes") or None

    @property
    def url(self) -> Optional[str]:
        return self._record.get("url")

    @property
    def config(self) -> dict[str, Any]:
        return dict(self._record.get("config") or {})

    @property
    def summary(self) -> dict[str, Any]:
        return dict(self._record.get("summary") or {})

    @property
    def keys(self) -> list[str]:
        """The keys that have points."""
        if "keys" not in self._record:  # a list of runs does not tell them
            self.refresh()
        return [str(key["key"] if isinstance(key, Mapping) else key) for key in self._record.get("keys") or []]

    def series(self, key: str, labels: Optional[Mapping[str, Any]] = None) -> Series:
        """Every point of one key; `labels={"rank": 3}` for one of several series."""
        query: list[tuple[str, Any]] = [("key", key)]
        if labels:
            query.append(("labels", ",".join(f"{name}:{value}" for name, value in labels.items())))
        return self._series(query).get(key, Series())

    def _series(self, query: list[tuple[str, Any]]) -> dict[str, Series]:
        found = self._api.get(f"{self._address}/series", query)
        return {
            key: Series(one["steps"], one["times"], [_number(value) for value in one["values"]], one.get("writers"))
            for key, one in found.items()
        }

    def scan_history(self, keys: Optional[list[str]] = None, stream: str = "default") -> Iterator[dict[str, Any]]:
        """Every step with what was logged at it, rising: `{"_step", "_timestamp", key: value, …}`; the last revision of each.

        Without `keys`: what the program logged; with `stream="system"` the telemetry, whose steps are milliseconds.
        """
        if stream not in ("default", "system"):
            raise UsageError(f"stream is {stream!r}; it is default or system")
        names = keys if keys is not None else [key for key in self.keys if key.startswith("system/") == (stream == "system")]
        rows: dict[int, dict[str, Any]] = {}
        for key in names:
            series = self.series(key)
            for step, time, value in zip(series.steps, series.times, series.values):
                row = rows.setdefault(step, {"_step": step, "_timestamp": time / 1000})
                row[key] = value
        for step in sorted(rows):
            yield rows[step]

    def history(self, samples: int = 500, keys: Optional[list[str]] = None, stream: str = "default") -> list[dict[str, Any]]:
        """At most `samples` rows of `scan_history`, evenly chosen, first and last among them."""
        rows = list(self.scan_history(keys, stream))
        if len(rows) <= samples or samples < 2:
            return rows[: max(0, samples)] if len(rows) > samples else rows
        return [rows[i * (len(rows) - 1) // (samples - 1)] for i in range(samples)]

    def __repr__(self) -> str:
        return f"<trackside run {self.id}, {self.state}>"


def _whole(text: str) -> Any:
    """JSON's -0 is a number of its own; Python would read the whole number 0."""
    return -0.0 if text == "-0" else int(text)


def _number(value: Any) -> float:
    return _NON_FINITE[value] if isinstance(value, str) else float(value)


def _address(path: str, parts: int) -> str:
    names = path.strip("/").split("/")
    if len(names) > parts and parts == 3 and names[-2] == "runs":
        names = [*names[:-2], names[-1]]
    if len(names) != parts or not all(names):
        raise UsageError(f"{path!r} is not {'workspace/project/run' if parts == 3 else 'workspace/project'}")
    quoted = [quote(name, safe="") for name in names]
    return f"{quoted[0]}/{quoted[1]}" + (f"/runs/{quoted[2]}" if parts == 3 else "")


def _server_error(error: HTTPError) -> ServerError:
    try:
        body = json.loads(error.read())["error"]
        return ServerError(str(body["code"]), str(body["message"]), error.code)
    except Exception:
        return ServerError("HTTP", error.reason or "the server answered an error", error.code)
