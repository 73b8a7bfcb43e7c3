"""What counts as a number: float64, bit for bit, from every library; the rest is refused with its reason."""

from __future__ import annotations

import decimal
import fractions
import math
from array import array
from struct import pack, unpack
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackside.column import ColumnReader, encode_floats, encode_whole
from trackside.flatten import flatten
from trackside.numbers import Refusal, check_key, to_number, to_step

np = pytest.importorskip("numpy")

any_float64 = st.integers(0, 2**64 - 1).map(lambda word: unpack("<d", pack("<Q", word))[0])
whole = st.integers(-(2**53) + 1, 2**53 - 1)


def bits(value: float) -> bytes:
    return pack("<d", value)


@given(any_float64)
def test_a_float_keeps_its_bits(value: float) -> None:
    number, rounded = to_number(value)
    assert bits(number) == bits(value) and not rounded


@given(st.integers(-(2**70), 2**70))
def test_a_whole_number_is_exact_or_counted_as_rounded(value: int) -> None:
    number, rounded = to_number(value)
    assert number == float(value)
    assert rounded == (int(number) != value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, 1.0),
        (decimal.Decimal("0.1"), 0.1),
        (fractions.Fraction(1, 3), 1 / 3),
        (np.float64(0.1), 0.1),
        (np.float32(0.1), float(np.float32(0.1))),
        (np.float16(0.1), float(np.float16(0.1))),
        (np.int64(-7), -7.0),
        (np.uint64(2**64 - 1), 2.0**64),
        (np.bool_(True), 1.0),
        (np.array(2.5), 2.5),
        (np.float64("-inf"), -math.inf),
    ],
)
def test_scalars_of_libraries_are_numbers(value: Any, expected: float) -> None:
    assert to_number(value)[0] == expected


def test_torch_scalars_are_numbers() -> None:
    torch = pytest.importorskip("torch")
    assert to_number(torch.tensor(2.5))[0] == 2.5
    assert to_number(torch.tensor(0.1, dtype=torch.bfloat16))[0] == float(torch.tensor(0.1, dtype=torch.bfloat16))
    assert to_number(torch.tensor(2**60 + 1)) == (float(2**60), True)
    assert to_number(torch.tensor(1.5, requires_grad=True))[0] == 1.5
    with pytest.raises(Refusal, match="shape"):
        to_number(torch.zeros(1))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("0.5", "text"),
        (b"1", "text"),
        ([1.0], "list"),
        ((1,), "tuple"),
        (np.zeros(3), "shape"),
        (np.array(1 + 2j), "complex"),
        (1j, "complex"),
        (object(), "object"),
        (10**400, "beyond"),
        (decimal.Decimal("1e400"), "beyond"),
        (np.datetime64("2026-01-01"), "datetime64"),
        (np.array("x"), "not a number"),
    ],
)
def test_the_rest_is_refused_with_its_reason(value: Any, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        to_number(value)


@given(whole)
def test_a_step_is_whole(step: int) -> None:
    assert to_step(step) == step
    assert to_step(np.int64(step)) == step
    if abs(step) < 2**52:
        assert to_step(float(step)) == step


@pytest.mark.parametrize("step", [0.5, math.nan, math.inf, 2**53, -(2**53), "3", None, [1], 1e300])
def test_a_step_that_is_not_whole_is_refused(step: Any) -> None:
    with pytest.raises(Refusal):
        to_step(step)


@pytest.mark.parametrize("key", ["", "a\0b", "\ud800", "ü" * 513])
def test_a_key_that_no_server_keeps_is_refused(key: str) -> None:
    with pytest.raises(Refusal):
        check_key(key)


def test_nested_keys_are_flattened_and_a_refused_item_costs_no_neighbour() -> None:
    refused: list[tuple[Any, str]] = []
    found, rounded = flatten(
        {"a": 1, "b": {"c": 2.5, "d": None, "e": "x"}, 3: 4, "big": 2**53 + 1}, lambda *item: refused.append(item)
    )
    assert found == {"a": 1.0, "b/c": 2.5, "big": float(2**53)}
    assert rounded == 1
    assert refused == [("b/e", "text is not a number"), ("3", "the key is not a string")]


def test_a_dict_that_holds_itself_is_refused() -> None:
    refused: list[Any] = []
    loop: dict[str, Any] = {"x": 1}
    loop["self"] = loop
    found, _ = flatten(loop, lambda *item: refused.append(item))
    assert found["x"] == 1.0 and "nested deeper" in refused[0][1]


def test_an_item_that_raises_is_refused() -> None:
    class Bad:
        def __float__(self) -> float:
            raise RuntimeError("no")

    refused: list[Any] = []
    found, _ = flatten({"bad": Bad(), "good": 1}, lambda *item: refused.append(item))
    assert found == {"good": 1.0} and "RuntimeError" in refused[0][1]


@given(st.lists(any_float64, max_size=60))
@settings(max_examples=300)
def test_a_column_of_floats_keeps_every_bit(values: list[float]) -> None:
    items = array("d", values)
    assert ColumnReader(encode_floats(items), 0).floats(len(items), "column").tobytes() == items.tobytes()


@given(st.lists(st.floats(width=32), max_size=60))
def test_a_column_that_float32_holds_keeps_every_bit(values: list[float]) -> None:
    items = array("d", values)
    assert ColumnReader(encode_floats(items), 0).floats(len(items), "column").tobytes() == items.tobytes()


evenly = st.builds(
    lambda a, b, n: [a + b * i for i in range(n)], st.integers(0, 10**12), st.integers(-500, 500), st.integers(0, 50)
)


@given(st.one_of(st.lists(whole, max_size=60), st.lists(st.integers(-100_000, 100_000), max_size=60), evenly))
def test_a_column_of_whole_numbers_is_exact(values: list[int]) -> None:
    data = encode_whole(values)
    assert ColumnReader(data, 0).whole(len(values), "steps") == values
    assert len(data) % 8 == 0 and len(data) <= 8 + 8 * max(1, len(values))
