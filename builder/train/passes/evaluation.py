"""What does one batch come to in evaluation mode, without penalties, and how far do its rows scatter? On any backend.

Kept beside Keras' own metrics is one vector, `SPREAD`, from which the standard error of the mean loss follows.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from builder.runs.records import Values
from builder.train.passes.contract import Nest

if TYPE_CHECKING:
    import keras

SPREAD = ("rows", "mean", "squares", "penalty")
"""Rows seen, mean of their losses, sum of squared distances from that mean, mean penalty of their batches."""
NOTHING = (0.0, 0.0, 0.0, 0.0)
"""The spread before the first batch."""


def clean_step(model: "keras.Model", x: Nest, y: Nest) -> Any:
    """Pass one batch through `model` as Keras' `test_step` does, but count penalties apart.

    Updates the model's metrics. In a stateless scope (jax) these updates stay in the scope.

    Returns:
        The spread of this batch, shape (4,).
    """
    import keras
    from keras.src.losses.loss import unscale_loss_for_distribution

    ops = keras.ops
    found = model(x, training=False) if model._call_has_training_arg else model(x)
    count = ops.shape(keras.tree.flatten(x)[0])[0]
    loss = unscale_loss_for_distribution(model._compile_loss(y, found))
    model._loss_tracker.update_state(loss, sample_weight=count)
    model.compute_metrics(x, y, found)
    each = _row_losses(model, y, found)
    mean = ops.mean(each)
    penalties = [model._aggregate_additional_loss(loss) for loss in model.losses]
    penalty = ops.cast(ops.sum(ops.stack(penalties)), "float32") if penalties else ops.zeros(())
    return ops.stack([ops.cast(count, "float32"), mean, ops.sum(ops.square(each - mean)), penalty])


def combined(known: Any, new: Any) -> Any:
    """The spread of both batches together.

    Source: Chan, Golub & LeVeque 1979, pairwise update; a sum of squares alone loses a small spread to rounding.
    """
    import keras

    rows, share = known[0] + new[0], new[0] / (known[0] + new[0])
    apart = new[1] - known[1]
    squares = known[2] + new[2] + apart * apart * known[0] * share
    return keras.ops.stack([rows, known[1] + apart * share, squares, known[3] + (new[3] - known[3]) * share])


def told(
    names: Sequence[str], means: "np.ndarray[Any, Any]", spread: "np.ndarray[Any, Any]", has_penalty: bool
) -> Values:
    """Metrics by name, `loss_se` where there are two rows, and `penalty` where the model has one."""
    rows, _, squares, penalty = (float(number) for number in spread)
    values = {name: float(mean) for name, mean in zip(names, means, strict=True)}
    if rows > 1:
        values["loss_se"] = math.sqrt(max(0.0, squares) / (rows - 1) / rows)
    return values | ({"penalty": penalty} if has_penalty else {})


def _row_losses(model: "keras.Model", y: Nest, found: Nest) -> Any:
    """The loss of each row, shape (rows,): summed over outputs; of sequences and images the mean over the row."""
    import keras

    ops, total = keras.ops, None
    for path, loss, weight, _ in model._compile_loss._flat_losses:
        true, guess = _at(path, y), _at(path, found)
        each = loss.call(
            ops.convert_to_tensor(true, dtype=loss.dtype), ops.convert_to_tensor(guess, dtype=loss.dtype)
        )
        each = _by_row(ops.cast(each, "float32"), keras.src.backend.get_keras_mask(guess))
        each = each if weight is None else each * weight
        total = each if total is None else total + each
    return total


def _by_row(losses: Any, mask: Any) -> Any:
    """Means over all axes but the first; of masked steps nothing counts."""
    import keras

    ops = keras.ops
    if len(losses.shape) == 1:
        return losses
    if mask is None or len(mask.shape) != len(losses.shape):
        return ops.mean(losses, axis=tuple(range(1, len(losses.shape))))
    axes, valid = tuple(range(1, len(losses.shape))), ops.cast(mask, "float32")
    return ops.sum(losses * valid, axis=axes) / ops.maximum(ops.sum(valid, axis=axes), 1.0)


def _at(path: tuple[Any, ...], nest: Nest) -> Any:
    for key in path:
        nest = nest[key]
    return nest


def elements(model: "keras.Model") -> int:
    """Numbers that one row makes on its way, roughly; decides how many rows are evaluated at once."""
    outputs: list[Any] = [layer.output for layer in model.layers if len(layer._inbound_nodes) == 1]
    return sum(math.prod(size or 1 for size in out.shape) for out in outputs if hasattr(out, "shape"))


def test_size(model: "keras.Model", batch_size: int) -> int:
    """Rows that are evaluated at once: many for small networks, but no more than a training batch for large ones."""
    return max(batch_size, min(256, 2_000_000 // max(1, elements(model))))


def has_penalty(model: "keras.Model") -> bool:
    """Whether Keras adds something to the loss: regularizers of weights or of activities."""
    return bool(model.losses) or any(
        getattr(layer, "activity_regularizer", None) is not None for layer in model._flatten_layers()
    )
