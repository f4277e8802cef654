"""Which named objects may an argument hold? Initializers, regularizers, constraints, activations, recurrent cells."""

import inspect
from collections.abc import Iterable, Mapping

from builder.catalog.entry import Entry, Fields
from builder.catalog.limits import LARGEST_RANK, LARGEST_WIDTH
from builder.catalog.object_words import SUMMARIES
from builder.catalog.parameters import parameters
from builder.catalog.rules import CELLS
from builder.catalog.spec import Group, ObjectSpec

ABSTRACT = frozenset({"Initializer", "Regularizer", "Constraint"})
NOT_ELEMENTWISE = frozenset({"glu", "threshold"})
"""`glu` halves the last axis and `threshold` needs two numbers: neither works as the activation of a layer."""
POPULAR = ("relu", "sigmoid", "tanh", "softmax", "linear", "gelu", "silu", "leaky_relu", "elu", "selu")
"""Activations that stand first in a list; the others follow by name."""
NO_NAMES = frozenset({"Constant", "L1L2", "STFT"})
"""As bare strings `constant` fails (it wants a value), `l1l2` costs nothing (both shares 0), `stft` fits no kernel."""
_NUMBER = {"kind": "float", "nullable": False, "holds": "", "basic": True}
_AXES = {
    "kind": "ints",
    "nullable": True,
    "basic": False,
    "minimum": -LARGEST_RANK,
    "maximum": LARGEST_RANK,
}
_BOUND = {**_NUMBER, "minimum": 0.0, "maximum": None}
ENTRY = Entry(
    "",
    params={
        "value": _NUMBER, "gain": _NUMBER, "minval": _NUMBER, "maxval": _NUMBER,
        "mean": {**_NUMBER, "help": "Middle of the numbers that are drawn."},
        "scale": {**_BOUND, "help": "Factor on the spread."},
        "stddev": {**_BOUND, "help": "How far the numbers spread."},
        "max_value": {**_BOUND, "help": "Longest that a weight vector may be."},
        "min_value": {**_BOUND, "help": "Shortest that a weight vector may be."},
        "factor": {**_BOUND, "help": "How much likeness costs."},
        "rate": {"help": "How strongly the bounds are enforced, 0 to 1."},
        "axis": {"help": "Axes along which a weight vector's length is taken; 0 for dense layers."},
        "input_axes": _AXES, "output_axes": _AXES,
    },
)  # fmt: skip
CHOICES: Mapping[str, Mapping[str, Fields]] = {
    "VarianceScaling": {
        "scale": {**_BOUND, "minimum": 1e-6, "help": "Factor on the spread; above 0."},
        "mode": {
            "kind": "choice",
            "choices": ("fan_in", "fan_out", "fan_avg"),
            "help": "What the spread is set by: inputs, outputs, or the mean of both.",
        },
        "distribution": {
            "kind": "choice",
            "choices": ("truncated_normal", "untruncated_normal", "uniform"),
            "help": "Bell-shaped without far-off values, bell-shaped, or even.",
        },
    },
    "OrthogonalRegularizer": {
        "mode": {
            "kind": "choice",
            "choices": ("rows", "columns"),
            "help": "Which of the weight table shall differ from each other.",
        }
    },
}
"""What else the rules by name cannot know."""


def objects() -> tuple[ObjectSpec, ...]:
    """All closed sets, sorted by group and type; a cell's own arguments draw on the sets before it."""
    import keras

    named = (
        *_activations(),
        *_classes("initializer", keras.src.initializers.ALL_OBJECTS_DICT),
        *_classes("regularizer", keras.src.regularizers.ALL_OBJECTS_DICT),
        *_classes("constraint", keras.src.constraints.ALL_OBJECTS_DICT),
    )
    return (*named, *_cells(CELLS, named))


def _activations() -> Iterable[ObjectSpec]:
    import keras

    found: dict[str, list[str]] = {}
    for name, function in sorted(keras.src.activations.ALL_OBJECTS_DICT.items()):
        found.setdefault(function.__name__, []).append(name)
    for usual, names in sorted(found.items(), key=lambda item: (_popularity(item[0]), item[0])):
        if usual not in NOT_ELEMENTWISE:
            yield ObjectSpec(
                group="activation",
                type=usual,
                names=_usual_first(usual, names),
                summary=SUMMARIES.get(usual, ""),
            )


def _classes(group: Group, by_name: Mapping[str, type]) -> Iterable[ObjectSpec]:
    found: dict[type, list[str]] = {}
    for name, cls in by_name.items():
        found.setdefault(cls, []).append(name)
    for cls, names in sorted(found.items(), key=lambda pair: pair[0].__name__):
        if cls.__name__ not in ABSTRACT:
            yield _class(group, cls, sorted(names))


def _class(group: Group, cls: type, names: list[str]) -> ObjectSpec:
    kind = cls.__name__
    entry = Entry("", params={**ENTRY.params, **CHOICES.get(kind, {})}, hide=_hidden(kind))
    takes_nothing = "args" in inspect.signature(cls).parameters
    lower = [name for name in names if name.islower()]
    usual = max(lower, key=len, default=kind)
    kept = () if kind in NO_NAMES else _usual_first(usual, names)
    return ObjectSpec(
        group=group,
        type=kind,
        names=kept,
        summary=SUMMARIES.get(kind, ""),
        params=() if takes_nothing else parameters(cls, kind, entry),
    )


def _hidden(kind: str) -> frozenset[str]:
    return frozenset({"side", "window", "scaling", "periodic"}) if kind == "STFT" else frozenset()


def _cells(types: Iterable[str], named: tuple[ObjectSpec, ...]) -> Iterable[ObjectSpec]:
    import keras

    for name in types:
        entry = Entry("", params={"units": {"maximum": LARGEST_WIDTH}})
        params = parameters(getattr(keras.layers, name), name, entry, named)
        yield ObjectSpec(group="cell", type=name, names=(), summary=SUMMARIES.get(name, ""), params=params)


def _popularity(name: str) -> int:
    return POPULAR.index(name) if name in POPULAR else len(POPULAR)


def _usual_first(usual: str, names: Iterable[str]) -> tuple[str, ...]:
    return (usual, *(name for name in sorted(names) if name != usual))
