"""What counts as a number, a step and a key."""

from __future__ import annotations

from typing import Any

LARGEST_STEP = 2**53 - 1
LONGEST_KEY = 1024
"""Bytes of UTF-8."""
_INFINITY = float("inf")


class Refusal(Exception):
    """Why one item cannot be logged; never leaves the package."""


def to_number(value: Any) -> tuple[float, bool]:
    """`value` as float64, and whether it had to be rounded for that. Raises Refusal with the reason.

    A scalar on a device is fetched, as `float(value)` does.
    """
    if isinstance(value, float):
        return float(value), False
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, (str, bytes, bytearray)):
        raise Refusal("text is not a number")
    if isinstance(value, (list, tuple, set, frozenset, range)):
        raise Refusal(f"a {type(value).__name__} is not a number")
    shape = getattr(value, "shape", None)
    if shape is not None:
        return _scalar(value, shape)
    if type(value).__module__ in ("decimal", "fractions", "_decimal", "_pydecimal"):
        return _convert(value), False
    if hasattr(value, "__float__") and not hasattr(value, "__len__") and not isinstance(value, complex):
        return _convert(value), False
    raise Refusal(f"a {type(value).__name__} is not a number")


def _whole(value: int) -> tuple[float, bool]:
    try:
        number = float(value)
    except OverflowError:
        raise Refusal("a whole number beyond the range of float64") from None
    return number, int(number) != value


def _scalar(value: Any, shape: Any) -> tuple[float, bool]:
    """numpy, torch, jax and tensorflow: scalars and 0-d arrays have an empty shape."""
    try:
        sizes = tuple(shape)
    except TypeError:
        raise Refusal(f"a {type(value).__name__} is not a number") from None
    if sizes != ():
        raise Refusal(f"an array of shape {sizes} is not a number".replace(",)", ")"))
    kind = str(getattr(value, "dtype", ""))
    if "complex" in kind:
        raise Refusal("a complex number is not a float64")
    if "int" in kind:
        try:
            return _whole(int(value))
        except (TypeError, ValueError):
            raise Refusal(f"{kind} is not a number") from None
    if kind.startswith(("datetime", "timedelta", "<U", "|S", "<M8", "<m8", "object", "string")):
        raise Refusal(f"{kind} is not a number")
    return _convert(value), False


def _convert(value: Any) -> float:
    try:
        # `item` is what torch wants for a tensor that requires a gradient: float() would warn.
        number = float(value.item()) if hasattr(value, "item") else float(value)
        beyond = number in (_INFINITY, -_INFINITY) and not bool(value == number)
    except OverflowError:
        beyond = True
    except Exception as error:
        raise Refusal(f"a {type(value).__name__} that cannot be read: {type(error).__name__}") from None
    if beyond:
        raise Refusal(f"a {type(value).__name__} beyond the range of float64")
    return number


def to_step(value: Any) -> int:
    """A whole step within ±(2^53 − 1); whole floats and scalars of arrays are taken. Raises Refusal."""
    if type(value) is not int:
        if isinstance(value, (str, bytes)) or value is None:
            raise Refusal("the step is not a whole number")
        if isinstance(value, int):
            value = int(value)
        else:
            number, rounded = to_number(value)
            if rounded:
                raise Refusal("the step is beyond 2^53 - 1")
            if number != number or number in (_INFINITY, -_INFINITY) or number != int(number):
                raise Refusal("the step is not a whole number")
            value = int(number)
    if not -LARGEST_STEP <= value <= LARGEST_STEP:
        raise Refusal("the step is beyond 2^53 - 1")
    return value


def check_key(key: Any) -> str:
    """A metric's name: 1 to 1,024 bytes of UTF-8, without NUL. Raises Refusal."""
    if not isinstance(key, str):
        raise Refusal("the key is not a string")
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        raise Refusal("the key holds half a surrogate pair") from None
    if length == 0:
        raise Refusal("the key is empty")
    if length > LONGEST_KEY:
        raise Refusal(f"the key is longer than {LONGEST_KEY} bytes")
    if "\0" in key:
        raise Refusal("the key holds a NUL")
    return str(key)
