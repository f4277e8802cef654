"""What does an argument take, in words? Such as "a whole number from 1"."""

from builder.catalog.spec import ParamSpec
from builder.catalog.words import either, number

FEW = 8
"""As many names are listed in a sentence; more are not."""


def needed(spec: ParamSpec) -> str:
    """What the argument takes, to stand behind "must be"."""
    kinds = {
        "int": f"a whole number{_span(spec)}",
        "float": f"a number{_span(spec)}",
        "bool": "true or false",
        "choice": either(spec.choices) if 0 < len(spec.choices) <= FEW else "one of the listed names",
        "ints": _several(spec),
        "shape": f"a list of whole numbers{_span(spec)}",
        "text": "text",
        "json": _made_of(spec),
    }
    return kinds[spec.kind]


def bound(value: float) -> str:
    """A limit, without the ".0" that tells a decimal from a whole number elsewhere."""
    return number(int(value) if value == int(value) else value)


def _span(spec: ParamSpec) -> str:
    """The range in words; an upper limit of whole numbers is told only when it is passed."""
    low, high = spec.minimum, spec.maximum
    counted = spec.kind in ("int", "ints", "shape") or spec.holds == "margins"
    if low is None:
        return ""
    return f" from {bound(low)}" if counted or high is None else f" from {bound(low)} to {bound(high)}"


def _several(spec: ParamSpec) -> str:
    one = f"a whole number{_span(spec)}"
    return one if spec.length == 1 else f"{one}, or a list of {spec.length or 'several'}"


def _made_of(spec: ParamSpec) -> str:
    one = f"a number{_span(spec)}"
    made = {
        "number_or_pair": f"{one}, or a list of two (low, high)",
        "pair": "a list of two numbers (low, high)",
        "number_or_numbers": f"{one}, or a list of numbers",
        "numbers": "a list of numbers",
        "integers": "a list of whole numbers",
        "words": "a list of words",
        "text_or_number": "a word or a whole number",
        "margins": f"a whole number{_span(spec)}, or one entry for each axis",
    }
    return made.get(spec.holds, "an object with type and params")
