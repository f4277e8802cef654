"""Which runs have lost their process, and in which words is that told?"""

import time
from collections.abc import Callable

from builder.runs import processes
from builder.runs.event_rows import EventRows
from builder.runs.records import ACTIVE, Event, EventKind, Purpose, RunRecord, RunState
from builder.runs.run_rows import RunRows

HEARTBEAT_PATIENCE_S = 15.0
"""A compile or a save may hold a heartbeat back; a run is not given up before this."""
KILLED = "stopped unexpectedly (killed by the system or by hand)"


class DeathRows(RunRows, EventRows):
    """The part of the store that explains deaths."""

    def note_death(self, run_id: str, state: RunState, cause: str, pid: int | None = None) -> bool:
        """End a run whose process is gone, in words: `cause` and how many epochs are kept.

        Args:
            run_id: The run.
            state: In which it ends.
            cause: Why, in words.
            pid: The process that is gone; a run that goes on in another one by now is left alone.

        Returns:
            Whether this call ended it; a run that had ended before keeps its own words, and one that rests rests on.
        """
        run = self.run(run_id, even_hidden=True)
        if rests(run):
            return False
        words = f"{cause[:1].upper()}{cause[1:]}; {kept(run.epoch)}."
        ended = self._update(run_id, ACTIVE, pid, {"state": state, "error": words, "ended_at": time.time()})
        if ended:
            self.append(run_id, [Event(kind=EventKind.FAILED, text=words)])
        return ended

    def mark_lost(
        self, now: float | None = None, alive: Callable[[int | None, float | None], bool] = processes.is_alive
    ) -> list[str]:
        """End the runs whose heartbeat is old **and** whose process is gone; the ids of these runs."""
        moment = time.time() if now is None else now
        silent = [
            run
            for run in self.runs(None, ACTIVE, tuple(Purpose))
            if moment - _last_sign(run) > HEARTBEAT_PATIENCE_S
        ]
        gone = [run for run in silent if not rests(run) and not alive(run.pid, run.pid_started)]
        return [run.id for run in gone if self.note_death(run.id, RunState.LOST, KILLED, run.pid)]


def kept(epochs: int) -> str:
    """How much of a run is left, in words."""
    return {0: "no epoch was completed", 1: "1 epoch is kept"}.get(epochs, f"{epochs} epochs are kept")


def rests(run: RunRecord) -> bool:
    """Whether it waits, with everything saved, for somebody to resume it, and needs no process meanwhile."""
    return run.state is RunState.PAUSED and run.pid is None


def _last_sign(run: RunRecord) -> float:
    return run.heartbeat_at or run.started_at or run.created_at
