"""Keys: what `trackside login` remembers, and what a launch hands to the agent of its folder."""

from __future__ import annotations

import hashlib
import os
import re

from .errors import UsageError
from .folder import read_json, replace_json

DEFAULT_BASE_URL = "http://127.0.0.1:3000"
_KEY = re.compile(r"[A-Za-z0-9_-]{40,}\Z")


def clean_url(url: str) -> str:
    """The address without a slash at its end; `localhost:3000` gets its scheme."""
    url = url.strip().rstrip("/")
    return url if "://" in url else f"http://{url}"


def key_hint(key: str) -> str:
    """The first 12 hex digits of the key's SHA-256: names a key without telling it."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def credentials_path() -> str:
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(config, "trackside", "credentials.json")


def _remembered() -> dict[str, str]:
    """Keys by address, in order of login."""
    known = read_json(credentials_path())
    return {url: key for url, key in known.items() if isinstance(key, str)} if isinstance(known, dict) else {}


def remembered_key(base_url: str) -> str | None:
    return _remembered().get(clean_url(base_url))


def named_base_url() -> str | None:
    """The variables' address."""
    named = os.environ.get("TRACKSIDE_BASE_URL") or os.environ.get("WANDB_BASE_URL")
    return clean_url(named) if named else None


def last_login() -> str | None:
    """The address that was logged in to last."""
    return next(reversed(list(_remembered())), None)


def default_base_url() -> str:
    """Where to go when nobody says: the variables' address, else the one last logged in to, else this machine's."""
    return named_base_url() or last_login() or DEFAULT_BASE_URL


def missing_key(base_url: str) -> str:
    """Says that there is no key for this server, and what to do about it."""
    others = [url for url in _remembered() if url != base_url]
    if not others:
        return f"no API key for {base_url}: set TRACKSIDE_API_KEY or run `trackside login --host {base_url}`"
    there = f"there is one for {others[-1]}: set TRACKSIDE_BASE_URL={others[-1]} if that is meant"
    return f"no API key for {base_url}; {there}, else run `trackside login --host {base_url}`"


def login(key: str | None = None, host: str | None = None) -> bool:
    """Remembers an API key for a server, for this user of this machine (a file of mode 600).

    Without `key`, asks at the terminal; False where there is none and none was remembered. Nothing is sent. UsageError for
    what cannot be a key. The server that was logged in to last is where trainings and `Api()` go when nothing else is said;
    a `host` that is named is also where the rest of this process goes.
    """
    base_url = clean_url(host) if host else default_base_url()
    if key is None:
        import sys
        from getpass import getpass

        if not sys.stdin.isatty():
            _go_to(host)
            return remembered_key(base_url) is not None
        key = getpass(f"API key for {base_url} (from {base_url}, Settings, Keys): ")
    key = check_key(key, base_url)
    _go_to(host)
    path = credentials_path()
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    known = _remembered()
    known.pop(base_url, None)
    replace_json(path, {**known, base_url: key}, mode=0o600)
    return True


def _go_to(host: str | None) -> None:
    if host:
        os.environ["TRACKSIDE_BASE_URL"] = clean_url(host)


def check_key(key: str, base_url: str) -> str:
    """The key without white space around it; UsageError says where to get one where it cannot be one."""
    clean = key.strip() if isinstance(key, str) else ""
    if _KEY.match(clean):
        return clean
    wrong = "that is no API key: 40 or more of A-Z a-z 0-9 _ -" if clean else "the API key is empty"
    raise UsageError(f"{wrong}; make one at {base_url}: your workspace, Settings, Keys")


def hand_over(folder: str, base_url: str, key: str) -> str:
    """Puts a key where the folder's agent finds it; answers its hint for the journal's header."""
    import fcntl

    hint = key_hint(key)
    path = os.path.join(folder, "keys.json")
    known = read_json(path)
    if isinstance(known, dict) and known.get(base_url, {}).get(hint) == key:
        return hint
    guard = os.open(path + ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(guard, fcntl.LOCK_EX)
        known = read_json(path)
        known = known if isinstance(known, dict) else {}
        replace_json(path, {**known, base_url: {**known.get(base_url, {}), hint: key}}, mode=0o600)
    finally:
        os.close(guard)
    return hint


def find_keys(folder: str, base_url: str, hint: str | None) -> list[str]:
    """The keys for a journal, each tried when the ones before it were refused.

    The one its hint names, the folder's for that server with the last one first, the variables', the one logged in with.
    """
    known = read_json(os.path.join(folder, "keys.json"))
    mine = known.get(base_url) if isinstance(known, dict) else None
    mine = mine if isinstance(mine, dict) else {}
    variable = os.environ.get("TRACKSIDE_API_KEY") or os.environ.get("WANDB_API_KEY")
    found = [mine.get(hint), *reversed(list(mine.values())), variable, remembered_key(base_url)]
    return list(dict.fromkeys(key for key in found if key))
