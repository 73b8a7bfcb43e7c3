"""Secrets are taken out by name before anything leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Mapping

HIDDEN = "[redacted]"
_NAME = re.compile(r"(key|token|secret|passw|passwd|pwd|credential|auth|cookie|session|private|signature|dsn)", re.IGNORECASE)
_HARMLESS = re.compile(
    r"(keys?[_\-]?(dim|size|name|value)|tokeni[sz]er|max[_\-]?tokens?|num[_\-]?tokens?|n[_\-]?tokens?|tokens?[_\-]per|author)",
    re.IGNORECASE,
)
_SHORT_OPTION = re.compile(r"-{1,2}(p|pw|pass)\Z", re.IGNORECASE)
_SHAPE = re.compile(
    r"(tsk-[A-Za-z0-9_\-]{20,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|hf_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_\-]{20,}"
    r"|xox[abprs]-[A-Za-z0-9\-]{10,}|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]+)"
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL)
# password = "…", "api_key": "…", ?token=…, DB_PASSWORD=… at the start of a line: the name decides, the value goes.
_QUOTED = re.compile(r"(?<![\w.\-])([\w.\-]{1,64})([\"']?\s{0,8}[:=]\s{0,8}[\"'])[^\"'\n]{4,}(?=[\"'])")
_BARE = re.compile(r"(?<![\w.\-])([\w.\-]{1,64})(=)[^&\s\"'()\[\]{}]{4,}")
_HOLDS = re.compile(
    r"(api|access|private|secret|signing|encryption|auth)[_\-.]?key|secret|token|passw|passwd|pwd|credential", re.IGNORECASE
)
_LOGIN_IN_URL = re.compile(r"(?<![a-z0-9+.\-])([a-z][a-z0-9+.\-]{0,30}://)[^/\s@]+@", re.IGNORECASE)


def is_secret(name: str) -> bool:
    """Whether a variable or an option of this name holds a secret."""
    return bool(_NAME.search(name)) and not _HARMLESS.search(name)


def redact_text(text: str) -> str:
    """Without private keys, logins in addresses, values given to secret names, and well-known kinds of key."""
    text = _PRIVATE_KEY.sub(HIDDEN, text)
    text = _LOGIN_IN_URL.sub(rf"\g<1>{HIDDEN}@", text)
    text = _SHAPE.sub(HIDDEN, text)
    return _BARE.sub(_without_value, _QUOTED.sub(_without_value, text))


def _without_value(given: re.Match[str]) -> str:
    name, to = given.groups()
    return f"{name}{to}{HIDDEN}" if _HOLDS.search(name) and not _HARMLESS.search(name) else given[0]


def redact_arguments(arguments: list[str]) -> list[str]:
    """`--password x`, `--password=x`, `PASSWORD=x` and `-p x` keep their name only."""
    shown: list[str] = []
    hide_next = False
    for argument in arguments:
        name, equals, _ = argument.partition("=")
        if hide_next and not argument.startswith("-"):
            shown.append(HIDDEN)
        elif equals and _asks_for_secret(name):
            shown.append(f"{name}={HIDDEN}")
        else:
            shown.append(redact_text(argument))
        hide_next = not equals and argument.startswith("-") and _asks_for_secret(argument)
    return shown


def _asks_for_secret(option: str) -> bool:
    """`-p` may be a port: hiding one costs less than showing a password."""
    return is_secret(option) or bool(_SHORT_OPTION.match(option))


def redact_variables(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: HIDDEN if is_secret(name) else redact_text(value) for name, value in variables.items()}
