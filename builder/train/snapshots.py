"""Which layer broke? The last sound state is kept, and trained again up to the step before the break."""

import time
from dataclasses import dataclass

import numpy as np

from builder.train import state
from builder.train.session import Session
from builder.train.state import State

EVERY_S = 1.0
COST_SHARE = 0.01
"""Copying the state may take this share of the time."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    epoch: int
    """From 0."""
    step: int
    state: State


class Snapshots:
    """Keeps the newest sound state of a session, cheaply."""

    def __init__(self, session: Session, epoch: int = 0, step: int = 0) -> None:
        """Begin after `step` steps of `epoch` (from 0)."""
        self._session = session
        self._first_rms = self._rms()
        self._next = 0.0
        self._kept = _Snapshot(epoch, step, state.capture(session.model))

    def offer(self, epoch: int, step: int) -> None:
        """Keep the state after `step` steps of `epoch` (from 0), unless one was kept a moment ago."""
        if time.monotonic() >= self._next:
            self.take(epoch, step)

    def take(self, epoch: int, step: int) -> None:
        """Keep the state now: what a change that was made by hand follows on cannot be trained again from before."""
        begun = time.monotonic()
        self._kept = _Snapshot(epoch, step, state.capture(self._session.model))
        cost = time.monotonic() - begun
        self._next = begun + max(EVERY_S, cost / COST_SHARE)

    def culprit(self, epoch: int, step: int) -> str | None:
        """The layer that had grown most when step number `step` (from 1) of `epoch` (from 0) broke.

        Afterwards the session is in the state before that step.
        """
        self._replay(epoch, step - 1)
        growth = {name: rms / self._first_rms[name] for name, rms in self._rms().items()}
        beyond = [name for name, times in growth.items() if not np.isfinite(times)]
        return beyond[0] if beyond else max(growth, key=growth.__getitem__, default=None)

    def _replay(self, epoch: int, step: int) -> None:
        state.restore(self._session.model, self._kept.state)
        first = self._kept.step
        for each in range(self._kept.epoch, epoch + 1):
            self._session.passes.begin(each)
            self._session.passes.train(first, step if each == epoch else self._session.passes.steps)
            first = 0

    def _rms(self) -> dict[str, float]:
        """Root mean square of the trainable weights of each layer that has some, at least 0.001."""
        return {
            layer.name: max(
                1e-3, float(np.sqrt(np.mean([np.mean(np.square(w.numpy(), dtype=float)) for w in found])))
            )
            for layer in self._session.model.layers
            if (found := layer.trainable_weights)
        }
