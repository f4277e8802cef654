"""What happens from the first step to the last? Epochs of training, each followed by clean evaluations.

What is measured goes to the pulse; commands are looked for between executions, each of which lasts 0.2 s at most.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.runs.records import Event, EventKind, Values
from builder.train.attending import Attendant, End, Leaving
from builder.train.course import Course
from builder.train.keeping import Keeper
from builder.train.observing.observer import Moment, Observer, Resting
from builder.train.passes.contract import Rows, Stretch
from builder.train.pulse import Pulse
from builder.train.saving import Saver
from builder.train.snapshots import Snapshots

SAMPLE_S = 0.1
POINTS = 2000
"""Batch losses are told every 0.1 s at first, later so rarely that a run of any length has a few thousand."""


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
    """Trains a course to its end, from wherever it is."""

    def __init__(
        self,
        course: Course,
        pulse: Pulse,
        saver: Saver,
        keeper: Keeper,
        attendant: Attendant,
        observers: Sequence[Observer] = (),
    ) -> None:
        self._course, self._session, self._pulse = course, course.session, pulse
        self._saver, self._keeper, self._attendant = saver, keeper, attendant
        self._observers = observers
        attendant.while_holding = self._rest
        self._snapshots = Snapshots(course.session, course.epoch, course.step)
        self._sampled = _Sampled()
        self._leaving: Leaving | None = None
        attendant.on_change = lambda: self._snapshots.take(course.epoch, course.step)

    def run(self) -> End:
        """Measure once, then train epoch after epoch.

        Raises:
            Broke: The loss became infinite or no number.
            OSError: The disk is full.
        """
        try:
            return self._all_epochs()
        except Leaving as leaving:
            return leaving.end

    def culprit(self, broke: Broke) -> str | None:
        """The layer that grew most before the break; afterwards the model is as it was just before."""
        return self._snapshots.culprit(broke.epoch - 1, broke.step)

    def _all_epochs(self) -> End:
        course = self._course
        if not course.is_measured:
            self._tell_epoch(self._evaluated())
            course.is_measured = True
        while not course.watch.is_out_of_patience:
            if course.epoch >= course.epochs:
                return End.FINISHED
            self._train()
            self._measure()
        self._pulse.tell(Event(kind=EventKind.NOTE, epoch=course.epoch, text=course.watch.verdict))
        return End.EARLY

    def _train(self) -> None:
        """Train what is left of the epoch; the course holds Keras' running means afterwards."""
        course, passes = self._course, self._session.passes
        self._attendant.attend()
        if course.step == 0 and course.settings.begin_epoch():
            self._snapshots.take(course.epoch, course.step)
            self._pulse.tell(steps_per_epoch=passes.steps)
        passes.begin(course.epoch)
        self._sampled.rows, self._sampled.total = self._rows_and_total(course.step, course.running)
        while course.step < passes.steps:
            before = course.step
            done = passes.train(before, self._until())
            if not math.isfinite(done.values["loss"]):
                raise Broke(course.epoch + 1, done.step)
            course.step, course.running, course.rate = done.step, done.values, course.current_rate()
            self._pulse.obey(
                "stop", lambda _: self._pulse.stop.set()
            )  # from here on there is something to keep
            self._look_around(done, done.step - before)
            self._attendant.attend()

    def _until(self) -> int:
        """The step at which to look around next: where a change comes again it is not passed over."""
        course, passes = self._course, self._session.passes
        again = course.settings.next_step(course.epoch)
        known = [again] if again is not None and again > course.step else []
        return min(passes.steps, course.step + passes.train_pace.steps, *known)

    def _look_around(self, done: Stretch, steps: int) -> None:
        """What is done between two executions."""
        self._sample(done, steps)
        self._snapshots.offer(self._course.epoch, done.step)
        self._saver.offer()
        self._show(Moment(self._course.epoch + 1, done.step), done.values)

    def _rows_and_total(self, step: int, running: Values) -> tuple[int, float]:
        """Rows seen so far in the epoch, and the sum of their losses."""
        rows = min(step * self._session.passes.batch_size, self._session.rows["train"])
        return rows, running["loss"] * rows if rows else 0.0

    def _sample(self, done: Stretch, steps: int) -> None:
        """Tell the mean loss of the batches since the last time, if it is time."""
        now, last, seconds = time.monotonic(), self._sampled, self._course.clock.seconds
        last.steps += steps
        if now - last.at < max(SAMPLE_S, seconds / POINTS):
            return
        rows, total = self._rows_and_total(done.step, done.values)
        values = {"loss": (total - last.total) / (rows - last.rows)}
        if last.is_warm:
            values["steps_per_s"] = last.steps / (now - last.at)
        event = Event(kind=EventKind.BATCH, epoch=self._course.epoch + 1, step=done.step, values=values)
        self._pulse.tell(event, seconds=seconds)
        self._sampled = _Sampled(now, rows, total, is_warm=True)

    def _measure(self) -> None:
        """Evaluate the trained epoch, tell everything, and save what is to be saved."""
        course = self._course
        self._session.settle_sample()
        measured = self._evaluated()
        if not math.isfinite(measured["loss"]):
            raise Broke(course.epoch + 1, self._session.passes.steps)
        values = measured | {f"keras_{name}": value for name, value in course.running.items()}
        if course.rate is not None:
            values["learning_rate"] = course.rate
        course.epoch, course.step, course.running = course.epoch + 1, 0, {}
        is_best = course.watch.see(course.epoch, values, self._session.model.get_weights)
        self._tell_epoch(values)
        self._lower_rate(values)
        self._saver.end_epoch(is_best)
        self._keeper.offer(course.epoch)

    def _lower_rate(self, values: Values) -> None:
        """Take a smaller learning rate where the plateau's rule says so, and tell it."""
        course, rate = self._course, self._session.model.optimizer.learning_rate
        before = float(rate.numpy())
        lower = course.plateau.see(values, before)
        if lower is None:
            return
        rate.assign(lower)
        course.settings.note_rate(lower)
        words = f"Learning rate {before:.6g} to {lower:.6g} from epoch {course.epoch + 1}: no improvement."
        event = Event(
            kind=EventKind.CHANGE, epoch=course.epoch + 1, step=0, values={"learning_rate": lower}, text=words
        )
        self._pulse.tell(event, live=dict(course.settings.live))

    def _tell_epoch(self, values: Values) -> None:
        """Tell what was measured after the completed epoch (0: before training)."""
        course, told = self._course, finite(values)
        self._pulse.tell(
            Event(kind=EventKind.EPOCH, epoch=course.epoch, values=told),
            **{"epoch": course.epoch, "metrics": told, "best": course.watch.best},
            seconds=course.clock.seconds,
            rows=self._session.rows,
        )
        steps = self._session.passes.steps if course.epoch else 0
        self._show(Moment(course.epoch, steps, is_epoch_end=True), told)

    def _show(self, moment: Moment, values: Values) -> None:
        for observer in self._observers:
            observer.see(moment, values)

    def _rest(self) -> None:
        for observer in self._observers:
            if isinstance(observer, Resting):
                observer.rest()

    def _evaluated(self) -> Values:
        """Values of the measured training rows and of the validation rows.

        Raises:
            Leaving: Somebody wants training to end; nothing was measured.
        """
        train = self._evaluate(self._session.measured)
        validation = self._evaluate(self._session.validation)
        return train | {f"val_{name}": value for name, value in validation.items()}

    def _evaluate(self, rows: Rows | None) -> Values:
        found = {} if rows is None else self._session.passes.evaluate(rows, self._is_leaving)
        if self._leaving is not None or found is None:
            raise self._leaving or Leaving(End.STOPPED)
        return found

    def _is_leaving(self) -> bool:
        """Carry out what was asked, between two executions of an evaluation; whether it is to be broken off."""
        try:
            self._attendant.attend()
        except Leaving as leaving:
            self._leaving = leaving
        return self._leaving is not None
