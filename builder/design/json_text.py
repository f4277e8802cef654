"""How is untrusted JSON read safely? Bounded in size and depth before parsing, strict while parsing."""

import json
import math
import re
from typing import NoReturn

from pydantic import JsonValue

from builder.errors import Unreadable

MAX_BYTES = 8_000_000
"""A drawing of 1000 layers takes 0.3 MB."""
MAX_DEPTH = 64
"""Nested networks cost three levels each; Python's own parser gives up near 1000."""

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


def parse(text: str | bytes, what: str = "The file") -> JsonValue:
    """The JSON value in `text`.

    Raises:
        Unreadable: Too long, too deep, not UTF-8, not JSON, a key given twice, or a number that is not finite.
    """
    if len(text) > MAX_BYTES:
        raise Unreadable(
            f"{what} has {len(text):,} bytes;", f"at most {MAX_BYTES:,} are read.", "Save a smaller network."
        )
    decoded = _decode(text, what)
    if _depth(decoded) > MAX_DEPTH:
        raise Unreadable(f"{what} nests brackets more than {MAX_DEPTH} deep.", "No network needs that.")
    try:
        value: JsonValue = json.loads(
            decoded, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_unique_keys
        )
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{what} is not JSON: line {error.lineno}, column {error.colno}.",
            remedy="Open a file saved here.",
        ) from None
    except ValueError as error:
        raise Unreadable(f"{what} cannot be read: {error}.") from None
    return value


def _decode(text: str | bytes, what: str) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{what} is not text in UTF-8.", remedy="Open a .json file saved here.") from None


def _depth(text: str) -> int:
    deepest = depth = 0
    for match in _BRACKETS.finditer(_STRINGS.sub('""', text)):
        depth += 1 if match.group() in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits[:20]} is beyond the largest number")
    return value


def _unique_keys(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice[:40]!r} stands twice in one object")
    return unique
