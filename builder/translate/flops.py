"""How much work is one row? 2 × multiply-adds of the forward pass, from the shapes of weights and outputs.

Copying, comparing and adding are not counted (pooling, activations, merging: 0); None where no formula stands here.
"""

from collections.abc import Sequence
from math import prod
from typing import Any

from builder.translate.specs import Dim, Spec

_FREE = frozenset(
    {"core", "activation", "pooling", "regularization", "reshaping", "merging", "ops", "preprocessing"}
)
_CONVOLUTIONS = frozenset({"Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D"})
_TRANSPOSED = frozenset({"Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"})
_SEPARABLE = frozenset({"SeparableConv1D", "SeparableConv2D"})
_RECURRENT = frozenset({"SimpleRNN", "LSTM", "GRU"})
_WEIGHTED_CORE = frozenset({"EinsumDense", "ReversibleEmbedding"})


def flops(
    type_name: str, category: str, layer: Any, incoming: Sequence[Spec], outputs: Sequence[Spec]
) -> int | None:
    """Floating-point operations for one row; None: not counted for this layer, or a length is unknown."""
    adds = _multiply_adds(type_name, category, layer, incoming, outputs)
    return None if adds is None else 2 * adds


def _multiply_adds(
    type_name: str, category: str, layer: Any, incoming: Sequence[Spec], outputs: Sequence[Spec]
) -> int | None:
    if not incoming:
        return 0
    out, came = outputs[0].sample, incoming[0].sample
    if type_name == "Dense":
        return _times(_kernels(layer), out[:-1])
    if type_name in _CONVOLUTIONS | _SEPARABLE:
        return _times(_kernels(layer), _places(layer, out))
    if type_name in _TRANSPOSED:
        return _times(_kernels(layer), _places(layer, came))
    if type_name in _RECURRENT:
        return _times(_kernels(layer), came[:1])
    if category == "normalization":
        return _times(1, out)
    return 0 if category in _FREE and type_name not in _WEIGHTED_CORE and not _wraps(layer) else None


def _wraps(layer: Any) -> bool:
    return hasattr(layer, "layer") or hasattr(layer, "forward_layer")


def _kernels(layer: Any) -> int:
    """Numbers in the weights that are multiplied; biases are only added."""
    return sum(prod(weight.shape) for weight in layer.weights if "kernel" in weight.name)


def _places(layer: Any, shape: Sequence[Dim]) -> Sequence[Dim]:
    """The positions a kernel is laid on: the shape without its channels."""
    return shape[1:] if getattr(layer, "data_format", "") == "channels_first" else shape[:-1]


def _times(count: int, shape: Sequence[Dim]) -> int | None:
    known = [dim for dim in shape if dim is not None]
    return count * prod(known) if len(known) == len(shape) else None
