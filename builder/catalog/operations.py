"""Which functions of `keras.ops` can be drawn? A modest set, said by hand: what layers alone cannot do."""

import inspect

from builder.catalog import docstrings
from builder.catalog.limits import LARGEST_AXIS, LARGEST_RANK
from builder.catalog.spec import Dtype, Family, LayerSpec, ParamSpec, PortSpec

PAIR = (PortSpec(name="x1"), PortSpec(name="x2"))
ONE = (PortSpec(name="x"),)
LIST = (PortSpec(name="xs", many=True),)
AXIS = ParamSpec(
    name="axis",
    kind="int",
    default=None,
    nullable=True,
    minimum=-LARGEST_RANK,
    maximum=LARGEST_RANK,
    basic=True,
    start=-1,
    help="Axis to work along; -1 is the last.",
)
KEEPDIMS = ParamSpec(name="keepdims", kind="bool", default=False, help="Keep the axis, with length 1.")


def operations() -> tuple[LayerSpec, ...]:
    """The offered functions as specs of type `ops.<name>`; tensors are ports, everything else is in `args`."""
    needed = AXIS.model_copy(update={"nullable": False, "default": -1})
    shape = ParamSpec(
        name="newshape",
        kind="shape",
        required=True,
        minimum=-1,
        maximum=LARGEST_AXIS,
        basic=True,
        start=[-1, 4],
        help="The new shape, batch axis included; -1 is worked out.",
    )
    return (
        *(_operation(name, summary, "merge", PAIR) for name, summary in _PAIRS.items()),
        _operation("concatenate", "Puts tensors side by side", "merge", LIST, (needed,), "any"),
        *(_operation(name, summary, "shape", ONE, (AXIS, KEEPDIMS)) for name, summary in _REDUCTIONS.items()),
        _operation("reshape", "Another shape, batch axis included", "shape", ONE, (shape,), "any"),
        *(_operation(name, summary, "bend", ONE) for name, summary in _ELEMENTWISE.items()),
    )


_PAIRS = {
    "add": "Adds two tensors",
    "subtract": "First tensor minus the second",
    "multiply": "Multiplies two tensors, value by value",
    "divide": "Divides two tensors, value by value",
    "maximum": "The larger of two values, each",
    "minimum": "The smaller of two values, each",
    "matmul": "Matrix product of two tensors",
}
_REDUCTIONS = {
    "mean": "Averages along an axis",
    "sum": "Adds up along an axis",
    "max": "Largest value along an axis",
    "min": "Smallest value along an axis",
}
_ELEMENTWISE = {
    "abs": "Drops the sign of each value",
    "square": "Squares each value",
    "sqrt": "Square root of each value",
    "exp": "e to the power of each value",
    "log": "Natural logarithm of each value",
    "tanh": "Squeezes each value between -1 and 1",
    "sigmoid": "Squeezes each value between 0 and 1",
}


def _operation(
    name: str,
    summary: str,
    family: Family,
    ports: tuple[PortSpec, ...],
    args: tuple[ParamSpec, ...] = (),
    dtype: Dtype = "float",
) -> LayerSpec:
    import keras

    help_text = docstrings.opening(inspect.getdoc(getattr(keras.ops, name)) or "")
    return LayerSpec(
        type=f"ops.{name}",
        category="ops",
        family=family,
        summary=summary,
        help=help_text,
        inputs=ports,
        args=args,
        dtype=dtype,
    )
