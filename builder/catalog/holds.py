"""Is a JSON value made of what the argument holds: numbers, words, pairs, margins? No dict is ever fine here."""

from collections.abc import Callable

from builder.catalog.limits import LARGEST_TEXT
from builder.catalog.ranges import in_range, whole
from builder.catalog.spec import ParamSpec

LARGEST_INT64 = 2**63 - 1


def holds(spec: ParamSpec, value: object) -> bool:
    """Whether the value is made of what `spec.holds` says."""
    return _CHECKS[spec.holds](spec, value)


def _number_or_pair(spec: ParamSpec, value: object) -> bool:
    return in_range(spec, value) or _pair(spec, value)


def _pair(spec: ParamSpec, value: object) -> bool:
    return (
        _numbers(spec, value) and isinstance(value, list | tuple) and len(value) == 2 and value[0] <= value[1]
    )


def _number_or_numbers(spec: ParamSpec, value: object) -> bool:
    return in_range(spec, value) or _numbers(spec, value)


def _numbers(spec: ParamSpec, value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(in_range(spec, item) for item in value)


def _integers(_: ParamSpec, value: object) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(whole(item) and abs(item) <= LARGEST_INT64 for item in value)


def _words(_: ParamSpec, value: object) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(isinstance(item, str) and len(item) <= LARGEST_TEXT for item in value)


def _text_or_number(_: ParamSpec, value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LARGEST_TEXT
    return isinstance(value, int) and whole(value) and abs(value) <= LARGEST_INT64


def _margins(spec: ParamSpec, value: object) -> bool:
    """One number for all sides; one for each axis; or a pair (before, after) for each axis. 1D: a number or a pair."""
    if not isinstance(value, list | tuple):
        return _margin(spec, value)
    if spec.length == 1:
        return len(value) == 2 and all(_margin(spec, item) for item in value)
    return len(value) == spec.length and all(
        _margin(spec, item) or _margin_pair(spec, item) for item in value
    )


def _margin_pair(spec: ParamSpec, value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(_margin(spec, item) for item in value)


def _margin(spec: ParamSpec, value: object) -> bool:
    return whole(value) and in_range(spec, value)


_CHECKS: dict[str, Callable[[ParamSpec, object], bool]] = {
    "": lambda spec, value: False,
    "number_or_pair": _number_or_pair,
    "pair": _pair,
    "number_or_numbers": _number_or_numbers,
    "numbers": _numbers,
    "integers": _integers,
    "words": _words,
    "text_or_number": _text_or_number,
    "margins": _margins,
}
