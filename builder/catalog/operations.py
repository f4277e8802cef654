"""Which functions of `keras.ops` can be drawn? A modest set, said by hand: what layers alone cannot do."""

import inspect
from collections.abc import Iterator

from builder.catalog import docstrings
from builder.catalog.limits import LARGEST_AXIS, LARGEST_RANK
from builder.catalog.spec import Dtype, Family, LayerSpec, ParamSpec, PortSpec

PAIR = (PortSpec(name="x1"), PortSpec(name="x2"))
ONE = (PortSpec(name="x"),)
LIST = (PortSpec(name="xs", many=True),)
STACK = (PortSpec(name="x", many=True),)
DTYPES = ("float32", "int32", "int64", "bool", "float16", "bfloat16")

AXIS = ParamSpec(
    name="axis", kind="int", default=-1, minimum=-LARGEST_RANK, maximum=LARGEST_RANK, basic=True, start=-1,
    help="Axis to work along; 0 is the batch, -1 the last.",
)  # fmt: skip
ANY_AXIS = AXIS.model_copy(
    update={
        "kind": "ints",
        "default": None,
        "nullable": True,
        "help": "Axis to work along, or several; 0 is the batch, -1 the last.",
    }
)
NEW_AXIS = AXIS.model_copy(
    update={
        "kind": "ints",
        "default": None,
        "required": True,
        "help": "Where the new axis goes; -1: last. Several are possible.",
    }
)
KEEPDIMS = ParamSpec(name="keepdims", kind="bool", default=False, help="Keep the axis, with length 1.")
SHAPE = ParamSpec(
    name="newshape", kind="shape", required=True, minimum=-1, maximum=LARGEST_AXIS, basic=True, start=[-1, 4],
    help="The new shape, batch axis included; -1 is worked out.",
)  # fmt: skip
ORDER = ParamSpec(
    name="axes", kind="ints", nullable=True, minimum=-LARGEST_RANK, maximum=LARGEST_RANK, basic=True, start=[0, 2, 1],
    help="The old axes in their new order, batch axis included.",
)  # fmt: skip
CAST = ParamSpec(
    name="dtype",
    kind="choice",
    choices=DTYPES,
    required=True,
    basic=True,
    start="float32",
    help="Type of the numbers.",
)
KEY = ParamSpec(
    name="key",
    kind="text",
    required=True,
    basic=True,
    start=":, 0",
    help="Which part, as in Python: `:, 0` or `..., 1:3`.",
)

_PAIRS = {
    "add": "Adds two tensors",
    "subtract": "First tensor minus the second",
    "multiply": "Multiplies two tensors, value by value",
    "divide": "Divides two tensors, value by value",
    "power": "First tensor to the power of the second",
    "maximum": "The larger of two values, each",
    "minimum": "The smaller of two values, each",
    "matmul": "Multiplies two tensors as matrices",
}
_REDUCTIONS = {
    "mean": "Averages along an axis",
    "sum": "Adds up along an axis",
    "max": "Largest value along an axis",
    "min": "Smallest value along an axis",
    "var": "Spread along an axis, squared",
    "std": "Spread along an axis",
}
_ELEMENTWISE = {
    "negative": "Turns the sign of each value",
    "abs": "Drops the sign of each value",
    "square": "Squares each value",
    "sqrt": "Square root of each value",
    "exp": "e to the power of each value",
    "log": "Natural logarithm of each value",
    "sin": "Sine of each value",
    "cos": "Cosine of each value",
    "tanh": "Squeezes each value between -1 and 1",
    "sigmoid": "Squeezes each value between 0 and 1",
    "relu": "Keeps positive numbers, sets the others to zero",
}


def operations() -> Iterator[LayerSpec]:
    """The offered functions as specs of type `ops.<name>`; tensors are ports, everything else is in `args`."""
    for name, summary in _PAIRS.items():
        yield _operation(name, summary, "merge", PAIR)
    yield _operation("concatenate", "Puts tensors side by side", "merge", LIST, (AXIS,), "any")
    yield _operation("stack", "Lays tensors on top of each other", "merge", STACK, (AXIS,), "any")
    for name, summary in _REDUCTIONS.items():
        yield _operation(name, summary, "shape", ONE, (ANY_AXIS, KEEPDIMS))
    yield _operation("reshape", "Another shape, batch axis included", "shape", ONE, (SHAPE,), "any")
    yield _operation("transpose", "Swaps axes, batch axis included", "shape", ONE, (ORDER,), "any")
    yield _operation("expand_dims", "Adds an axis of length 1", "shape", ONE, (NEW_AXIS,), "any")
    yield _operation("squeeze", "Removes an axis of length 1", "shape", ONE, (ANY_AXIS,), "any")
    yield _operation("get_item", "Takes out a part, such as one column", "shape", ONE, (KEY,), "any")
    yield _operation("cast", "Changes the type of the numbers", "shape", ONE, (CAST,))
    for name, summary in _ELEMENTWISE.items():
        yield _operation(name, summary, "bend", ONE)


def _operation(
    name: str,
    summary: str,
    family: Family,
    ports: tuple[PortSpec, ...],
    args: tuple[ParamSpec, ...] = (),
    dtype: Dtype = "float",
) -> LayerSpec:
    import keras

    return LayerSpec(
        type=f"ops.{name}",
        category="ops",
        family=family,
        summary=summary,
        help=docstrings.opening(inspect.getdoc(getattr(keras.ops, name)) or ""),
        inputs=ports,
        args=args,
        dtype=dtype,
    )
