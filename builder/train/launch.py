"""How is a run put into the queue, stopped, and explained when its process dies? From any process, without TensorFlow.

`start` leaves the run in the queue and sees to it that a supervisor is there, which gives it a process when it is its
turn.
"""

import sqlite3
import threading
import time
from contextlib import suppress

from builder.errors import Conflict, NotFound
from builder.runs import processes
from builder.runs.deaths import KILLED, rests
from builder.runs.records import ACTIVE, Event, EventKind, Purpose, RunRecord, RunState
from builder.runs.store import Store
from builder.train import limits, presence

WATCH_S = 2.0
"""How often `keep_watch` looks: a death is told within 5 s."""
SETTLING_S = 1.0
"""A process may end a moment before its last words are read."""


def start(store: Store, run_id: str, owner: str | None = None, forecast_mb: float | None = None) -> None:
    """Put a new run into the queue; when its turn comes it trains in a process of its own, which outlives this one.

    Args:
        store: Where the run is.
        run_id: A run that was just created.
        owner: Whose it is; None: whoever's.
        forecast_mb: Memory that its process is expected to take, in MB; it begins when there is room for so much.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It was started before.
        LimitReached: Its owner may not begin it; the run is forgotten.
    """
    run = store.run(run_id, owner)
    try:
        if run.queued_at is None:
            limits.admit(store, run.owner, run.project, run.epochs)
    except limits.LimitReached:
        store.delete_run(run_id, run.owner)
        raise
    if not store.enqueue(run_id, forecast_mb):
        raise Conflict(f"Run {run.number} was started already.", "", "Make a new run to train again.")
    with suppress(OSError):  # no process to be had just now: the page server tries again each second
        presence.ensure()


def stop(store: Store, run_id: str, owner: str | None = None) -> None:
    """Ask a run to stop; it keeps what it learned. A run that ended is left alone.

    Raises:
        NotFound: The run is missing, or somebody else's.
    """
    run = store.run(run_id, owner)
    if rests(run) and store.update_run(
        run_id, only_if={RunState.PAUSED}, state=RunState.STOPPED, ended_at=time.time()
    ):
        store.append(run_id, [Event(kind=EventKind.FINISHED, text="Stopped by request.")])
    elif store.update_run(run_id, only_if={RunState.QUEUED}, state=RunState.STOPPED, ended_at=time.time()):
        words = "Stopped before it went on." if run.epoch else "Stopped before it began."
        store.append(run_id, [Event(kind=EventKind.FINISHED, text=words)])
    elif store.update_run(run_id, only_if=ACTIVE, state=RunState.STOPPING):
        store.command(run_id, "stop")


def watch(store: Store) -> list[str]:
    """Look once for runs whose process is gone, whoever started them, and tell so in words; the ids of these runs."""
    gone = [run for run in store.runs(None, ACTIVE, tuple(Purpose)) if _is_gone(run)]
    if gone:
        time.sleep(SETTLING_S)  # whoever started it knows more than that it is gone, and tells it now
    told = [run.id for run in gone if store.note_death(run.id, RunState.LOST, KILLED, run.pid)]
    return told + store.mark_lost()


def keep_watch(store: Store) -> threading.Event:
    """`watch` from now on, in a thread; set the event that is returned to end it."""
    end = threading.Event()

    def look() -> None:
        while not end.wait(WATCH_S):
            with suppress(sqlite3.Error, NotFound):  # locked or deleted just now: the next look is soon
                watch(store)

    threading.Thread(target=look, name="watch over runs", daemon=True).start()
    return end


def _is_gone(run: RunRecord) -> bool:
    return run.pid is not None and not processes.is_alive(run.pid, run.pid_started)
