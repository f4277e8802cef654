"""How is a run started, stopped, and explained when its process dies? From any process, without TensorFlow.

`_spawn` is the one place that makes a process: a pre-warmed fork can take its place. A queue calls `start` when it is a
run's turn; pausing and resuming are further commands.
"""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import suppress

from builder import paths
from builder.errors import Conflict, NotFound
from builder.runs import artifacts, processes
from builder.runs.deaths import KILLED
from builder.runs.records import ACTIVE, Event, EventKind, Purpose, RunRecord, RunState
from builder.runs.store import Store
from builder.train import devices, explain

WATCH_S = 2.0
"""How often `keep_watch` looks: a death is told within 5 s."""
SETTLING_S = 1.0
"""A process may end a moment before its last words are read."""


def start(store: Store, run_id: str, owner: str | None = None) -> None:
    """Start a queued run in a process of its own, which outlives this one.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It was started before.
    """
    run = store.run(run_id, owner)
    if not store.update_run(
        run_id, only_if={RunState.QUEUED}, state=RunState.STARTING, heartbeat_at=time.time()
    ):
        raise Conflict(f"Run {run.number} was started already.", "", "Make a new run to train again.")
    store.append(run_id, [Event(kind=EventKind.QUEUED)])
    try:
        process = _spawn(run)
    except OSError as error:
        store.note_death(run_id, RunState.FAILED, f"its process could not be started ({error.strerror})")
        return
    began = processes.began(process.pid)
    store.update_run(run_id, only_if=ACTIVE, pid=process.pid, pid_started=began)
    threading.Thread(
        target=_await_end, args=(store, run_id, process), name=f"run {run_id}", daemon=True
    ).start()


def stop(store: Store, run_id: str, owner: str | None = None) -> None:
    """Ask a run to stop; it keeps what it learned. A run that ended is left alone.

    Raises:
        NotFound: The run is missing, or somebody else's.
    """
    store.run(run_id, owner)
    if store.update_run(run_id, only_if={RunState.QUEUED}, state=RunState.STOPPED, ended_at=time.time()):
        store.append(run_id, [Event(kind=EventKind.FINISHED, text="Stopped before it began.")])
    elif store.update_run(run_id, only_if=ACTIVE, state=RunState.STOPPING):
        store.command(run_id, "stop")


def watch(store: Store) -> list[str]:
    """Look once for runs whose process is gone, whoever started them, and tell so in words; the ids of these runs."""
    gone = [run for run in store.runs(None, ACTIVE, tuple(Purpose)) if _is_gone(run)]
    if gone:
        time.sleep(SETTLING_S)  # whoever started it knows more than that it is gone, and tells it now
    told = [run.id for run in gone if store.note_death(run.id, RunState.LOST, KILLED)]
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


def _spawn(run: RunRecord) -> subprocess.Popen[bytes]:
    """A new process in a session of its own; all it is told is the run's id."""
    command = [sys.executable, "-m", "builder.train.worker", run.id]
    home = {"LAYERLOOM_HOME": str(paths.home())}
    with (artifacts.folder(run.id) / artifacts.LOG).open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=paths.PROJECT,
            env=os.environ | home | devices.environment(run.project.training),
            start_new_session=True,
        )


def _await_end(store: Store, run_id: str, process: subprocess.Popen[bytes]) -> None:
    """Fetch the process when it ends, so that no corpse stays, and explain an end without last words."""
    code = process.wait()
    try:
        store.note_death(run_id, *explain.exit_code(code))
    except NotFound:
        return  # deleted meanwhile


def _is_gone(run: RunRecord) -> bool:
    return run.pid is not None and not processes.is_alive(run.pid, run.pid_started)
