"""Which epoch was the best, and is it time to stop early? The same rules as Keras' `EarlyStopping`."""

import math
from collections.abc import Callable, Collection
from typing import Any

from builder.project.document import EarlyStopping
from builder.runs.records import Values

Weights = list[Any]
"""Copies of a model's weights, as `model.get_weights()` gives them."""


class Watch:
    """Follows one value from epoch to epoch and keeps the weights of its best."""

    def __init__(self, settings: EarlyStopping | None, measured: Collection[str]) -> None:
        self.monitor = _measured(settings.monitor if settings else "val_loss", measured)
        """The watched value: the wanted one, or the nearest to it that this run measures."""
        self.restores = settings is not None and settings.restore_best_weights
        """Whether the run ends with the weights of its best epoch."""
        self.best: dict[str, int | float] | None = None
        self.weights: Weights | None = None
        self._patience = settings.patience if settings else None
        self._sign = -1.0 if self.monitor.endswith("accuracy") else 1.0
        self._wait = 0

    def see(self, epoch: int, values: Values, weights: Callable[[], Weights]) -> bool:
        """Take in a completed epoch (from 1), with a way to copy its weights; whether it is the best so far."""
        value = self._watched(values)
        self._wait += 1
        known = self.best[self.monitor] if self.best else math.inf * self._sign
        if not math.isfinite(value) or self._sign * value >= self._sign * known:
            return False
        beside = {
            name: other
            for name, other in values.items()
            if name.startswith("val_") and not name.endswith("_se") and math.isfinite(other)
        }
        # The watched value stands first: that is how readers know which one it is.
        self.best = {"epoch": epoch, self.monitor: value} | (beside | {self.monitor: value})
        self.weights = weights()
        self._wait = 0
        return True

    @property
    def is_out_of_patience(self) -> bool:
        """Whether the value has not improved for `patience` epochs."""
        return self._patience is not None and self._wait >= self._patience

    @property
    def verdict(self) -> str:
        """Why the run stops early, in words."""
        epochs = "1 epoch" if self._patience == 1 else f"{self._patience} epochs"
        best = f" The best was epoch {self.best['epoch']}." if self.best else ""
        watched = self.monitor.replace("val_", "validation ").replace("_", " ")
        return f"Stopped early: {watched} has not improved for {epochs}.{best}"

    def _watched(self, values: Values) -> float:
        """Where a training value is named, Keras watches its running mean."""
        name = self.monitor if self.monitor.startswith("val_") else f"keras_{self.monitor}"
        return values.get(name, math.nan)


def _measured(wanted: str, measured: Collection[str]) -> str:
    """The wanted value, else the loss of the same rows, else the training loss."""
    rows = "val_" if wanted.startswith("val_") else ""
    return next((name for name in (wanted, f"{rows}loss") if name in measured), "loss")
