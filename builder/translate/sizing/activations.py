"""How many numbers must one row keep until the gradients have passed? What sets the memory of training.

Outputs, weighted by what a layer keeps beside them. Weights measured on a CPU with TensorFlow 2.21: an activation
function and BatchNormalization 2, LayerNormalization 3, an LSTM + 10 · T · units, attention
+ 3 · heads · T · S + 4 · T · heads · key_dim.
"""

from builder.translate.sizing.attention import positions
from builder.translate.sizing.call import Call, UnknownLength, size
from builder.translate.sizing.inner import inner

_TIMES = {
    "BatchNormalization": 2,
    "GroupNormalization": 3,
    "LayerNormalization": 3,
    "RMSNormalization": 3,
    "SpectralNormalization": 1,
}
_GATED = {"LSTM": 10, "GRU": 8, "SimpleRNN": 3, "RNN": 10}
"""Numbers that a step keeps for each unit."""


def elements(call: Call) -> int | None:
    """Numbers kept for one row; None: a length is unknown."""
    try:
        return _elements(call)
    except UnknownLength:
        return None


def _elements(call: Call) -> int:
    put_out = sum(size(spec.sample) for spec in call.outputs)
    if call.type in _GATED:
        return put_out + _GATED[call.type] * size(call.came[:1]) * _state(call)
    if call.type.startswith("ConvLSTM"):
        return put_out + _GATED["LSTM"] * size(call.came[:1]) * _map(call)
    if call.type in ("MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention"):
        return put_out + _attending(call)
    parts = inner(call)
    if parts and call.type != "SpectralNormalization":
        return sum(times * _elements(part) for times, part in parts) + put_out
    return put_out * (2 if _has_function(call) else _TIMES.get(call.type, 1))


def _state(call: Call) -> int:
    """Numbers of the state of all cells: what the recurrent kernels begin with."""
    return sum(shape[-2] for shape in call.weights("recurrent_kernel"))


def _map(call: Call) -> int:
    """Numbers of the state of a convolutional cell."""
    return size(call.out[-len(call.layer.kernel_size) - 1 :])


def _attending(call: Call) -> int:
    """3 score-like maps a head, and query, key, value and their mean."""
    pairs, layer = positions(call), call.layer
    heads = getattr(layer, "_num_heads", getattr(layer, "num_query_heads", 1))
    width = getattr(layer, "_key_dim", getattr(layer, "head_dim", 0))
    return int(3 * heads * pairs.scores + 4 * pairs.queries * heads * width)


def _has_function(call: Call) -> bool:
    """Whether a function stands behind the product: its result is kept beside what came out of the product."""
    function = getattr(call.layer, "activation", None)
    return (
        call.type != "Activation" and function is not None and getattr(function, "__name__", "") != "linear"
    )
