"""Which named objects may an argument hold? Initializers, regularizers, constraints, activations, recurrent cells."""

import inspect
from collections.abc import Iterable, Mapping

from builder.catalog.entry import Entry, Fields
from builder.catalog.limits import LARGEST_WIDTH
from builder.catalog.parameters import parameters
from builder.catalog.spec import Group, ObjectSpec

ABSTRACT = frozenset({"Initializer", "Regularizer", "Constraint"})
NOT_ELEMENTWISE = frozenset({"glu", "threshold"})
"""`glu` halves the last axis and `threshold` needs two numbers: neither works as the activation of a layer."""
POPULAR = ("relu", "sigmoid", "tanh", "softmax", "linear", "gelu", "silu", "leaky_relu", "elu", "selu")
"""Activations that stand first in a list; the others follow by name."""
NO_NAMES = frozenset({"Constant", "L1L2", "STFT"})
"""As bare strings `constant` fails (it wants a value), `l1l2` costs nothing (both shares 0), `stft` fits no kernel."""
CELLS = ("SimpleRNNCell", "GRUCell", "LSTMCell", "StackedRNNCells")
_NUMBER = {"kind": "float", "nullable": False, "holds": "", "basic": True}
_AXES = {"kind": "ints", "nullable": True, "basic": False}
_BOUND = {**_NUMBER, "minimum": 0.0, "maximum": None}
ENTRY = Entry(
    "",
    params={
        "value": _NUMBER, "gain": _NUMBER, "mean": _NUMBER, "minval": _NUMBER, "maxval": _NUMBER,
        "scale": _BOUND, "stddev": _BOUND, "max_value": _BOUND, "min_value": _BOUND, "factor": _BOUND,
        "input_axes": _AXES, "output_axes": _AXES,
    },
)  # fmt: skip
CHOICES: Mapping[str, Mapping[str, Fields]] = {
    "VarianceScaling": {
        "scale": {**_BOUND, "minimum": 1e-6},
        "mode": {"kind": "choice", "choices": ("fan_in", "fan_out", "fan_avg")},
        "distribution": {"kind": "choice", "choices": ("truncated_normal", "untruncated_normal", "uniform")},
    },
    "OrthogonalRegularizer": {"mode": {"kind": "choice", "choices": ("rows", "columns")}},
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
            yield ObjectSpec(group="activation", type=usual, names=_usual_first(usual, names))


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
        group=group, type=kind, names=kept, params=() if takes_nothing else parameters(cls, kind, entry)
    )


def _hidden(kind: str) -> frozenset[str]:
    return frozenset({"side", "window", "scaling", "periodic"}) if kind == "STFT" else frozenset()


def _cells(types: Iterable[str], named: tuple[ObjectSpec, ...]) -> Iterable[ObjectSpec]:
    import keras

    for name in types:
        entry = Entry("", params={"units": {"maximum": LARGEST_WIDTH}})
        params = parameters(getattr(keras.layers, name), name, entry, named)
        yield ObjectSpec(group="cell", type=name, names=(), params=params)


def _popularity(name: str) -> int:
    return POPULAR.index(name) if name in POPULAR else len(POPULAR)


def _usual_first(usual: str, names: Iterable[str]) -> tuple[str, ...]:
    return (usual, *(name for name in sorted(names) if name != usual))
