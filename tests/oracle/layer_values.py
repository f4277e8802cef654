"""Which values does the catalogue call fine for an argument? A few for each kind, at and inside its limits."""

from builder.catalog.lookup import catalog
from builder.catalog.spec import ParamSpec

LARGE_ENOUGH = 9
"""Limits of size are far above what a test may build."""


def fine_values(param: ParamSpec) -> list[object]:
    """Values that `check_arguments` must accept and that Keras must then accept too."""
    values = _OF_KIND[param.kind](param)
    return [*values, None] if param.nullable else values


def _ints(param: ParamSpec) -> list[object]:
    low = int(param.minimum if param.minimum is not None else -3)
    high = int(min(param.maximum if param.maximum is not None else LARGE_ENOUGH, LARGE_ENOUGH))
    return sorted({low, max(low, 1), high})


def _lists(param: ParamSpec) -> list[object]:
    length = param.length or 1
    return [*_ints(param), [value for value in (max(int(param.minimum or 1), 1),) for _ in range(length)]]


def _floats(param: ParamSpec) -> list[object]:
    low = param.minimum if param.minimum is not None else -1.5
    high = param.maximum if param.maximum is not None else max(low, 2.0)
    return sorted({float(low), (low + high) / 2, float(high)})


def _choices(param: ParamSpec) -> list[object]:
    if not param.group:
        return list(param.choices)
    objects = [{"type": spec.type} for spec in catalog().objects if spec.group == param.group]
    return [*param.choices, *([] if param.group == "activation" else objects)]


def _json(param: ParamSpec) -> list[object]:
    low, middle, high = (_floats(param) * 3)[:3]
    held = {
        "number_or_pair": [low, high, [low, middle]],
        "pair": [[0.0, 1.0], [0, 255]],
        "number_or_numbers": [low, [middle], [low, high]],
        "numbers": [[low], [low, high]],
        "integers": [[1], [3, 1, 2]],
        "words": [["a"], ["b", "a"]],
        "text_or_number": ["a", 1],
        "margins": [0, 2, [1, 2, 1][: param.length] if param.length != 1 else [1, 2]],
    }
    return held.get(param.holds, [param.start] if param.start is not None else [])


_OF_KIND = {
    "int": _ints, "ints": _lists, "float": _floats, "choice": _choices, "json": _json,
    "bool": lambda param: [True, False],
    "text": lambda param: [param.start or param.default or "a"],
    "shape": lambda param: [[2], [2, 3], [None, 3] if param.unknown else [3], [-1, 2] if param.minimum == -1 else [4]],
}  # fmt: skip
