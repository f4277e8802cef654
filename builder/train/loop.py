"""What happens from the first step to the last? Epochs of training, each followed by clean evaluations.

What is measured goes to the pulse; Stop is looked for between executions, each of which lasts 0.2 s at most.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from builder.runs.records import Event, EventKind, Values
from builder.train.keeping import Keeper
from builder.train.observing.observer import Moment, Observer
from builder.train.passes.contract import Rows, Stretch
from builder.train.pulse import Pulse
from builder.train.session import Session
from builder.train.snapshots import Snapshots
from builder.train.watch import Watch

SAMPLE_S = 0.1
POINTS = 2000
"""Batch losses are told every 0.1 s at first, later so rarely that a run of any length has a few thousand."""


class End(Enum):
    """How training ended."""

    FINISHED = "finished"
    EARLY = "early"
    STOPPED = "stopped"


class Broke(Exception):
    """The loss became infinite or no number at step `step` (from 1) of epoch `epoch` (from 1)."""

    def __init__(self, epoch: int, step: int) -> None:
        super().__init__(f"epoch {epoch}, step {step}")
        self.epoch, self.step = epoch, step


def finite(values: Values) -> Values:
    """Without what is infinite or no number: JSON and charts have no place for it."""
    return {name: value for name, value in values.items() if math.isfinite(value)}


@dataclass(slots=True)
class _Sampled:
    """What was true when the last batch loss was told."""

    at: float = field(default_factory=time.monotonic)
    rows: int = 0
    total: float = 0.0
    """Sum of the loss over these rows of the epoch."""
    steps: int = 0
    """Steps since then, over epochs."""
    is_warm: bool = False
    """Whether the time since then holds steps only; the first also holds compilation."""


class Loop:
    """Trains a session to its end."""

    def __init__(
        self,
        session: Session,
        pulse: Pulse,
        watch: Watch,
        keeper: Keeper,
        observers: Sequence[Observer] = (),
    ) -> None:
        self._session, self._pulse, self._watch, self._keeper = session, pulse, watch, keeper
        self._observers = observers
        self._snapshots = Snapshots(session)
        self._begun = time.monotonic()
        self._sampled = _Sampled()
        self._done = 0

    def run(self) -> End:
        """Measure once, then train epoch after epoch.

        Raises:
            Broke: The loss became infinite or no number.
            OSError: The disk is full.
        """
        if not self._measure(0, {}):
            return End.STOPPED
        for epoch in range(1, self._session.project.training.epochs + 1):
            if not self._epoch(epoch):
                return End.STOPPED
            if self._watch.is_out_of_patience:
                self._pulse.tell(Event(kind=EventKind.NOTE, text=self._watch.verdict))
                return End.EARLY
        return End.FINISHED

    @property
    def completed(self) -> int | None:
        """The epoch whose weights the model has now, if nothing was trained since."""
        return self._done or None

    @property
    def seconds(self) -> float:
        """Seconds since the beginning, by a clock that never jumps."""
        return time.monotonic() - self._begun

    def culprit(self, broke: Broke) -> str | None:
        """The layer that grew most before the break; afterwards the model is as it was just before."""
        return self._snapshots.culprit(broke.epoch - 1, broke.step)

    def _epoch(self, epoch: int) -> bool:
        """Train and measure one epoch (from 1); False when it was stopped."""
        running = self._train(epoch)
        if running is None or not self._measure(epoch, running):
            return False
        self._keeper.offer(epoch)
        return True

    def _train(self, epoch: int) -> Values | None:
        """Keras' running means over the epoch; None when it was stopped."""
        passes = self._session.passes
        passes.begin(epoch - 1)
        done, self._sampled.rows, self._sampled.total = Stretch(0, {}), 0, 0.0
        while done.step < passes.steps:
            if self._pulse.stop.is_set():
                return None
            self._done = 0
            before = done.step
            done = passes.train(before, min(passes.steps, before + passes.train_pace.steps))
            self._pulse.obey(
                "stop", lambda _: self._pulse.stop.set()
            )  # from here on there is something to keep
            if not math.isfinite(done.values["loss"]):
                raise Broke(epoch, done.step)
            self._sample(epoch, done, done.step - before)
            self._snapshots.offer(epoch - 1, done.step)
            self._show(Moment(epoch, done.step), done.values)
        return done.values

    def _sample(self, epoch: int, done: Stretch, steps: int) -> None:
        """Tell the mean loss of the batches since the last time, if it is time."""
        now, last = time.monotonic(), self._sampled
        last.steps += steps
        if now - last.at < max(SAMPLE_S, (now - self._begun) / POINTS):
            return
        rows = min(done.step * self._session.passes.batch_size, self._session.rows["train"])
        total = done.values["loss"] * rows
        values = {"loss": (total - last.total) / (rows - last.rows)}
        if last.is_warm:
            values["steps_per_s"] = last.steps / (now - last.at)
        self._pulse.tell(
            Event(kind=EventKind.BATCH, epoch=epoch, step=done.step, values=values), seconds=now - self._begun
        )
        self._sampled = _Sampled(now, rows, total, is_warm=True)

    def _measure(self, epoch: int, running: Values) -> bool:
        """Evaluate after `epoch` (0: before training) and tell everything; False when it was stopped."""
        if epoch == 1:
            self._session.settle_sample()
        train, validation = self._evaluate(self._session.measured), self._evaluate(self._session.validation)
        if train is None or validation is None:
            return False
        if epoch and not math.isfinite(train["loss"]):
            raise Broke(epoch, self._session.passes.steps)
        values = train | {f"val_{name}": value for name, value in validation.items()}
        values |= {f"keras_{name}": value for name, value in running.items()}
        if epoch:
            self._done = epoch
            self._watch.see(epoch, values, self._session.model.get_weights)
        told = finite(values)
        self._pulse.tell(
            Event(kind=EventKind.EPOCH, epoch=epoch, values=told),
            **{"epoch": epoch, "metrics": told, "best": self._watch.best, "seconds": self.seconds}
            | {"rows": self._session.rows},
        )
        self._show(Moment(epoch, self._session.passes.steps if epoch else 0, is_epoch_end=True), told)
        return True

    def _show(self, moment: Moment, values: Values) -> None:
        for observer in self._observers:
            observer.see(moment, values)

    def _evaluate(self, rows: Rows | None) -> Values | None:
        return {} if rows is None else self._session.passes.evaluate(rows, self._pulse.stop.is_set)
