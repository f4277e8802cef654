"""How much work is one row? 2 × multiply-adds of the forward pass, from the shapes of weights, inputs and outputs.

Counted: products with weights and of tensors with each other; one multiply-add a number in normalization. Not counted,
as usual in the field: copying, comparing, adding, functions of single numbers (pooling, activations, softmax, merging,
preparation). None only where a length is open or nothing is known about the layer.
"""

from collections.abc import Callable, Mapping

from builder.translate.sizing import attention, convolution, products, recurrent
from builder.translate.sizing.call import Call, UnknownLength, size
from builder.translate.sizing.inner import inner

FORMULAS: Mapping[str, Callable[[Call], int]] = {
    **products.FORMULAS,
    **convolution.FORMULAS,
    **recurrent.FORMULAS,
    **attention.FORMULAS,
}
_FREE = frozenset(
    {"core", "activation", "pooling", "regularization", "reshaping", "merging", "ops", "preprocessing"}
)
_UNCOUNTED = frozenset({"ops.conv", "ops.conv_transpose", "ops.depthwise_conv", "ops.separable_conv"})


def flops(call: Call) -> int | None:
    """Floating-point operations for one row; None: a length is unknown, or the layer is."""
    try:
        return 2 * multiply_adds(call)
    except UnknownLength:
        return None


def multiply_adds(call: Call) -> int:
    """Multiply-adds for one row.

    Raises:
        UnknownLength: There is no number to tell.
    """
    if not call.flat:
        return 0
    if call.type in FORMULAS:
        return FORMULAS[call.type](call)
    parts = inner(call)
    if parts:
        return sum(times * multiply_adds(part) for times, part in parts)
    if call.category == "normalization":
        return size(call.out)
    if call.category in _FREE and call.type not in _UNCOUNTED:
        return 0
    raise UnknownLength
