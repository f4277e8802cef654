"""What must a backend be able to do so that a run can be trained on it?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from builder.runs.records import Values
from builder.train.pace import Pace

Nest = Any
"""Arrays or tensors nested as the model takes them: one, a list, or a dict."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that go through the model: inputs and targets, nested as the model takes them."""

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
    """Compiled passes of one compiled model over rows in memory."""

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
        """All metrics over `rows` in evaluation mode; None when it was interrupted."""
