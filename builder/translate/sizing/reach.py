"""How far does one call look? The window that one of its outputs sees of what comes in.

Source of the formulas: Araujo, Norris & Sim, "Computing receptive fields of convolutional neural networks", 2019.
Statistics of normalization do not count as looking.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from builder.translate.sizing.call import Call
from builder.translate.sizing.inner import inner


class Look(StrEnum):
    """Calls that lay no window."""

    POINT = "point"
    """Each position for itself."""
    WHOLE = "whole"
    """Every output depends on all positions."""
    NEW = "new"
    """Positions are laid out anew: a grid of what no layer has mixed yet, else unknown."""
    FIXED = "fixed"
    """Positions are picked or merged: what each saw stays, but how far apart they lie is lost."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Window:
    """A window on each axis of space or time."""

    sizes: tuple[int, ...]
    """Positions from the first to the last that is looked at: (kernel − 1) · dilation + 1."""
    steps: tuple[Fraction, ...]
    """How far the window moves for the next output; below 1 where the output is finer than the input."""


Reach = Look | Window

_RECURRENT = {"LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"}
_ATTENDING = {"MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention"}
_JOINING = {"Flatten", "Dot", "RepeatVector", "TextVectorization"}
_PRODUCTS = {"ops.matmul", "ops.dot", "ops.einsum", "ops.tensordot", "ops.inner", "ops.vdot"}
_WHOLE = frozenset(_RECURRENT | _ATTENDING | _JOINING | _PRODUCTS)
_NEW = frozenset({"Reshape", "ops.reshape", "Embedding", "ReversibleEmbedding"})
_FIXED = frozenset({"ops.get_item", "ops.squeeze", "ops.expand_dims"})
_REDUCING = frozenset(["ops.mean", "ops.sum", "ops.max", "ops.min", "ops.var", "ops.std"])
_UNKNOWN = frozenset(
    {"EinsumDense", "Resizing", "STFTSpectrogram", "MelSpectrogram", "ops.outer", "ops.kron"}
)


def reach(call: Call) -> Reach:
    """The look or window of one call."""
    if call.type == "TimeDistributed":
        return _in_each_step(call)
    if call.type in _WHOLE or "Global" in call.type:
        return Look.WHOLE
    if call.type == "Dense":
        return Look.WHOLE if len(call.came) < 2 else Look.POINT
    if call.type in ("Permute", "ops.transpose"):
        return Look.FIXED if _order(call)[-1:] in ([len(call.came)], [-1]) else Look.UNKNOWN
    for types, look in ((_NEW, Look.NEW), (_FIXED, Look.FIXED), (_UNKNOWN, Look.UNKNOWN)):
        if call.type in types:
            return look
    if call.type in _REDUCING and len(call.out) != len(call.came):
        return Look.WHOLE if len(call.out) < 2 else Look.FIXED
    return _windowed(call)


def _order(call: Call) -> list[int]:
    """Where the axes of one row come from, counted from 1; where channels become positions, windows mean nothing."""
    axes = getattr(call.layer, "dims", call.args.get("axes"))
    return [axis for axis in axes if isinstance(axis, int)] if isinstance(axes, list | tuple) else []


def _windowed(call: Call) -> Reach:
    layer = call.layer
    if call.type.startswith("Adaptive"):
        return _adaptive(call)
    if call.type.startswith("UpSampling"):
        return _finer(layer.size, getattr(layer, "interpolation", "nearest"))
    if hasattr(layer, "pool_size") and hasattr(layer, "strides"):
        return _window(layer.pool_size, layer.strides, None)
    if hasattr(layer, "kernel_size") and hasattr(layer, "strides"):
        return _transposed(layer) if call.type.endswith("Transpose") else _convolved(layer)
    parts = inner(call)
    if call.type == "SpectralNormalization":
        return reach(parts[0][1])
    return Look.UNKNOWN if parts else Look.POINT


def _convolved(layer: Any) -> Window:
    return _window(layer.kernel_size, layer.strides, layer.dilation_rate)


def _window(sizes: Any, steps: Any, dilations: Any) -> Window:
    wide = _each(sizes)
    apart = _each(dilations, len(wide)) if dilations is not None else (1,) * len(wide)
    reaching = tuple((size - 1) * gap + 1 for size, gap in zip(wide, apart, strict=True))
    return Window(reaching, tuple(Fraction(step) for step in _each(steps, len(wide))))


def _transposed(layer: Any) -> Window:
    """An output sees at most ⌈kernel / stride⌉ inputs; outputs lie closer together."""
    wide = _window(layer.kernel_size, 1, layer.dilation_rate).sizes
    steps = _each(layer.strides, len(wide))
    sizes = tuple(-(-size // step) for size, step in zip(wide, steps, strict=True))
    return Window(sizes, tuple(Fraction(1, step) for step in steps))


def _finer(sizes: Any, interpolation: str) -> Window:
    """Nearest copies one position; bilinear mixes two, bicubic and lanczos more."""
    taps = {"nearest": 1, "bilinear": 2, "bicubic": 4, "lanczos3": 6, "lanczos5": 10}.get(interpolation, 2)
    steps = _each(sizes)
    return Window(
        tuple(taps if step > 1 else 1 for step in steps), tuple(Fraction(1, step) for step in steps)
    )


def _adaptive(call: Call) -> Reach:
    came, out = call.places(call.came), call.places(call.out)
    pairs = list(zip(came, out, strict=True))
    if any(one is None or two is None or one % two for one, two in pairs):
        return Look.UNKNOWN
    shares = tuple((one or 0) // (two or 1) for one, two in pairs)
    return Window(shares, tuple(Fraction(share) for share in shares))


def _in_each_step(call: Call) -> Reach:
    """The inner layer's window, with one step of time in front."""
    if call.came[:1] == (None,):
        return Look.UNKNOWN
    found = reach(inner(call)[0][1])
    if isinstance(found, Window):
        return Window((1, *found.sizes), (Fraction(1), *found.steps))
    is_row = len(call.came) < 3  # a step is a row of numbers: what mixes them stays within the step
    return Look.POINT if found is Look.POINT or is_row else Look.UNKNOWN


def _each(value: Any, length: int = 1) -> tuple[int, ...]:
    return tuple(int(part) for part in value) if isinstance(value, tuple | list) else (int(value),) * length
