"""What is seen in one look at all layers of a model? The same few training rows go through it each time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from builder.runs.layer_pictures import Histogram, histogram
from builder.runs.layers import LayerFigures, rounded
from builder.train.observing import measures
from builder.train.observing.activations import Ending, Heard, Listening, ending, layers_by_path, unit_axis
from builder.train.observing.gradients import Gradients
from builder.train.observing.measures import Array
from builder.train.passes.contract import Nest, Rows

if TYPE_CHECKING:
    import keras

MOST_ROWS = 256
LEAST_ROWS = 8
NUMBERS = 2_000_000
"""So many numbers may be made on the way: 256 rows of a small network, 55 of one with 36 000 numbers a row."""
FETCHED = 4_000_000
"""Numbers that are fetched whole: for fewer, picking them on the device costs more than the way."""
DRAWN = 10_000
"""Values that a histogram is made of, at most."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look saw, by full path of the layer."""

    figures: dict[str, LayerFigures]
    weights: dict[str, Histogram] = field(default_factory=dict)
    activations: dict[str, Histogram] = field(default_factory=dict)


class Glance:
    """Looks at a model without changing it."""

    def __init__(self, model: "keras.Model", measured: Rows, batch_size: int) -> None:
        everything = layers_by_path(model)
        self._ends = _given_out(model)
        self._layers = {path: layer for path, layer in everything.items() if _is_told(layer)}
        self._gradients = Gradients(model, Listening(self._layers))
        self.rows = _rows(model, measured.count, batch_size)
        """Rows that are put through the network: always the same, so that figures can be compared."""
        chosen = np.linspace(0, measured.count - 1, self.rows).round().astype(int)
        self._x, self._y = _taken(measured.x, chosen), _taken(measured.y, chosen)
        self._before: dict[str, list[Array]] = {}

    @property
    def paths(self) -> Sequence[str]:
        """The layers that are told of."""
        return list(self._layers)

    def note(self) -> None:
        """Note the weights as they are now: the next look tells how far they moved."""
        self._before = {path: _values(_main(layer)) for path, layer in self._layers.items()}

    def look(self, steps: int) -> Sight:
        """See all layers; `steps`: training steps since `note`, 0 where there is nothing to compare with."""
        slopes, outputs = self._gradients.at(self._x, self._y)
        seen = Sight({})
        for path, layer in self._layers.items():
            now = _values(_main(layer))
            seen.figures[path] = LayerFigures(
                **self._of_weights(path, layer, now, slopes, steps), **self._of_units(layer, path, outputs)
            )
            if now and (drawn := histogram(_sample(np.concatenate(now), DRAWN))) is not None:
                seen.weights[path] = drawn
            if path in outputs and (drawn := histogram(_thin(outputs[path], layer, DRAWN))) is not None:
                seen.activations[path] = drawn
        return seen

    def _of_weights(
        self, path: str, layer: Any, now: list[Array], slopes: dict[int, Any], steps: int
    ) -> dict[str, float | None]:
        weights = _main(layer)
        sizes = [math.prod(weight.shape) for weight in weights]
        named = zip(weights, sizes, strict=True)
        learning = [(slopes[id(weight)], size) for weight, size in named if id(weight) in slopes]
        gradient = measures.rms([_flat(slope) for slope, _ in learning], [size for _, size in learning])
        before = self._before.get(path, []) if learning else []
        moved = measures.update_ratio(before, now, sizes, steps) if len(before) == len(now) else None
        return {
            "grad_rms": rounded(gradient),
            "weight_norm": rounded(measures.rms(now, sizes)),
            "update_ratio": rounded(moved),
        }

    def _of_units(self, layer: Any, path: str, outputs: Heard) -> dict[str, Any]:
        """Dead and saturated units; what the network gives out may well be at its ends."""
        end = ending(layer)
        if path not in outputs or end is Ending.OTHER or id(layer) in self._ends:
            return {}
        if end is Ending.RELU:
            highest = _highest(outputs[path], unit_axis(layer))
            return {"dead": rounded(measures.dead_share(highest)), "units": highest.size}
        return {"saturated": rounded(measures.saturated_share(_thin(outputs[path], layer), end))}


def _is_told(layer: Any) -> bool:
    """Layers that learn, are frozen, or whose units can fail; what Normalization adapted to data is none of these."""
    is_frozen = bool(layer.weights) and not layer.trainable
    return bool(layer.trainable_weights) or is_frozen or ending(layer) is not Ending.OTHER


def _given_out(model: "keras.Model") -> set[int]:
    import keras

    ends = [getattr(end, "_keras_history", None) for end in keras.tree.flatten(model.outputs)]
    return {id(history.operation) for history in ends if history is not None}


def _rows(model: "keras.Model", count: int, batch_size: int) -> int:
    """Never more numbers at once than a training step makes, unless they are few."""
    made = [layer.output for layer in model.layers if len(layer._inbound_nodes) == 1]
    numbers = sum(math.prod(size or 1 for size in out.shape) for out in made if hasattr(out, "shape"))
    return max(1, min(count, MOST_ROWS, max(LEAST_ROWS, NUMBERS // max(1, numbers))))


def _taken(rows: Nest, chosen: Array) -> Nest:
    import keras

    return keras.tree.map_structure(
        lambda part: keras.ops.convert_to_tensor(np.asarray(keras.ops.convert_to_numpy(part))[chosen]), rows
    )


def _main(layer: Any) -> list[Any]:
    """The weights that a layer is judged by: kernels and embeddings; where there are none, all that it learns.

    Biases begin at 0, so that their relative change says nothing; moving means are not learnt.
    """
    learnt = layer.trainable_weights or layer.weights
    kernels = [weight for weight in learnt if len(weight.shape) >= 2]
    return [weight for weight in kernels or learnt if "float" in str(weight.dtype)]


def _values(weights: Sequence[Any]) -> list[Array]:
    return [_flat(weight.value) for weight in weights]


def _flat(tensor: Any, most: int = measures.MOST_VALUES, avoid: int = 1) -> Array:
    """All values in one row, of many a sample (not always of one unit of `avoid`); later steps do not reach it."""
    import keras

    every = measures.stride(math.prod(tensor.shape), most, avoid)
    flat = keras.ops.reshape(tensor, (-1,))
    if every * most > FETCHED:  # on a GPU the sample is taken there
        flat, every = flat[::every], 1
    return np.array(keras.ops.convert_to_numpy(flat)[::every], dtype=np.float32)


def _sample(values: Array, most: int) -> Array:
    return values[:: measures.stride(values.size, most)]


def _thin(tensor: Any, layer: Any, most: int = measures.MOST_VALUES) -> Array:
    """Values of an output, not always of the same unit."""
    units = int(tensor.shape[unit_axis(layer)]) if len(tensor.shape) > 1 else 1
    return _flat(tensor, most, units)


def _highest(tensor: Any, axis: int) -> Array:
    """The largest value of each unit over all rows and places."""
    import keras

    rank = len(tensor.shape)
    others = tuple(each for each in range(rank) if each != axis % rank)
    if math.prod(tensor.shape) > FETCHED:
        return np.asarray(keras.ops.convert_to_numpy(keras.ops.max(tensor, axis=others)))
    highest: Array = np.asarray(keras.ops.convert_to_numpy(tensor)).max(axis=others)
    return highest
