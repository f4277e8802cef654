"""What must a backend be able to do so that a run can be trained on it?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from builder.runs.records import Values
from builder.train.pace import Pace

Nest = Any
"""Arrays or tensors nested as the model takes them: one, a list, or a dict."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Rows:
    """Rows that go through the model: numpy arrays of inputs and targets, nested as the model takes them."""

    x: Nest
    y: Nest
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of training steps came to."""

    step: int
    """Steps done in this epoch."""
    values: Values
    """Keras' running means since the beginning of the epoch, by metric."""


class Passes(Protocol):
    """Compiled passes of one compiled model over rows in memory; they keep the rows where they compute."""

    steps: int
    """Steps in an epoch; the last batch may be smaller."""
    batch_size: int
    train_pace: Pace
    names: list[str]
    """Metrics in order, `loss` first."""

    def begin(self, epoch: int) -> None:
        """Shuffle the rows for `epoch` (from 0): the same for the same seed, as in the exported script."""

    def train(self, first: int, last: int) -> Stretch:
        """Do the steps `first` to `last` (not included) of the epoch; ends early when the loss is no number."""

    def evaluate(self, rows: Rows, interrupted: Callable[[], bool] = ...) -> Values | None:
        """What `rows` come to in evaluation mode; None when it was interrupted.

        All metrics as Keras' `evaluate` gives them, but `loss` without penalties; beside it `loss_se`, its standard
        error, and `penalty` where the model has one (Keras' own loss is the sum of the two).
        """

    def resize(self, batch_size: int) -> None:
        """Batches of so many rows from the next `begin` on."""

    def renew(self) -> None:
        """Compile anew: what is fixed while compiling (rates, frozen layers, penalties) has changed."""
