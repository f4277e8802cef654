"""How are training and evaluation executed on jax: many of Keras' stateless steps in one compiled loop?

The model's state goes through the loop as plain arrays and is put back into its variables after each execution, so that
whoever looks at the model between executions sees it as it is.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from builder.runs.records import Values
from builder.train.passes import evaluation
from builder.train.passes.contract import Nest, Rows, Stretch
from builder.train.passes.held import HeldRows

if TYPE_CHECKING:
    import keras

State = tuple[list[Any], list[Any], list[Any], list[Any]]
"""Values of trainable, other, optimizer's and metrics' variables."""


class JaxPasses(HeldRows):
    """`Passes` on jax: the rows lie where jax computes."""

    def __init__(
        self,
        model: "keras.Model",
        train: Rows,
        batch_size: int,
        seed: int,
        most_steps: int | None = None,
    ) -> None:
        """`most_steps`: of one execution."""
        super().__init__(model, train, seed, most_steps, _arrays)
        self.resize(batch_size)
        self.renew()
        self.begin(0)

    def renew(self) -> None:
        """Compile anew: what is fixed while compiling (rates, frozen layers, penalties) has changed."""
        import jax

        self._has_penalty = evaluation.has_penalty(self._model)
        self._train = jax.jit(partial(_train_steps, self._model), static_argnames="size")
        self._test = jax.jit(partial(_test_steps, self._model), static_argnames="size")
        self._means = jax.jit(partial(_means, self._model))

    def begin(self, epoch: int) -> None:
        """Shuffle the rows for `epoch` (from 0): the same for the same seed, as in the exported script."""
        import jax.numpy as jnp

        self._order = jnp.asarray(self._shuffled(epoch))

    def train(self, first: int, last: int) -> Stretch:
        """Do the steps `first` to `last` (not included) of the epoch; ends early when the loss is no number."""
        if first == 0:
            self._model.reset_metrics()
        with self.train_pace.measure(last - first):
            whole = min(last, self._rows // self.batch_size)
            step = self._stretch(first, whole, self.batch_size) if first < whole else first
            if step == whole < last:  # the last, smaller batch has a shape of its own
                step += self._stretch(0, 1, self._rows % self.batch_size, whole * self.batch_size)
            return Stretch(step, self._values())

    def _stretch(self, first: int, last: int, size: int, offset: int = 0) -> int:
        state, step = self._train(self._state(), self._data, self._order, first, last, offset, size=size)
        self._put(state)
        return int(step)

    def evaluate(self, rows: Rows, interrupted: Callable[[], bool] = lambda: False) -> Values | None:
        """What `rows` come to in evaluation mode, see `Passes`; None when it was interrupted."""
        self._model.reset_metrics()
        steps = -(-rows.count // self._test_size)
        size = -(-rows.count // steps)
        whole, spread, step = rows.count // size, np.asarray(evaluation.NOTHING, "float32"), 0
        while step < steps:
            if interrupted():
                return None
            last = min(whole, step + self._test_pace.steps) if step < whole else steps
            with self._test_pace.measure(last - step):
                each = size if step < whole else rows.count % size
                metrics, spread = self._test(
                    self._state(), self._hold(rows), step * size, last - step, spread, size=each
                )
                self._put_metrics(metrics)
            step = last
        values = self._values()
        return evaluation.told(
            self.names, np.array([values[name] for name in self.names]), np.asarray(spread), self._has_penalty
        )

    def _state(self) -> State:
        return cast(State, tuple([each.value for each in group] for group in _groups(self._model)))

    def _put(self, state: State) -> None:
        for variables, values in zip(_groups(self._model), state, strict=True):
            for variable, value in zip(variables, values, strict=True):
                variable._value = value

    def _put_metrics(self, values: list[Any]) -> None:
        for variable, value in zip(self._model.metrics_variables, values, strict=True):
            variable._value = value

    def _values(self) -> Values:
        means = self._means([each.value for each in self._model.metrics_variables])
        return {name: float(mean) for name, mean in zip(self.names, np.asarray(means), strict=True)}


def _groups(model: "keras.Model") -> tuple[list[Any], ...]:
    return (
        model.trainable_variables,
        model.non_trainable_variables,
        model.optimizer.variables,
        model.metrics_variables,
    )


def _arrays(rows: Rows) -> tuple[Nest, Nest]:
    import jax.numpy as jnp

    return cast(tuple[Nest, Nest], _mapped(jnp.asarray, (rows.x, rows.y)))


def _mapped(function: Callable[[Any], Any], nest: Nest) -> Nest:
    import keras

    return keras.tree.map_structure(function, nest)


def _train_steps(
    model: "keras.Model",
    state: State,
    data: Nest,
    order: Any,
    first: Any,
    last: Any,
    offset: Any,
    *,
    size: int,
) -> tuple[State, Any]:
    """Steps `first` to `last` of `size` rows each, from row `offset` of the order on."""
    import jax
    import jax.numpy as jnp

    def body(carry: tuple[Any, Any, State]) -> tuple[Any, Any, State]:
        step, _, state = carry
        rows = jax.lax.dynamic_slice(order, (offset + step * size,), (size,))
        logs, state = model.train_step(state, _mapped(lambda part: part[rows], data))
        return step + 1, jnp.asarray(logs["loss"], "float32"), _listed(state)

    def goes_on(carry: tuple[Any, Any, State]) -> Any:
        return jnp.logical_and(carry[0] < last, jnp.isfinite(carry[1]))

    step, _, state = jax.lax.while_loop(goes_on, body, (jnp.asarray(first), jnp.float32(0), state))
    return state, step


def _test_steps(
    model: "keras.Model", state: State, data: Nest, start: Any, count: Any, spread: Any, *, size: int
) -> tuple[list[Any], Any]:
    """`count` batches of `size` rows from row `start` on; the metrics' variables and the spread."""
    import jax
    import keras

    trained, fixed, _, metrics = state
    model_variables = [*model.trainable_variables, *model.non_trainable_variables]

    def body(step: Any, carry: tuple[list[Any], Any]) -> tuple[list[Any], Any]:
        metrics, spread = carry
        batch = _mapped(lambda part: jax.lax.dynamic_slice_in_dim(part, start + step * size, size), data)
        known = [*zip(model_variables, [*trained, *fixed], strict=True)]
        known += zip(model.metrics_variables, metrics, strict=True)
        with keras.StatelessScope(state_mapping=known) as scope:
            new = evaluation.clean_step(model, *batch)
        return [scope.get_current_value(each) for each in model.metrics_variables], evaluation.combined(
            spread, new
        )

    return cast(tuple[list[Any], Any], jax.lax.fori_loop(0, count, body, (metrics, spread)))


def _means(model: "keras.Model", metrics: list[Any]) -> Any:
    """All metrics as one vector; a metric with several values counts with their mean."""
    import jax.numpy as jnp
    import keras

    with keras.StatelessScope(state_mapping=[*zip(model.metrics_variables, metrics, strict=True)]):
        return jnp.stack(
            [jnp.mean(jnp.asarray(value, "float32")) for value in model.get_metrics_result().values()]
        )


def _listed(state: tuple[Any, ...]) -> State:
    return cast(State, tuple(list(group) for group in state))
