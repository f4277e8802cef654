"""Which runs wait for their turn, and whose process may work on a run? Each answer is one atomic step.

A run is created, put into the queue, taken out of it once (`take_turn`), and claimed by one process (`claim`): however
many supervisors, pages and workers ask at the same time, one of them wins.
"""

import sqlite3
import time
from collections.abc import Collection

from builder.runs.event_rows import EventRows, insert
from builder.runs.owners import no_run
from builder.runs.records import Event, EventKind, Purpose, RunRecord, RunState
from builder.runs.run_rows import RunRows

_APART_S = 1e-5
"""What floats of Unix seconds can tell apart."""


class TurnRows(RunRows, EventRows):
    """The part of the store that is the queue."""

    def enqueue(self, run_id: str, forecast_mb: float | None = None) -> bool:
        """Put a new run into the queue; `forecast_mb`: the memory its process is expected to take, in MB.

        Returns:
            Whether this call did it: asked for twice, a run is queued once.

        Raises:
            NotFound: There is no such run.
        """
        with self._database.write() as db:
            if db.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone() is None:
                raise no_run(run_id)
            done = db.execute(
                "UPDATE runs SET queued_at = ?, vitals = ? WHERE id = ? AND state = ? AND queued_at IS NULL",
                (_last_in_line(db), _forecast(forecast_mb), run_id, RunState.QUEUED),
            )
            if done.rowcount == 1:
                insert(db, run_id, [Event(kind=EventKind.QUEUED)])
        return done.rowcount == 1

    def requeue(self, run_id: str, only_if: Collection[RunState]) -> bool:
        """Put a run whose process is gone back into the queue; what it has learned stays.

        Returns:
            Whether it was in one of these states.

        Raises:
            NotFound: There is no such run.
        """
        gone: dict[str, object] = dict.fromkeys(("pid", "pid_started", "phase", "ended_at", "error"))
        with self._database.read() as db:
            since = _last_in_line(db)
        done = self.update_run(run_id, only_if, state=RunState.QUEUED, queued_at=since, **gone)
        if done:
            self.append(run_id, [Event(kind=EventKind.QUEUED)])
        return done

    def waiting(self) -> list[RunRecord]:
        """Runs in the queue, whoever owns them, longest waiting first."""
        found = self.runs(None, {RunState.QUEUED}, tuple(Purpose))
        return sorted((run for run in found if run.queued_at is not None), key=lambda run: run.queued_at or 0)

    def last_turns(self) -> dict[str, float]:
        """When each owner last had a run at work, in Unix seconds; who never had one is missing."""
        with self._database.read() as db:
            found = db.execute(
                "SELECT owner, max(heartbeat_at) FROM runs WHERE heartbeat_at IS NOT NULL GROUP BY owner"
            ).fetchall()
        return {str(owner): float(at) for owner, at in found}

    def take_turn(self, run_id: str) -> bool:
        """Take a run out of the queue to start it; whether it was still there."""
        nobody: dict[str, object] = dict.fromkeys(("pid", "pid_started", "phase"))
        return self.update_run(
            run_id, {RunState.QUEUED}, state=RunState.STARTING, heartbeat_at=time.time(), **nobody
        )

    def claim(self, run_id: str, pid: int, pid_started: float | None) -> bool:
        """Say that this process works on a run that is being started; False when another one does, or nobody shall."""
        with self._database.write() as db:
            done = db.execute(
                "UPDATE runs SET pid = ?, pid_started = ?, heartbeat_at = ?"
                " WHERE id = ? AND state IN (?,?) AND (pid IS NULL OR pid = ?)",
                (pid, pid_started, time.time(), run_id, RunState.STARTING, RunState.STOPPING, pid),
            )
        return done.rowcount == 1


def _last_in_line(db: sqlite3.Connection) -> float:
    """Now, but behind everybody who waits, also where the clock was set back meanwhile."""
    row = db.execute("SELECT max(queued_at) FROM runs WHERE state = ?", (RunState.QUEUED,)).fetchone()
    return max(time.time(), (row[0] or 0.0) + _APART_S)


def _forecast(memory_mb: float | None) -> str | None:
    return None if memory_mb is None else f'{{"forecast_mb": {memory_mb:.0f}}}'
