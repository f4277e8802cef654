"""What makes up the present of a session? All that training changes, and all that chance draws from.

Taken out as numpy arrays and put back, the session goes on as if nothing had happened, bit for bit on a CPU: weights,
states of seed generators, running means of metrics, slots of the optimizer, and the random numbers of Python, numpy
and Keras.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

Array = NDArray[Any]
KERAS_GENERATOR = "global_seed_generator"
"""Where Keras keeps the generator for those who bring none of their own."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The states of the random numbers of Python, numpy and Keras."""

    python: tuple[Any, ...]
    """As `random.getstate` gives it: version, words, next Gaussian."""
    numpy_words: Array
    """Shape (624,), uint32."""
    numpy_rest: tuple[int, int, float]
    """Position, whether a Gaussian is left, and it."""
    keras: Array | None
    """Shape (2,); None as long as nobody drew from Keras' global generator."""


@dataclass(frozen=True, slots=True)
class State:
    """Copies of everything, in the order in which Keras lists it."""

    model: list[Array]
    """Weights and seed generators."""
    metrics: list[Array]
    optimizer: list[Array]
    chance: Chance

    @property
    def size_bytes(self) -> int:
        """Memory that it takes."""
        return sum(each.nbytes for each in (*self.model, *self.metrics, *self.optimizer))


def capture(model: "keras.Model") -> State:
    """Copy the present out of a compiled model."""
    return State(
        _copies(model.variables),
        _copies(model.metrics_variables),
        _copies(model.optimizer.variables),
        _chance(),
    )


def restore(model: "keras.Model", state: State) -> None:
    """Put a state back.

    Raises:
        ValueError: The state is that of another network; nothing was changed.
    """
    pairs = [
        *_paired(model.variables, state.model),
        *_paired(model.metrics_variables, state.metrics),
        *_paired(model.optimizer.variables, state.optimizer),
    ]
    for variable, value in pairs:
        variable.assign(value)
    _set_chance(state.chance)


def is_sound(model: "keras.Model", state: State) -> bool:
    """Whether every trained weight is a number; one step may break them before any loss shows it."""
    trained = {id(weight) for weight in model.trainable_variables}
    copies = zip(model.variables, state.model, strict=True)
    return all(
        bool(np.all(np.isfinite(value.astype(np.float32, copy=False))))
        for weight, value in copies
        if id(weight) in trained
    )


def _copies(variables: Iterable[Any]) -> list[Array]:
    import keras

    arrays = (np.asarray(keras.ops.convert_to_numpy(variable.value)) for variable in variables)
    return [array if array.flags.owndata else array.copy() for array in arrays]


def _paired(variables: Sequence[Any], values: Sequence[Array]) -> list[tuple[Any, Array]]:
    if [tuple(variable.shape) for variable in variables] != [value.shape for value in values]:
        raise ValueError("the shapes differ")
    return list(zip(variables, values, strict=True))


def _chance() -> Chance:
    import keras

    kind: Any = np.random.get_state(legacy=True)
    generator = _keras_generator()
    drawn = None if generator is None else np.array(keras.ops.convert_to_numpy(generator.state.value))
    return Chance(random.getstate(), kind[1].copy(), (int(kind[2]), int(kind[3]), float(kind[4])), drawn)


def _set_chance(chance: Chance) -> None:
    from keras.src.random import seed_generator

    version, words, gauss = chance.python
    random.setstate((version, tuple(words), gauss))
    np.random.set_state(("MT19937", chance.numpy_words, *chance.numpy_rest))
    if chance.keras is not None:
        seed_generator.global_seed_generator().state.assign(chance.keras)


def _keras_generator() -> Any:
    from keras.src.backend.common import global_state

    return global_state.get_global_attribute(KERAS_GENERATOR)
