"""How is one stretch of training, or one evaluation, executed fast and exactly as Keras does it, on TensorFlow?

Rows lie in memory; whole batches are gathered inside the graph and many of Keras' own `train_step`s run in one
execution. CPU time of an epoch of digits: 7 ms against 48 ms of `model.fit(x, y)` for an MLP, 68 against 95 for a CNN.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from builder.runs.records import Values
from builder.train.pace import Pace
from builder.train.passes.contract import Nest, Rows, Stretch

if TYPE_CHECKING:
    import keras

TrainSteps = Callable[[Any, Any], tuple[Any, Any]]
"""First step and the one after the last, to the step reached and the vector of metrics."""
TestSteps = Callable[[Nest, Nest, Any, Any, Any], Any]
"""x, y, first step, the one after the last, rows in a step; to the vector of metrics."""


class TensorFlowPasses:
    """`Passes` on TensorFlow: the rows lie in memory as tensors."""

    def __init__(
        self, model: "keras.Model", train: Rows, batch_size: int, seed: int, jit: bool = False
    ) -> None:
        import tensorflow as tf

        self.steps = -(-train.count // batch_size)
        """Steps in an epoch; the last batch may be smaller."""
        self.batch_size = batch_size
        self.train_pace, self._test_pace = Pace(), Pace()
        self._seed, self._rows = seed, train.count
        self._order = tf.Variable(np.arange(train.count), trainable=False, dtype=tf.int64)
        # Keras' way of making all state of metrics, loss and optimizer before anything is compiled
        model._symbolic_build(data_batch=tf.nest.map_structure(lambda part: part[:1], (train.x, train.y)))
        self.names = list(model.get_metrics_result())
        self._test_size = max(batch_size, min(256, 2_000_000 // max(1, _elements(model))))
        self._train = _train_function(model, train, self._order, batch_size, jit)
        self._test = _test_function(model, train, jit)

    def begin(self, epoch: int) -> None:
        """Shuffle the rows for `epoch` (from 0): the same for the same seed, as in the exported script."""
        self._order.assign(np.random.default_rng([self._seed, epoch]).permutation(self._rows))

    def train(self, first: int, last: int) -> Stretch:
        """Do the steps `first` to `last` (not included) of the epoch; ends early when the loss is no number."""
        import tensorflow as tf

        with self.train_pace.measure(last - first):
            step, means = self._train(tf.constant(first), tf.constant(last))
            return Stretch(int(step), self._named(means.numpy()))

    def evaluate(self, rows: Rows, interrupted: Callable[[], bool] = lambda: False) -> Values | None:
        """All metrics over `rows` in evaluation mode; None when it was interrupted."""
        import tensorflow as tf

        step, steps = 0, -(-rows.count // self._test_size)
        # stretches of even size: Keras weighs the losses of several outputs by batch, not by row
        size = -(-rows.count // steps)
        while not interrupted():
            last = min(steps, step + self._test_pace.steps)
            with self._test_pace.measure(last - step):
                means = self._test(rows.x, rows.y, *(tf.constant(n) for n in (step, last, size))).numpy()
            step = last
            if step >= steps:
                return self._named(means)
        return None

    def _named(self, means: NDArray[np.float32]) -> Values:
        return {name: float(mean) for name, mean in zip(self.names, means, strict=True)}


def _elements(model: "keras.Model") -> int:
    """Numbers that one row makes on its way, roughly; decides how many rows are evaluated at once."""
    outputs: list[Any] = [layer.output for layer in model.layers if len(layer._inbound_nodes) == 1]
    return sum(math.prod(size or 1 for size in out.shape) for out in outputs if hasattr(out, "shape"))


def _train_function(model: "keras.Model", train: Rows, order: Any, batch_size: int, jit: bool) -> TrainSteps:
    import tensorflow as tf

    one_step = tf.function(model.train_step, autograph=False, jit_compile=True) if jit else model.train_step

    def train_steps(first: Any, last: Any) -> tuple[Any, Any]:
        def body(step: Any, _: Any) -> tuple[Any, Any]:
            rows = order[step * batch_size : tf.minimum((step + 1) * batch_size, train.count)]
            batch = tf.nest.map_structure(lambda part: tf.gather(part, rows), (train.x, train.y))
            return step + 1, tf.cast(one_step(batch)["loss"], tf.float32)

        def goes_on(step: Any, loss: Any) -> Any:
            return tf.logical_and(step < last, tf.math.is_finite(loss))

        tf.cond(first == 0, lambda: _reset(model), tf.no_op)
        step, _ = tf.while_loop(goes_on, body, (first, tf.constant(0.0)), parallel_iterations=1)
        return step, _means(model)

    return cast(TrainSteps, tf.function(train_steps, autograph=False))


def _test_function(model: "keras.Model", train: Rows, jit: bool) -> TestSteps:
    import tensorflow as tf

    one_step = tf.function(model.test_step, autograph=False, jit_compile=True) if jit else model.test_step
    spec = tf.nest.map_structure(
        lambda part: tf.TensorSpec([None, *part.shape[1:]], part.dtype), (train.x, train.y)
    )
    number = tf.TensorSpec([], tf.int32)

    def test_steps(x: Any, y: Any, first: Any, last: Any, size: Any) -> Any:
        def body(step: Any) -> tuple[Any]:
            batch = tf.nest.map_structure(lambda part: part[step * size : (step + 1) * size], (x, y))
            with tf.control_dependencies(tf.nest.flatten(one_step(batch))):
                return (step + 1,)

        tf.cond(first == 0, lambda: _reset(model), tf.no_op)
        tf.while_loop(lambda step: step < last, body, (first,), parallel_iterations=1)
        return _means(model)

    signature = (*spec, number, number, number)
    return cast(TestSteps, tf.function(test_steps, autograph=False, input_signature=signature))


def _reset(model: "keras.Model") -> Any:
    import tensorflow as tf

    model.reset_metrics()
    return tf.no_op()


def _means(model: "keras.Model") -> Any:
    """All metrics as one vector; a metric with several values counts with their mean."""
    import tensorflow as tf

    return tf.stack(
        [tf.reduce_mean(tf.cast(value, tf.float32)) for value in model.get_metrics_result().values()]
    )
