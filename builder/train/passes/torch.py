"""How are training and evaluation executed on torch: Keras' own steps, one after the other?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from builder.runs.records import Values
from builder.train.passes import evaluation
from builder.train.passes.contract import Nest, Rows, Stretch
from builder.train.passes.held import HeldRows

if TYPE_CHECKING:
    import keras


class TorchPasses(HeldRows):
    """`Passes` on torch: the rows lie where torch computes."""

    def __init__(
        self,
        model: "keras.Model",
        train: Rows,
        batch_size: int,
        seed: int,
        most_steps: int | None = None,
    ) -> None:
        """`most_steps`: of one stretch."""
        super().__init__(model, train, seed, most_steps, _tensors)
        self.resize(batch_size)
        self.renew()
        self.begin(0)

    def renew(self) -> None:
        """Nothing is compiled here; only whether there are penalties may have changed."""
        self._has_penalty = evaluation.has_penalty(self._model)

    def begin(self, epoch: int) -> None:
        """Shuffle the rows for `epoch` (from 0): the same for the same seed, as in the exported script."""
        import keras

        self._order = keras.ops.convert_to_tensor(self._shuffled(epoch), "int64")

    def train(self, first: int, last: int) -> Stretch:
        """Do the steps `first` to `last` (not included) of the epoch; tells where the loss became no number."""
        import torch

        if first == 0:
            self._model.reset_metrics()
        with self.train_pace.measure(last - first):
            losses = []
            for step in range(first, last):
                rows = self._order[step * self.batch_size : (step + 1) * self.batch_size]
                losses.append(self._model.train_step(_picked(self._data, rows))["loss"].detach())
            # looked at once for all steps: each look waits for a GPU
            sound = torch.isfinite(torch.stack(losses)).cpu().numpy()
            step = last if sound.all() else first + int(sound.argmin()) + 1
            return Stretch(step, self._values())

    def evaluate(self, rows: Rows, interrupted: Callable[[], bool] = lambda: False) -> Values | None:
        """What `rows` come to in evaluation mode, see `Passes`; None when it was interrupted."""
        import keras
        import torch

        x, y = self._hold(rows)
        self._model.reset_metrics()
        steps = -(-rows.count // self._test_size)
        size = -(-rows.count // steps)
        spread = keras.ops.convert_to_tensor(np.asarray(evaluation.NOTHING, "float32"))
        with torch.no_grad():
            for step in range(steps):
                if interrupted():
                    return None
                part = slice(step * size, (step + 1) * size)
                batch = keras.tree.map_structure(lambda each, part=part: each[part], (x, y))
                spread = evaluation.combined(spread, evaluation.clean_step(self._model, *batch))
        values, numbers = self._values(), keras.ops.convert_to_numpy(spread)
        return evaluation.told(
            self.names, np.array([values[name] for name in self.names]), numbers, self._has_penalty
        )

    def _values(self) -> Values:
        import keras

        results = self._model.get_metrics_result().values()
        means = [float(np.mean(keras.ops.convert_to_numpy(value))) for value in results]
        return dict(zip(self.names, means, strict=True))


def _tensors(rows: Rows) -> tuple[Nest, Nest]:
    import keras

    return cast(tuple[Nest, Nest], keras.tree.map_structure(keras.ops.convert_to_tensor, (rows.x, rows.y)))


def _picked(nest: Nest, rows: Any) -> Nest:
    import keras

    return keras.tree.map_structure(lambda part: part[rows], nest)
