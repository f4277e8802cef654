"""Where does a run begin? With fresh weights, or where its last checkpoint was taken."""

import time

from builder.runs.records import Event, EventKind
from builder.runs.store import Store
from builder.train import checkpoints, devices
from builder.train.course import Course
from builder.train.pulse import Pulse


def begin(store: Store, course: Course, pulse: Pulse) -> None:
    """Bring the course to where it begins, and tell so.

    Raises:
        BuilderError: The checkpoint fits neither rows nor network; in words.
    """
    session = course.session
    figures = {"steps_per_epoch": session.passes.steps, "rows": session.rows}
    found, damaged = checkpoints.newest(course.run_id)
    if found is not None:
        course.go_on_from(found)
        _rewind(store, course, pulse, damaged)
        pulse.tell(**figures)
        return
    if store.last_event(course.run_id, EventKind.EPOCH) is not None:
        words = " ".join((damaged, "There is no checkpoint: training begins anew.")).strip()
        store.rewind(course.run_id, -1, 0, words)
    words = devices.words(session.project.training)
    pulse.tell(Event(kind=EventKind.STARTED, text=words), **figures, started_at=time.time())


def _rewind(store: Store, course: Course, pulse: Pulse, damaged: str) -> None:
    """Forget what was told after the checkpoint: it comes again."""
    where = (
        f"Goes on in epoch {course.epoch + 1}, step {course.step}."
        if course.step
        else (f"Goes on after epoch {course.epoch}.")
    )
    words = f"{damaged} An older one is used. {where}" if damaged else where
    store.rewind(course.run_id, course.epoch, course.step, words)
    last = store.last_event(course.run_id, EventKind.EPOCH)
    pulse.tell(best=course.watch.best, metrics=last.values if last else None, seconds=course.clock.seconds)
