"""Is this value what the argument takes? Plain values only; named objects and nested layers are judged by `arguments`.

Never raises, whatever the value is: NaN, numbers of a thousand digits, objects that are no JSON.
"""

import difflib
import math
from collections.abc import Callable
from dataclasses import dataclass

from builder.catalog import limits
from builder.catalog.spec import ParamSpec
from builder.catalog.words import clipped, either, number, shown
from builder.issues import IssueCode


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one argument, in words."""

    message: str
    fix: str | None = None
    code: IssueCode = IssueCode.BAD_ARGUMENT


def value_fault(spec: ParamSpec, value: object) -> Fault | None:
    """The first thing that is wrong with the value, or None."""
    if value is None:
        return None if spec.nullable else _wrong(spec, value)
    return _CHECKS[spec.kind](spec, value)


def needed(spec: ParamSpec) -> str:
    """What the argument takes, such as "a whole number from 1"."""
    whole, real = "a whole number" + _span(spec), "a number" + _span(spec)
    kinds = {
        "int": whole,
        "float": real,
        "bool": "true or false",
        "choice": either(spec.choices) if 0 < len(spec.choices) <= _FEW else "one of the listed names",
        "ints": _several(spec),
        "shape": f"a list of whole numbers{_span(spec)}",
        "text": "text",
        "json": _made_of(spec, real),
    }
    return kinds[spec.kind]


def whole(value: object) -> bool:
    """Whether this is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def real(value: object) -> bool:
    """Whether this is a number that float32 can hold; NaN and infinity are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value == value and -limits.LARGEST_FLOAT <= value <= limits.LARGEST_FLOAT


_FEW = 8


def _int(spec: ParamSpec, value: object) -> Fault | None:
    if not whole(value) or _below(spec, value):
        return _wrong(spec, value)
    return _too_large(spec, value) if _above(spec, value) else None


def _float(spec: ParamSpec, value: object) -> Fault | None:
    return None if _in_range(spec, value) else _wrong(spec, value)


def _bool(spec: ParamSpec, value: object) -> Fault | None:
    return None if isinstance(value, bool) else _wrong(spec, value)


def _choice(spec: ParamSpec, value: object) -> Fault | None:
    if isinstance(value, str) and value in spec.choices:
        return None
    return _wrong(spec, value, close(value, spec.choices))


def _ints(spec: ParamSpec, value: object) -> Fault | None:
    if not isinstance(value, list | tuple):
        return _int(spec, value) and _several_fault(spec, value)
    fits = len(value) == spec.length if spec.length else 1 <= len(value) <= limits.LARGEST_RANK
    if not fits or not all(whole(item) and not _below(spec, item) for item in value):
        return _wrong(spec, value)
    return next((_too_large(spec, item) for item in value if _above(spec, item)), None)


def _several_fault(spec: ParamSpec, value: object) -> Fault:
    return _too_large(spec, value) if whole(value) and _above(spec, value) else _wrong(spec, value)


def _shape(spec: ParamSpec, value: object) -> Fault | None:
    if spec.holds == "number_or_numbers" and whole(value):
        value = [value]
    if not isinstance(value, list | tuple) or len(value) > limits.LARGEST_RANK:
        return _wrong(spec, value)
    sizes = [item for item in value if not (item is None and spec.unknown)]
    if not all(whole(item) and item != 0 and not _below(spec, item) for item in sizes):
        return _wrong(spec, value)
    return _shape_size(spec, [int(item) for item in sizes])


def _shape_size(spec: ParamSpec, sizes: list[int]) -> Fault | None:
    too_long = next((_too_large(spec, item) for item in sizes if _above(spec, item)), None)
    product = math.prod(abs(item) for item in sizes)
    if too_long or product <= limits.LARGEST_SAMPLE:
        return too_long
    return Fault(
        f"{spec.name} makes {number(product)} numbers a row; at most {number(limits.LARGEST_SAMPLE)} are possible.",
        "Use smaller lengths.",
        IssueCode.TOO_LARGE,
    )


def _text(spec: ParamSpec, value: object) -> Fault | None:
    if not isinstance(value, str):
        return _wrong(spec, value)
    if len(value) > limits.LARGEST_TEXT:
        return Fault(
            f"{spec.name} can have at most {number(limits.LARGEST_TEXT)} characters; it has {number(len(value))}.",
            "Use a shorter text.",
            IssueCode.TOO_LARGE,
        )
    return None


def _json(spec: ParamSpec, value: object) -> Fault | None:
    if isinstance(value, list | tuple) and len(value) > limits.LARGEST_LIST:
        return Fault(
            f"{spec.name} can have at most {number(limits.LARGEST_LIST)} entries; it has {number(len(value))}.",
            "Use a shorter list.",
            IssueCode.TOO_LARGE,
        )
    return None if _HOLDS[spec.holds](spec, value) else _wrong(spec, value)


def _number_or_pair(spec: ParamSpec, value: object) -> bool:
    return _in_range(spec, value) or _pair(spec, value)


def _pair(spec: ParamSpec, value: object) -> bool:
    return (
        _numbers(spec, value) and isinstance(value, list | tuple) and len(value) == 2 and value[0] <= value[1]
    )


def _number_or_numbers(spec: ParamSpec, value: object) -> bool:
    return _in_range(spec, value) or _numbers(spec, value)


def _numbers(spec: ParamSpec, value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(_in_range(spec, item) for item in value)


def _integers(_: ParamSpec, value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(whole(i) and abs(i) < 2**63 for i in value)


def _words(_: ParamSpec, value: object) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    return all(isinstance(item, str) and len(item) <= limits.LARGEST_TEXT for item in value)


def _text_or_number(spec: ParamSpec, value: object) -> bool:
    return whole(value) or (isinstance(value, str) and len(value) <= limits.LARGEST_TEXT)


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
    return whole(value) and _in_range(spec, value)


def close(value: object, names: tuple[str, ...]) -> str | None:
    """ "Did you mean …?" if one of the names is close."""
    if not isinstance(value, str):
        return None
    lower = {name.lower(): name for name in names}
    found = difflib.get_close_matches(value[:100].lower(), lower, n=1, cutoff=0.6)
    return f"Did you mean {lower[found[0]]}?" if found else None


def _wrong(spec: ParamSpec, value: object, fix: str | None = None) -> Fault:
    return Fault(f"{clipped(spec.name)} must be {needed(spec)}; it is {shown(value)}.", fix)


def _too_large(spec: ParamSpec, value: object) -> Fault:
    most = _bound(spec.maximum or 0)
    return Fault(
        f"{spec.name} can be at most {most}; it is {shown(value)}.",
        "Use a smaller number.",
        IssueCode.TOO_LARGE,
    )


def _below(spec: ParamSpec, value: object) -> bool:
    return spec.minimum is not None and isinstance(value, int | float) and value < spec.minimum


def _above(spec: ParamSpec, value: object) -> bool:
    return spec.maximum is not None and isinstance(value, int | float) and value > spec.maximum


def _in_range(spec: ParamSpec, value: object) -> bool:
    return real(value) and not _below(spec, value) and not _above(spec, value)


def _span(spec: ParamSpec) -> str:
    """The range in words; an upper limit of whole numbers is told only when it is passed."""
    low, high = spec.minimum, spec.maximum
    counted = spec.kind in ("int", "ints", "shape") or spec.holds == "margins"
    if low is None:
        return ""
    return f" from {_bound(low)}" if counted or high is None else f" from {_bound(low)} to {_bound(high)}"


def _bound(value: float) -> str:
    """Without the ".0" that tells a decimal from a whole number elsewhere."""
    return number(int(value) if value == int(value) else value)


def _several(spec: ParamSpec) -> str:
    one = f"a whole number{_span(spec)}"
    if spec.length == 1:
        return one
    return f"{one}, or a list of {spec.length or 'several'}"


def _made_of(spec: ParamSpec, real_number: str) -> str:
    made = {
        "number_or_pair": f"{real_number}, or a list of two (low, high)",
        "pair": "a list of two numbers (low, high)",
        "number_or_numbers": f"{real_number}, or a list of numbers",
        "numbers": "a list of numbers",
        "integers": "a list of whole numbers",
        "words": "a list of words",
        "text_or_number": "a word or a whole number",
        "margins": f"a whole number{_span(spec)}, or one entry for each axis",
    }
    return made.get(spec.holds, "an object with type and params")


_CHECKS: dict[str, Callable[[ParamSpec, object], Fault | None]] = {
    "int": _int, "float": _float, "bool": _bool, "choice": _choice, "ints": _ints, "shape": _shape, "text": _text,
    "json": _json,
}  # fmt: skip
_HOLDS: dict[str, Callable[[ParamSpec, object], bool]] = {
    "": lambda spec, value: False,
    "number_or_pair": _number_or_pair, "pair": _pair, "number_or_numbers": _number_or_numbers, "numbers": _numbers,
    "integers": _integers, "words": _words, "text_or_number": _text_or_number, "margins": _margins,
}  # fmt: skip
