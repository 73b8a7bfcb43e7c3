"""Trackside: metrics, telemetry and environment of a training, streamed live and lost never.

    import trackside
    with trackside.init(project="mnist", config={"lr": 1e-3}) as run:
        run.log({"train/loss": 0.3})

Importing this package starts nothing and reads no file; everything is loaded on first use.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .api import Api as Api
    from .credentials import login as login
    from .current import define_metric as define_metric
    from .current import finish as finish
    from .current import init as init
    from .current import log as log
    from .errors import Error as Error
    from .errors import UsageError as UsageError
    from .mapping import Config, Summary
    from .run import Run as Run
    from .settings import Settings as Settings

    run: Run | None
    config: Config
    summary: Summary

__version__ = "0.1.0"
__all__ = ["Api", "Error", "Run", "Settings", "UsageError", "config", "define_metric", "finish", "init", "log", "login", "run", "summary"]

_HOMES = {
    "Api": "api",
    "Error": "errors",
    "Run": "run",
    "Settings": "settings",
    "UsageError": "errors",
    "define_metric": "current",
    "finish": "current",
    "init": "current",
    "log": "current",
    "login": "credentials",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'trackside' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"trackside.{home}"), name)
    globals()[name] = value
    return value


def _current(name: str) -> property:
    def read(_package: object) -> object:
        if "trackside.current" not in sys.modules and name == "run":
            return None
        from . import current

        return getattr(current, f"current_{name}")()

    # The import system binds the submodule `trackside.run` to the package; the name belongs to the current run.
    return property(read, lambda _package, _module: None)


class _Package(type(sys)):  # type: ignore[misc]
    run = _current("run")
    config = _current("config")
    summary = _current("summary")


sys.modules[__name__].__class__ = _Package
