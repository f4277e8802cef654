"""When is the learning rate lowered by itself? The same rules as Keras' `ReduceLROnPlateau`."""

import math
from collections.abc import Collection

from builder.project.document import ReduceRate
from builder.runs.records import Values
from builder.train.recollection import Recollection
from builder.train.watch import nearest, watched

LEAST = 1e-4
"""Keras' `min_delta`: less than this is no improvement."""


class Plateau:
    """Follows one value from epoch to epoch and lowers the learning rate when it stands still."""

    def __init__(self, settings: ReduceRate | None, measured: Collection[str]) -> None:
        self._settings = settings
        self._monitor = nearest(settings.monitor if settings else "val_loss", measured)
        self._sign = -1.0 if self._monitor.endswith("accuracy") else 1.0
        self._best: float | None = None
        self._waited = 0

    def see(self, values: Values, rate: float) -> float | None:
        """Take in a completed epoch and the present learning rate; the new one, where it is to be lowered."""
        if self._settings is None:
            return None
        value = self._sign * watched(self._monitor, values)
        if self._best is None or value < self._best - LEAST:
            self._best, self._waited = value if math.isfinite(value) else None, 0
            return None
        self._waited += 1
        if self._waited < self._settings.patience or rate <= self._settings.min_learning_rate:
            return None
        self._waited = 0
        return max(rate * self._settings.factor, self._settings.min_learning_rate)

    def remember(self) -> Recollection:
        """What must be known to go on."""
        return Recollection(monitor=self._monitor, best=self._best, waited=self._waited)

    def recall(self, memory: Recollection) -> None:
        """Go on where the memory ends."""
        if memory.monitor == self._monitor:
            self._best, self._waited = memory.best, memory.waited
