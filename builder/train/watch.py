"""Which epoch was the best, and is it time to stop early? The same rules as Keras' `EarlyStopping`."""

import math
from collections.abc import Callable, Collection
from typing import Any

from builder.project.document import EarlyStopping
from builder.runs.records import Values
from builder.train.recollection import Recollection

Weights = list[Any]
"""Copies of a model's weights, as `model.get_weights()` gives them."""


class Watch:
    """Follows one value from epoch to epoch and keeps the weights of its best."""

    def __init__(self, settings: EarlyStopping | None, measured: Collection[str]) -> None:
        self.monitor = nearest(settings.monitor if settings else "val_loss", measured)
        """The watched value: the wanted one, or the nearest to it that this run measures."""
        self.restores = settings is not None and settings.restore_best_weights
        """Whether the run ends with the weights of its best epoch."""
        self.best: dict[str, int | float] | None = None
        self.weights: Weights | None = None
        self._patience = settings.patience if settings else None
        self._sign = -1.0 if self.monitor.endswith("accuracy") else 1.0
        self._wait = 0
        self._best_value: float | None = None

    def see(self, epoch: int, values: Values, weights: Callable[[], Weights]) -> bool:
        """Take in a completed epoch (from 1), with a way to copy its weights; whether it is the best so far."""
        value = watched(self.monitor, values)
        self._wait += 1
        known = math.inf * self._sign if self._best_value is None else self._best_value
        if not math.isfinite(value) or self._sign * value >= self._sign * known:
            return False
        beside = {
            name: other
            for name, other in values.items()
            if name.startswith("val_") and not name.endswith("_se") and math.isfinite(other)
        }
        # The watched value stands first: that is how readers know which one it is.
        shown = values.get(self.monitor, value) if self.monitor.startswith("val_") else value
        self.best = {"epoch": epoch, self.monitor: shown} | (beside | {self.monitor: shown})
        self.weights, self._best_value = weights(), value
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

    def remember(self) -> Recollection:
        """What must be known to go on; the weights of the best epoch are kept beside it."""
        return Recollection(monitor=self.monitor, best=self._best_value, waited=self._wait, shown=self.best)

    def recall(self, memory: Recollection, weights: Weights | None, is_anew: bool = False) -> None:
        """Go on where the memory ends; `is_anew`: with new patience, where it had run out."""
        if memory.monitor != self.monitor:
            return
        self.best, self.weights, self._best_value = memory.shown, weights, memory.best
        self._wait = memory.waited
        if is_anew and self.is_out_of_patience:
            self._wait = 0


def watched(monitor: str, values: Values) -> float:
    """What Keras' callbacks would see: where a training value is named, its running mean; losses with penalties."""
    if not monitor.startswith("val_"):
        return values.get(f"keras_{monitor}", math.nan)
    return values.get(monitor, math.nan) + (values.get("penalty", 0.0) if monitor == "val_loss" else 0.0)


def nearest(wanted: str, measured: Collection[str]) -> str:
    """The wanted value, else the loss of the same rows, else the training loss."""
    rows = "val_" if wanted.startswith("val_") else ""
    return next((name for name in (wanted, f"{rows}loss") if name in measured), "loss")
