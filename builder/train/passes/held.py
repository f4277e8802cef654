"""What do the passes of every backend share? Rows that are held where they are computed with, and sizes of batches."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from builder.train.pace import Pace
from builder.train.passes import evaluation
from builder.train.passes.contract import Nest, Rows

if TYPE_CHECKING:
    import keras

Hold = Callable[[Rows], tuple[Nest, Nest]]
"""Copies inputs and targets to where the backend computes."""


class HeldRows:
    """The part of `Passes` that is the same on every backend."""

    def __init__(
        self, model: "keras.Model", train: Rows, seed: int, most_steps: int | None, hold: Hold
    ) -> None:
        """`most_steps`: of one execution."""
        import keras

        self._model, self._seed, self._rows, self._most_steps = model, seed, train.count, most_steps
        self._copied = hold
        self._data = hold(train)
        self._held: WeakKeyDictionary[Rows, tuple[Nest, Nest]] = WeakKeyDictionary()
        # Keras' way of making all state of metrics, loss and optimizer before anything is compiled
        model._symbolic_build(data_batch=keras.tree.map_structure(lambda part: part[:1], self._data))
        self.names: list[str] = list(model.get_metrics_result())

    def resize(self, batch_size: int) -> None:
        """Batches of so many rows from the next `begin` on."""
        self.batch_size, self.steps = batch_size, -(-self._rows // batch_size)
        self.train_pace, self._test_pace = Pace(self._most_steps), Pace()
        self._test_size = evaluation.test_size(self._model, batch_size)

    def _shuffled(self, epoch: int) -> NDArray[np.int64]:
        """The order of the rows in `epoch` (from 0): the same for the same seed, as in the exported script."""
        return np.random.default_rng([self._seed, epoch]).permutation(self._rows)

    def _hold(self, rows: Rows) -> tuple[Nest, Nest]:
        """These rows where they are computed with, copied once as long as somebody keeps them."""
        if rows not in self._held:
            self._held[rows] = self._copied(rows)
        return self._held[rows]
