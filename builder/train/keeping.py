"""When are weights written to disk, and which? The last and the best, whole or not at all, without slowing the run."""

import shutil
import time

from builder.runs import artifacts, keepsake
from builder.runs.store import Store
from builder.train.session import Session
from builder.train.watch import Watch

FIRST_S, EVERY_S = 5.0, 10.0
COST_SHARE = 0.01
"""Saving may take this share of the time."""


class Keeper:
    """Writes `last.keras`, `best.keras`, `model.keras` and `run.json` of a run."""

    def __init__(self, store: Store, run_id: str, session: Session, watch: Watch) -> None:
        self._store, self._run_id = store, run_id
        self._folder = artifacts.folder(run_id)
        self._model, self._watch = session.model, watch
        self._next = time.monotonic() + FIRST_S
        self._epoch_saved: int | float | None = None

    def offer(self, epoch: int) -> None:
        """Save after completed `epoch` (from 1) if it is time."""
        begun = time.monotonic()
        if begun >= self._next:
            self.save(epoch)
            keepsake.write(self._store, self._run_id)
            self._next = time.monotonic() + max(EVERY_S, (time.monotonic() - begun) / COST_SHARE)

    def save(self, epoch: int | None) -> None:
        """Write the last model, and the best where it is new; `epoch`: the completed one whose weights these are.

        Raises:
            OSError: The disk is full or cannot be written; older files stay whole.
        """
        self._write(artifacts.LAST)
        best = self._watch.best
        if best is None or self._watch.weights is None or best["epoch"] == self._epoch_saved:
            return
        if best["epoch"] == epoch:
            self._copy(artifacts.LAST, artifacts.BEST)
        else:
            self._write_best(self._watch.weights)
        self._epoch_saved = best["epoch"]

    def finish(self, epoch: int | None) -> None:
        """Write everything at the end of training, and let the model be what the run is to end with.

        Raises:
            OSError: The disk is full or cannot be written; older files stay whole.
        """
        self.save(epoch)
        restored = self._watch.weights if self._watch.restores else None
        if restored is not None:
            self._model.set_weights(restored)
        self._copy(artifacts.LAST if restored is None else artifacts.BEST, artifacts.MODEL)

    def _copy(self, source: str, target: str) -> None:
        with artifacts.replacing(self._folder / target) as temporary:
            shutil.copyfile(self._folder / source, temporary)

    def _write_best(self, weights: list[object]) -> None:
        now = self._model.get_weights()
        self._model.set_weights(weights)
        try:
            self._write(artifacts.BEST)
        finally:
            self._model.set_weights(now)

    def _write(self, name: str) -> None:
        with artifacts.replacing(self._folder / name) as temporary:
            self._model.save(temporary)
