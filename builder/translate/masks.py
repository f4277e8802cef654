"""Where do masks go, and which layers fail on them when run? Keras hands masks on unseen, beside what is drawn.

Keras' symbolic check lets the failing layers pass (Keras 3.15). Only paths on which a mask is certain count: not into
a nested network, and behind a layer with several inputs only where all of them have one.
"""

from collections.abc import Collection

from builder.design.document import Params
from builder.issues import Issue, IssueCode
from builder.translate.plan import Step
from builder.translate.specs import Spec
from builder.translate.wiring import Tensor

HANDED_ON = frozenset(
    [
        "Activation",
        "ActivityRegularization",
        "Add",
        "AdditiveAttention",
        "AlphaDropout",
        "Attention",
        "Average",
        "BatchNormalization",
        "Dense",
        "Dropout",
        "ELU",
        "GaussianDropout",
        "GaussianNoise",
        "GroupNormalization",
        "GroupQueryAttention",
        "Identity",
        "LayerNormalization",
        "LeakyReLU",
        "Maximum",
        "Minimum",
        "MultiHeadAttention",
        "Multiply",
        "Normalization",
        "PReLU",
        "ReLU",
        "Rescaling",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "Subtract",
        "UnitNormalization",
    ]
)
"""Layers behind which the mask is still there."""
RECURRENT = frozenset({"LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional"})
"""Layers that hand it on where they return sequences."""
ATTENTION = frozenset({"Attention", "AdditiveAttention", "MultiHeadAttention"})
CONVOLVING = frozenset({"ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"})

OUT = "Take out the layer that makes the mask."


def is_masked(step: Step, masked: Collection[Tensor]) -> bool:
    """Whether the first output of a step carries a mask, given the tensors that do."""
    params, kind = step.holder.params, step.holder.type
    if kind == "Masking":
        return True
    if kind == "Embedding":
        return params.get("mask_zero") is True
    if not step.tensors or not all(tensor in masked for tensor in step.tensors):
        return False
    return kind in HANDED_ON or (kind in RECURRENT and _returns_sequences(params))


def _returns_sequences(params: Params) -> bool:
    """Of a recurrent layer, or of the one in `Bidirectional`."""
    inner = params.get("layer")
    given = inner.get("params") if isinstance(inner, dict) else params
    return isinstance(given, dict) and given.get("return_sequences") is True


def issue(step: Step, incoming: tuple[Spec, ...], masked: Collection[Tensor]) -> Issue | None:
    """A layer that gets a mask which it cannot use."""
    kind, axes = step.holder.type, len(incoming[0].shape) - 1 if incoming else 0
    if kind in ATTENTION and axes > 2 and step.tensors[1:2] and step.tensors[1] in masked:
        return _issue(step, f"where {axes} axes come in", OUT)
    if not step.tensors or not all(tensor in masked for tensor in step.tensors):
        return None
    if kind == "Softmax":
        return _issue(step, "along the features", "Use Activation with softmax instead.")
    if kind in CONVOLVING:
        return _issue(step, f"where {axes} axes come in", OUT)
    return None


def _issue(step: Step, where: str, fix: str) -> Issue:
    message = f"{step.id} gets a mask from a Masking or Embedding layer before it, and cannot use it {where}."
    return Issue(code=IssueCode.SHAPE_MISMATCH, node=step.id, message=message, fix=fix)
