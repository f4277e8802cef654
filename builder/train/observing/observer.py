"""Who watches a training from within, and how little may that cost?

Observers are called between executions (every 0.2 s at most), in the thread that trains: they may look at the
model, and must leave it as it is. Each measures what it costs and stays within its share of the time.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from builder.runs.records import Values


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in a run something was seen."""

    epoch: int
    """The epoch under way, from 1; at the end of an epoch the completed one; 0 before training."""
    step: int
    """Steps done in this epoch."""
    is_epoch_end: bool = False


class Observer(Protocol):
    """Looks on while a session is trained."""

    def see(self, moment: Moment, values: Values) -> None:
        """Look now; `values` are those of the epoch at its end, else Keras' running means."""

    def close(self) -> None:
        """Training is over: write what is still to be written."""


@runtime_checkable
class Resting(Protocol):
    """An observer that has something to do while the run is paused as well."""

    def rest(self) -> None:
        """Nothing moves; called many times a second, so that it has to find out cheaply that there is nothing to do."""


class Share:
    """Says when it is time to look again: so that looking takes at most `share` of the time."""

    def __init__(self, share: float, every_s: float) -> None:
        self._share, self._every_s = share, every_s
        self._next = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it is time."""
        return time.monotonic() >= self._next

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Around a look: the longer it takes, the later comes the next."""
        begun = time.monotonic()
        yield
        cost = time.monotonic() - begun
        self._next = begun + max(self._every_s, cost / self._share)
