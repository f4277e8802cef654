"""What does a network answer over the plane, and what does each hidden unit respond to?

Keras does the work (`predict_on_batch` of a model over the same layers), so this runs on any backend: evaluation
mode, no metrics, no gradients, nothing of the trained model is changed.
"""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from builder.data.columns import Kind
from builder.data.plane import Plane, Points
from builder.runs.pictures import REACH, Grid, Units

if TYPE_CHECKING:
    import keras

Floats = NDArray[np.float64]
SIZE = (64, 48)
"""Width and height: 1.4 kB, and with 64 units less than 5."""
UNIT_SIZE = (16, 12)
LAST_SIZE, LAST_UNIT_SIZE = (112, 84), (32, 24)
"""Of the last picture, which stays."""
MOST_UNITS = 64
"""Of one layer; more would be too small to see."""
MOST_PICTURES = 384
HALVES = frozenset(("sigmoid", "hard_sigmoid", "softmax"))
"""Activations whose answers lie between 0 and 1."""
TINY = 1e-9
MOST_NUMBERS = 8_000_000
"""That may lie in memory for a picture, 32 MB: very wide networks are drawn more coarsely."""
LEAST_SIZE = (12, 9)


class Field:
    """The answers of a model whose only input are two numbers, over the plane of its data."""

    def __init__(self, model: "keras.Model", plane: Plane) -> None:
        self._plane = plane
        self._answers = _over(model, [model.outputs[0]])
        self._layers = list(unit_layers(model))
        self._units = _over(model, [layer.output for layer in self._layers]) if self._layers else None
        self._points = np.concatenate([plane.train.place, plane.validation.place])
        self._wide = sum(_numbers(layer) for layer in model.layers)

    def fitting(self, size: tuple[int, int]) -> tuple[int, int]:
        """This width and height, or as much of them as the network's width allows."""
        share = min(1.0, math.sqrt(MOST_NUMBERS / (size[0] * size[1] * max(1, self._wide))))
        width, height = (
            max(least, round(side * share)) for least, side in zip(LEAST_SIZE, size, strict=True)
        )
        return width, height

    @property
    def kind(self) -> str:
        """See `builder.runs.pictures.Frame`."""
        if self._plane.goal.kind is Kind.NUMBER:
            return "value"
        return "two" if self._plane.goal.class_count == 2 else "classes"

    def answers(self, size: tuple[int, int], once: bool = False) -> tuple[list[Grid], Floats]:
        """The field's grids of this width and height, and the answers at the points: shape (points, outputs).

        `once`: it is not worth compiling.
        """
        width, height = size
        rows = np.concatenate([grid(self._plane, size), self._points])
        told = np.nan_to_num(_told(self._answers, rows, once)[0].reshape(len(rows), -1))
        field = [part.reshape(height, width) for part in self._bytes(told[: width * height])]
        return field, told[width * height :]

    def right(self, told: Floats) -> tuple[tuple[float, int] | None, tuple[float, int] | None]:
        """How well the answers at the points are, see `Frame.train` and `Frame.validation`."""
        cut = len(self._plane.train.value)
        return self._right(told[:cut], self._plane.train), self._right(told[cut:], self._plane.validation)

    def units(self, size: tuple[int, int], once: bool = False) -> tuple[tuple[Units, ...], list[Grid]]:
        """What each unit of each layer responds to, in the order of the network."""
        if self._units is None:
            return (), []
        width, height = size
        told = _told(self._units, grid(self._plane, size), once)
        described: list[Units] = []
        grids: list[Grid] = []
        for layer, values in zip(self._layers, told, strict=True):
            shown = np.nan_to_num(values[:, :MOST_UNITS])
            if len(grids) + shown.shape[1] > MOST_PICTURES:
                break
            middle = 0.5 if _activation(layer) in HALVES else 0.0
            reach = np.full(shown.shape[1], 0.5) if middle else np.abs(shown).max(axis=0)
            scaled = np.rint((shown - middle) / np.maximum(reach, TINY) * 127 + 128).astype(np.uint8)
            grids += [unit.reshape(height, width) for unit in scaled.T]
            described.append(
                Units(
                    layer=layer.name,
                    type=type(layer).__name__,
                    of=values.shape[1],
                    width=width,
                    height=height,
                    middle=middle,
                    reach=tuple(float(f"{most:.3g}") if most > TINY else 0.0 for most in reach),
                )
            )
        return tuple(described), grids

    def _bytes(self, told: Floats) -> list[Grid]:
        if self.kind == "value":
            low, high = self._plane.values
            return [_scaled(told[:, 0], low, high)]
        odds = log_odds(told, self._plane.goal.class_count)
        if self.kind == "two":
            return [_scaled(odds[:, 1] - odds[:, 0], -REACH, REACH)]
        ordered = np.sort(odds, axis=1)
        return [odds.argmax(axis=1).astype(np.uint8), _scaled(ordered[:, -1] - ordered[:, -2], 0, REACH)]

    def _right(self, told: Floats, points: Points) -> tuple[float, int] | None:
        if not len(points.value):
            return None
        if self.kind == "value":
            return float(np.mean(np.abs(told[:, 0] - points.value.astype(np.float64)))), len(points.value)
        answers = log_odds(told, self._plane.goal.class_count).argmax(axis=1)
        return int(np.sum(answers == points.value)), len(points.value)


def grid(plane: Plane, size: tuple[int, int]) -> NDArray[np.float32]:
    """Places over the plane, row by row from the upper left corner, its edges included: (width · height, 2)."""
    width, height = size
    x, y = np.meshgrid(np.linspace(*plane.x, width), np.linspace(*plane.y[::-1], height))
    return np.stack([x.reshape(-1), y.reshape(-1)], axis=1).astype(np.float32)


def log_odds(told: Floats, classes: int) -> Floats:
    """Logarithms of the class probabilities, up to the same number for all: shape (rows, classes).

    One unit tells the probability of the second class. Numbers that are no shares of 1 are taken as logits.
    """
    if told.shape[1] == 1:
        told = np.concatenate([1 - told, told], axis=1)
    elif np.any(told < 0) or np.any(np.abs(told.sum(axis=1) - 1) > 1e-3):
        return told[:, :classes]
    return np.asarray(np.log(np.clip(told[:, :classes], 1e-7, 1.0)))


def unit_layers(model: "keras.Model") -> Iterator[Any]:
    """Hidden layers whose units are worth a look: with weights of their own, or bending what such a layer gives.

    A layer without bend whose only reader is an activation is left out: the activation shows the same units.
    """
    answers = {id(tensor) for tensor in model.outputs}
    for layer in model.layers:
        if len(layer._inbound_nodes) != 1 or isinstance(layer.output, list | tuple | dict):
            continue
        shape = layer.output.shape
        if len(shape) != 2 or shape[-1] is None or id(layer.output) in answers:
            continue
        if (_is_dense_like(layer) and not _is_bent_next(layer)) or _bends(layer):
            yield layer


def _is_dense_like(layer: Any) -> bool:
    return any(len(weight.shape) >= 2 for weight in layer.weights)


def _bends(layer: Any) -> bool:
    import keras

    kinds = ("Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax")
    return isinstance(layer, tuple(getattr(keras.layers, kind) for kind in kinds))


def _is_bent_next(layer: Any) -> bool:
    """Whether an activation is all that reads this layer, if need be through normalization or dropout."""
    if _activation(layer) not in ("linear", ""):
        return False
    readers = [node.operation for node in layer._outbound_nodes]
    while len(readers) == 1 and not _is_dense_like(readers[0]):
        if _bends(readers[0]):
            return True
        readers = [node.operation for node in readers[0]._outbound_nodes]
    return False


def _activation(layer: Any) -> str:
    named = getattr(getattr(layer, "activation", None), "__name__", "")
    return str(named) or type(layer).__name__.lower()


def _scaled(values: Floats, low: float, high: float) -> Grid:
    share = (np.clip(values, low, high) - low) / (high - low)
    return np.rint(share * 255).astype(np.uint8)


def _numbers(layer: Any) -> int:
    """Numbers that this layer makes of one row; 0 where that is not known."""
    output = layer.output if len(layer._inbound_nodes) == 1 else None
    return math.prod(size or 1 for size in getattr(output, "shape", (0,)))


def _told(model: "keras.Model", rows: NDArray[np.float32], once: bool) -> list[Floats]:
    """What the model gives for these rows, output by output."""
    import keras

    outputs = model([rows], training=False) if once else model.predict_on_batch([rows])
    found = outputs if isinstance(outputs, list | tuple) else [outputs]
    return [np.asarray(keras.ops.convert_to_numpy(output), np.float64) for output in found]


def _over(model: "keras.Model", tensors: list[Any]) -> Any:
    """A model that gives these tensors, over the layers of `model`; not compiled by XLA, which takes a second."""
    import keras

    made = keras.Model(model.inputs, tensors[0] if len(tensors) == 1 else tensors)
    made.jit_compile = False
    return made
