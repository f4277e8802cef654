"""What is the gradient of the loss on a few rows, without anything of the model being changed?

Everything happens in a `keras.StatelessScope`: whatever the forward pass assigns (moving means of BatchNormalization,
states of seed generators, metrics) goes into the scope and is thrown away with it. Hence the pass can be made in
*training* mode, which is the one that tells the truth: in evaluation mode a fresh BatchNormalization is an identity
(moving mean 0, variance 1), so that a deep network that trains well would show vanishing gradients. What Dropout drops
is the same at every look, because the seeds are fixed: figures move because the weights did.

Private of Keras are only names that its own trainers use on every backend: `compute_loss`, `StatelessScope`.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from builder.train.observing.activations import Listening
from builder.train.passes.contract import Nest

if TYPE_CHECKING:
    import keras

Tensors = Sequence[Any]
Loss = Callable[[Tensors, Tensors, Nest, Nest], tuple[Any, dict[str, Any]]]
"""Trainable values, other values, x, y; to the loss and what layers gave, by path."""
Differentiated = Callable[[Tensors, Tensors, Nest, Nest], tuple[list[Any], dict[str, Any]]]
"""The same, to the gradients by trainable variable."""


class Gradients:
    """Gradients of a compiled model on any backend of Keras."""

    def __init__(self, model: "keras.Model", listening: Listening) -> None:
        self._model = model
        self._listening = listening
        self._seeds = {id(state): np.array([number, 0]) for number, state in enumerate(_seeds(model))}
        self._kind: tuple[int, ...] = ()
        self._differentiated: Differentiated | None = None

    def at(self, x: Nest, y: Nest) -> tuple[dict[int, Any], dict[str, Any]]:
        """Gradients by `id` of the trainable variable, and what each listened-to layer gave, by path.

        Args:
            x: Inputs, nested as the model takes them.
            y: Targets, likewise.
        """
        trainable = self._model.trainable_variables
        if (kind := tuple(map(id, trainable))) != self._kind:  # layers were frozen or thawed
            self._kind, self._differentiated = kind, _differentiated(self._loss())
        assert self._differentiated is not None
        values = [_plain(variable.value) for variable in trainable]
        others = [_plain(self._seeds.get(id(other), other.value)) for other in self._others()]
        found, outputs = self._differentiated(values, others, x, y)
        return dict(zip(kind, found, strict=True)), outputs

    def _others(self) -> list[Any]:
        known = {id(variable) for variable in self._model.trainable_variables}
        return [variable for variable in self._model.variables if id(variable) not in known]

    def _loss(self) -> Loss:
        import keras

        model, trainable, others = self._model, list(self._model.trainable_variables), self._others()

        def loss(values: Tensors, rest: Tensors, x: Nest, y: Nest) -> tuple[Any, dict[str, Any]]:
            mapping = [*zip(trainable, values, strict=True), *zip(others, rest, strict=True)]
            with keras.StatelessScope(state_mapping=mapping, collect_losses=True):
                with self._listening.heard() as outputs:
                    predicted = model(x, training=True)
                return model.compute_loss(x, y, predicted, training=True), outputs

        return loss


def _seeds(model: "keras.Model") -> list[Any]:
    """States of all seed generators: integer pairs that are no weights."""
    weights = {id(weight) for weight in model.weights}
    return [
        variable
        for variable in model.non_trainable_variables
        if id(variable) not in weights and variable.shape == (2,) and "int" in str(variable.dtype)
    ]


def _plain(value: Any) -> Any:
    """The value as a tensor that later changes of the variable do not reach."""
    import keras

    if keras.backend.backend() == "torch" and hasattr(value, "detach"):
        return value.detach()
    if keras.backend.backend() == "tensorflow":  # Keras would hand back the variable, of several devices too
        import tensorflow as tf

        return tf.convert_to_tensor(value)
    return keras.ops.convert_to_tensor(value)


def _differentiated(loss: Loss) -> Differentiated:
    import keras

    return {"tensorflow": _by_tape, "jax": _by_jax, "torch": _by_autograd}[keras.backend.backend()](loss)


def _by_tape(loss: Loss) -> Differentiated:
    """Eagerly: tracing a graph takes 100 ms to 2 s, more than all looks of a short run together."""
    import tensorflow as tf

    def differentiated(values: Tensors, rest: Tensors, x: Nest, y: Nest) -> tuple[list[Any], dict[str, Any]]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(values)
            found, outputs = loss(values, rest, x, y)
        slopes = tape.gradient(found, list(values), unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return [tf.convert_to_tensor(slope) for slope in slopes], outputs

    return differentiated


def _by_jax(loss: Loss) -> Differentiated:
    """Compiled: without that every operation is dispatched, and at first compiled, by itself."""
    import jax

    compiled: Any = jax.jit(jax.grad(loss, has_aux=True))

    def differentiated(values: Tensors, rest: Tensors, x: Nest, y: Nest) -> tuple[list[Any], dict[str, Any]]:
        slopes, outputs = compiled(list(values), list(rest), x, y)
        return list(slopes), outputs

    return differentiated


def _by_autograd(loss: Loss) -> Differentiated:
    import torch

    def differentiated(values: Tensors, rest: Tensors, x: Nest, y: Nest) -> tuple[list[Any], dict[str, Any]]:
        leaves = [value.requires_grad_() for value in values]
        with torch.enable_grad():
            found, outputs = loss(leaves, rest, x, y)
            slopes = torch.autograd.grad(found, leaves, allow_unused=True)
        filled = [
            torch.zeros_like(leaf) if slope is None else slope
            for leaf, slope in zip(leaves, slopes, strict=True)
        ]
        return filled, outputs

    return differentiated
