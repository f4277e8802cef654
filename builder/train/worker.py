"""The program that trains one run: `python -m builder.train.worker RUN_ID`.

A process of its own, started by `launch`; it outlives the page server. All it knows is the run's id: the project comes
from the store, and what happens goes back there. Its end is always told: finished, stopped, or failed with a reason.
"""

import os
import signal
import sys
import time
import traceback
from contextlib import suppress

from builder import paths
from builder.errors import NotFound
from builder.runs import artifacts, keepsake, processes, room
from builder.runs.records import ACTIVE, Event, EventKind, Purpose, RunRecord, RunState, Values
from builder.runs.store import Store
from builder.train import devices, explain, limits
from builder.train.attending import Attendant, End
from builder.train.beginning import find_start
from builder.train.calibration import calibrate
from builder.train.course import Course
from builder.train.keeping import Keeper
from builder.train.live_settings import LiveSettings
from builder.train.loop import Broke, Loop, finite
from builder.train.observing.opening import observers
from builder.train.plateau import Plateau
from builder.train.pulse import Pulse
from builder.train.saving import Saver
from builder.train.session import Session, open_session
from builder.train.watch import Watch

CLASS_NICENESS = 10
TEST_PATIENCE_S = 0.5
"""After Stop, the test rows are measured only if that takes no longer than this."""


def main(arguments: list[str]) -> int:
    """Train the run that is named; 0 when its end, good or bad, was told."""
    store, run_id = Store(), arguments[0]
    pid = os.getpid()
    if not store.claim(run_id, pid, processes.began(pid)):
        print(f"Run {run_id} is not waiting to be started.", file=sys.stderr)
        return 1
    store.update_run(run_id, phase="Importing")
    _give_way()
    with Pulse(store, run_id) as pulse:
        pulse.obey("stop", lambda _: _stop_at_once(store, run_id))
        signal.signal(signal.SIGTERM, lambda *_: pulse.ask("stop"))
        try:
            _work(store, run_id, pulse)
        except BaseException as error:
            if isinstance(error, NotFound) and _is_deleted(store, run_id):
                print("The run was deleted.")
                return 0
            with suppress(OSError):  # the log lies on the disk that may be full
                traceback.print_exc()
            _fail(store, run_id, pulse, explain.exception(error))
    return 0


def _give_way() -> None:
    """In a class pages come first: a run takes what processor time they leave, which is nearly all."""
    if limits.is_classroom() and hasattr(os, "nice"):
        os.nice(CLASS_NICENESS)


def _is_deleted(store: Store, run_id: str) -> bool:
    try:
        store.run(run_id, even_hidden=True)
    except NotFound:
        return True
    return False


def _work(store: Store, run_id: str, pulse: Pulse) -> None:
    """What the run is for."""
    run = store.run(run_id, even_hidden=True)
    if run.purpose is Purpose.CALIBRATE:
        calibrate(store, run, pulse)
    else:
        _train(store, run, pulse)


def _train(store: Store, run: RunRecord, pulse: Pulse) -> None:
    run_id = run.id
    devices.limit_memory()
    artifacts.sweep(run_id)
    room.reserve(paths.home())
    start = find_start(run)
    session = open_session(
        run.project, start.measured_rows, say=lambda phase: store.update_run(run_id, phase=phase)
    )
    course = _course(run, session)
    start.take(store, course, pulse)
    saver, keeper = Saver(course, pulse), Keeper(store, run_id, session, course.watch)
    seeing = observers(run_id, session)
    loop = Loop(course, pulse, saver, keeper, Attendant(store, course, pulse, saver, keeper), seeing)
    store.update_run(run_id, only_if={RunState.STARTING}, state=RunState.RUNNING)
    pulse.tell(phase="First step")
    try:
        end = loop.run()
    except Broke as broke:
        words = explain.broken(broke.epoch, broke.step, loop.culprit(broke))
        keeper.save(None)
        _fail(store, run_id, pulse, words)
        return
    if end is not End.PAUSED:
        saver.finish()
        keeper.finish(course.completed)
    for observer in seeing:
        observer.close()
    if end is End.PAUSED:
        keepsake.write(store, run_id)
    else:
        _finish(store, run_id, pulse, end, _test_values(session, pulse), course.clock.seconds)


def _course(run: RunRecord, session: Session) -> Course:
    training, names = run.project.training, _measured_names(session)
    return Course(
        run_id=run.id,
        session=session,
        watch=Watch(training.early_stopping, names),
        plateau=Plateau(training.reduce_lr, names),
        settings=LiveSettings(run.id, session),
        epochs=run.epochs,
    )


def _measured_names(session: Session) -> list[str]:
    names = session.passes.names
    return [*names, *(f"val_{name}" for name in names)] if session.validation else names


def _test_values(session: Session, pulse: Pulse) -> Values | None:
    """Values on the test rows with the weights that the run ends with."""
    if session.test is None:
        return None
    deadline = time.monotonic() + TEST_PATIENCE_S
    values = session.passes.evaluate(
        session.test, lambda: pulse.stop.is_set() and time.monotonic() > deadline
    )
    return None if values is None else finite(values)


def _finish(store: Store, run_id: str, pulse: Pulse, end: End, test: Values | None, seconds: float) -> None:
    state = RunState.STOPPED if end is End.STOPPED else RunState.FINISHED
    words = "Stopped by request." if end is End.STOPPED else ""
    pulse.tell(Event(kind=EventKind.FINISHED, values=test or {}, text=words), test=test, seconds=seconds)
    pulse.flush()
    store.update_run(run_id, state=state, ended_at=time.time())
    keepsake.write(store, run_id)


def _stop_at_once(store: Store, run_id: str) -> None:
    """End before anything was learned, without waiting for imports and compilation."""
    store.append(run_id, [Event(kind=EventKind.FINISHED, text="Stopped before the first step.")])
    store.update_run(run_id, state=RunState.STOPPED, ended_at=time.time())
    os._exit(0)


def _fail(store: Store, run_id: str, pulse: Pulse, words: str) -> None:
    """End the run badly, with the reason in the person's words."""
    pulse.tell(Event(kind=EventKind.FAILED, text=words))
    pulse.flush()
    store.update_run(run_id, only_if=ACTIVE, state=RunState.FAILED, error=words, ended_at=time.time())
    with suppress(OSError):
        keepsake.write(store, run_id)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
