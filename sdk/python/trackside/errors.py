"""What `init` and `Api` may raise. `log` raises nothing."""

from __future__ import annotations


class Error(Exception):
    """Anything that Trackside tells the caller by raising."""


class UsageError(Error):
    """The call cannot be meant like this: a wrong argument, or a clear no of the server to `resume`."""


class ServerError(Error):
    """The server answered a reading call with an error. `code` is its word for it, e.g. `NOT_FOUND`."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(f"{message} ({code}, HTTP {status})")
        self.code = code
        self.status = status
