"""Is this value what the argument takes? Plain values only; named objects and nested layers are judged by `arguments`.

Never raises, whatever the value is: NaN, numbers of a thousand digits, objects that are no JSON.
"""

import math
from collections.abc import Callable

from builder.catalog import limits
from builder.catalog.faults import Fault, guess, too_large, too_long, wrong
from builder.catalog.holds import holds
from builder.catalog.ranges import above, below, in_range, whole
from builder.catalog.spec import ParamSpec
from builder.catalog.words import number
from builder.issues import IssueCode


def value_fault(spec: ParamSpec, value: object) -> Fault | None:
    """The first thing that is wrong with the value, or None."""
    if value is None:
        return None if spec.nullable else wrong(spec, value)
    return _CHECKS[spec.kind](spec, value)


def _int(spec: ParamSpec, value: object) -> Fault | None:
    if not whole(value) or below(spec, value):
        return wrong(spec, value)
    return too_large(spec, value) if above(spec, value) else None


def _float(spec: ParamSpec, value: object) -> Fault | None:
    return None if in_range(spec, value) else wrong(spec, value)


def _bool(spec: ParamSpec, value: object) -> Fault | None:
    return None if isinstance(value, bool) else wrong(spec, value)


def _choice(spec: ParamSpec, value: object) -> Fault | None:
    if isinstance(value, str) and value in spec.choices:
        return None
    return wrong(spec, value, guess(value, spec.choices))


def _ints(spec: ParamSpec, value: object) -> Fault | None:
    """One whole number, which means all equal, or a list of them."""
    if not isinstance(value, list | tuple):
        return _int(spec, value)
    fits = len(value) == spec.length if spec.length else 1 <= len(value) <= limits.LARGEST_RANK
    if not fits or not all(whole(item) and not below(spec, item) for item in value):
        return wrong(spec, value)
    return next((too_large(spec, item) for item in value if above(spec, item)), None)


def _shape(spec: ParamSpec, value: object) -> Fault | None:
    if spec.holds == "number_or_numbers" and whole(value):
        value = [value]
    if not isinstance(value, list | tuple) or len(value) > limits.LARGEST_RANK:
        return wrong(spec, value)
    sizes = [item for item in value if not (item is None and spec.unknown)]
    if not all(whole(item) and item != 0 and not below(spec, item) for item in sizes):
        return wrong(spec, value)
    return _shape_size(spec, [int(item) for item in sizes])


def _shape_size(spec: ParamSpec, sizes: list[int]) -> Fault | None:
    longest = next((too_large(spec, item) for item in sizes if above(spec, item)), None)
    product = math.prod(abs(item) for item in sizes)
    if longest or product <= limits.LARGEST_SAMPLE:
        return longest
    most = number(limits.LARGEST_SAMPLE)
    message = f"{spec.name} makes {number(product)} numbers a row; at most {most} are possible."
    return Fault(message, "Use smaller lengths.", IssueCode.TOO_LARGE)


def _text(spec: ParamSpec, value: object) -> Fault | None:
    if not isinstance(value, str):
        return wrong(spec, value)
    if len(value) > limits.LARGEST_TEXT:
        return too_long(spec, "characters", number(limits.LARGEST_TEXT), number(len(value)))
    return None


def _json(spec: ParamSpec, value: object) -> Fault | None:
    if isinstance(value, list | tuple) and len(value) > limits.LARGEST_LIST:
        return too_long(spec, "entries", number(limits.LARGEST_LIST), number(len(value)))
    return None if holds(spec, value) else wrong(spec, value)


_CHECKS: dict[str, Callable[[ParamSpec, object], Fault | None]] = {
    "int": _int,
    "ints": _ints,
    "float": _float,
    "bool": _bool,
    "choice": _choice,
    "shape": _shape,
    "text": _text,
    "json": _json,
}
