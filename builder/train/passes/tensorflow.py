"""How is one stretch of training, or one evaluation, executed fast and exactly as Keras does it, on TensorFlow?

Rows lie in memory; whole batches are gathered inside the graph and many of Keras' own `train_step`s run in one
execution. CPU time of an epoch of digits: 7 ms against 48 ms of `model.fit(x, y)` for an MLP, 68 against 95 for a CNN.
"""

from collections.abc import Callable
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from builder.runs.records import Values
from builder.train.passes import evaluation
from builder.train.passes.contract import Nest, Rows, Stretch
from builder.train.passes.held import HeldRows
from builder.train.passes.replicas import Shared, each_share, one_device

if TYPE_CHECKING:
    import keras

TrainSteps = Callable[[Any, Any, Any], tuple[Any, Any]]
"""First step, the one after the last, rows in a batch; to the step reached and the vector of metrics."""
TestSteps = Callable[[Nest, Nest, Any, Any, Any, Any], tuple[Any, Any]]
"""x, y, first step, the one after the last, rows in a step, spread so far; to the vector of metrics and the spread."""


class TensorFlowPasses(HeldRows):
    """`Passes` on TensorFlow: the rows lie in memory as tensors."""

    def __init__(
        self,
        model: "keras.Model",
        train: Rows,
        batch_size: int,
        seed: int,
        jit: bool = False,
        most_steps: int | None = None,
        strategy: Any = None,
    ) -> None:
        """`most_steps`: of one execution; `strategy`: shares each batch among devices."""
        import tensorflow as tf

        super().__init__(model, train, seed, most_steps, _tensors)
        self._jit = jit
        self._shared = one_device if strategy is None else partial(each_share, strategy)
        self._order = tf.Variable(np.arange(train.count), trainable=False, dtype=tf.int64)
        self.resize(batch_size)
        self.renew()

    def renew(self) -> None:
        """Compile anew: what is fixed while compiling (rates, frozen layers, penalties) has changed."""
        self._has_penalty = evaluation.has_penalty(self._model)
        self._train = _train_function(
            self._model, self._data, self._order, self._rows, self._jit, self._shared
        )
        self._test = _test_function(self._model, self._data, self._jit, self._shared)

    def begin(self, epoch: int) -> None:
        """Shuffle the rows for `epoch` (from 0): the same for the same seed, as in the exported script."""
        self._order.assign(self._shuffled(epoch))

    def train(self, first: int, last: int) -> Stretch:
        """Do the steps `first` to `last` (not included) of the epoch; ends early when the loss is no number."""
        import tensorflow as tf

        with self.train_pace.measure(last - first):
            step, means = self._train(*(tf.constant(n) for n in (first, last, self.batch_size)))
            values = zip(self.names, means.numpy(), strict=True)
            return Stretch(int(step), {name: float(mean) for name, mean in values})

    def evaluate(self, rows: Rows, interrupted: Callable[[], bool] = lambda: False) -> Values | None:
        """What `rows` come to in evaluation mode, see `Passes`; None when it was interrupted."""
        import tensorflow as tf

        x, y = self._hold(rows)
        step, steps, spread = 0, -(-rows.count // self._test_size), tf.constant(evaluation.NOTHING)
        # stretches of even size: Keras weighs the losses of several outputs by batch, not by row
        size = -(-rows.count // steps)
        while not interrupted():
            last = min(steps, step + self._test_pace.steps)
            with self._test_pace.measure(last - step):
                first, end, each = (tf.constant(n) for n in (step, last, size))
                means, spread = self._test(x, y, first, end, each, spread)
                numbers = means.numpy()
            step = last
            if step >= steps:
                return evaluation.told(self.names, numbers, spread.numpy(), self._has_penalty)
        return None


def _tensors(rows: Rows) -> tuple[Nest, Nest]:
    import tensorflow as tf

    return cast(tuple[Nest, Nest], tf.nest.map_structure(tf.constant, (rows.x, rows.y)))


def _train_function(
    model: "keras.Model", data: Nest, order: Any, count: int, jit: bool, shared: Shared
) -> TrainSteps:
    import tensorflow as tf

    step_of = tf.function(model.train_step, autograph=False, jit_compile=True) if jit else model.train_step
    number = tf.TensorSpec([], tf.int32)

    def one_step(rows: Any) -> Any:
        batch = tf.nest.map_structure(lambda part: tf.gather(part, rows), data)
        return tf.cast(step_of(batch)["loss"], tf.float32)

    def train_steps(first: Any, last: Any, size: Any) -> tuple[Any, Any]:
        def body(step: Any, _: Any) -> tuple[Any, Any]:
            rows = order[step * size : tf.minimum((step + 1) * size, count)]
            losses = shared(one_step, rows)
            return step + 1, losses[0] if len(losses) == 1 else tf.add_n(losses) / len(losses)

        def goes_on(step: Any, loss: Any) -> Any:
            return tf.logical_and(step < last, tf.math.is_finite(loss))

        tf.cond(first == 0, lambda: _reset(model), tf.no_op)
        step, _ = tf.while_loop(goes_on, body, (first, tf.constant(0.0)), parallel_iterations=1)
        return step, _means(model)

    return cast(TrainSteps, tf.function(train_steps, autograph=False, input_signature=[number] * 3))


def _test_function(model: "keras.Model", data: Nest, jit: bool, shared: Shared) -> TestSteps:
    import tensorflow as tf

    step_of: Any = partial(evaluation.clean_step, model)
    if jit:
        step_of = tf.function(step_of, autograph=False, jit_compile=True)
    spec = tf.nest.map_structure(lambda part: tf.TensorSpec([None, *part.shape[1:]], part.dtype), data)
    number, vector = tf.TensorSpec([], tf.int32), tf.TensorSpec([len(evaluation.SPREAD)], tf.float32)

    def test_steps(x: Any, y: Any, first: Any, last: Any, size: Any, spread: Any) -> tuple[Any, Any]:
        count = tf.shape(tf.nest.flatten(x)[0])[0]

        def one_step(rows: Any) -> Any:
            return step_of(*tf.nest.map_structure(lambda part: tf.gather(part, rows), (x, y)))

        def body(step: Any, known: Any) -> tuple[Any, Any]:
            rows = tf.range(step * size, tf.minimum((step + 1) * size, count))
            return step + 1, reduce(evaluation.combined, shared(one_step, rows), known)

        tf.cond(first == 0, lambda: _reset(model), tf.no_op)
        loop = (lambda step, _: step < last), body, (first, spread)
        _, spread = tf.while_loop(*loop, parallel_iterations=1)
        return _means(model), spread

    signature = (*spec, number, number, number, vector)
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
