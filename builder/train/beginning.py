"""Where does a run begin? At its last checkpoint, at a kept epoch of another run, or with fresh weights."""

import time
from dataclasses import dataclass

from builder.errors import BuilderError, NotFound, Unreadable
from builder.runs import artifacts
from builder.runs.event_rows import NEWEST
from builder.runs.records import Event, EventKind, Origin, RunRecord
from builder.runs.store import Store
from builder.train import checkpoints, rules
from builder.train.checkpoints import Checkpoint
from builder.train.course import Course
from builder.train.pulse import Pulse
from builder.train.taking_over import take_over


@dataclass(frozen=True, slots=True)
class Start:
    """Where a run is to begin."""

    checkpoint: Checkpoint | None = None
    """Its own, or that of the run that it was forked from."""
    origin: Origin | None = None
    """Where the checkpoint comes from, if it is another run's."""
    damaged: str = ""
    """Which checkpoints could not be read, in words."""

    @property
    def measured_rows(self) -> int | None:
        """Training rows of the clean evaluation, if that was settled before."""
        return self.checkpoint.facts.measured_rows if self.checkpoint else None

    def take(self, store: Store, course: Course, pulse: Pulse) -> None:
        """Bring the course there, and tell so.

        Raises:
            BuilderError: The checkpoint fits neither rows nor network; in words.
        """
        session = course.session
        pulse.tell(steps_per_epoch=session.passes.steps, rows=session.rows, choices=session.setup.choices)
        if self.checkpoint is not None and self.origin is None:
            course.go_on_from(self.checkpoint)
            pulse.tell(steps_per_epoch=session.passes.steps, live=dict(course.settings.live) or None)
            _rewind(store, course, self.damaged)
            _tell_where(store, course, pulse)
            return
        if store.last_event(course.run_id, EventKind.EPOCH) is not None:
            words = f"{self.damaged} There is no checkpoint: training begins anew.".strip()
            store.rewind(course.run_id, -1, 0, words)
        words = rules.words(session.setup)
        if self.checkpoint is not None and self.origin is not None:
            fresh = take_over(course, self.checkpoint)
            _copy_past(store, course, self.origin)
            words = f"{words} Begins with epoch {course.epoch} of run {self.origin.number}. {fresh}".strip()
            _tell_where(store, course, pulse)
        pulse.tell(Event(kind=EventKind.STARTED, text=words), started_at=time.time())


def find_start(run: RunRecord) -> Start:
    """Look for where this run is to begin.

    Raises:
        BuilderError: It was forked from an epoch that is no longer kept.
    """
    found, damaged = checkpoints.newest(run.id)
    if found is not None or run.origin is None:
        return Start(found, damaged=damaged)
    origin = run.origin
    try:
        kept = checkpoints.read(artifacts.kept_file(origin.run, origin.epoch), origin.run)
    except Unreadable as error:
        raise BuilderError(
            f"Epoch {origin.epoch} of run {origin.number} is no longer kept.", "", "Fork from another epoch."
        ) from error
    return Start(kept, origin, damaged)


def _rewind(store: Store, course: Course, damaged: str) -> None:
    """Forget what was told after the checkpoint: it comes again."""
    within = f"Goes on in epoch {course.epoch + 1}, step {course.step}."
    where = within if course.step else f"Goes on after epoch {course.epoch}."
    words = f"{damaged} An older one is used. {where}" if damaged else where
    store.rewind(course.run_id, course.epoch, course.step, words)


def _copy_past(store: Store, course: Course, origin: Origin) -> None:
    """What the other run measured up to its kept epoch belongs to this one too."""
    try:
        told = store.events(origin.run, limit=NEWEST, kinds=[EventKind.EPOCH])
    except NotFound:
        return  # deleted meanwhile: the curve begins here
    past = [event for event in told if event.epoch is not None and event.epoch <= origin.epoch]
    store.append(course.run_id, past)


def _tell_where(store: Store, course: Course, pulse: Pulse) -> None:
    last = store.last_event(course.run_id, EventKind.EPOCH)
    pulse.tell(
        epoch=course.epoch,
        best=course.watch.best,
        metrics=last.values if last else None,
        seconds=course.clock.seconds,
    )
