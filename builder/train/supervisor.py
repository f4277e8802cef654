"""Who starts runs, and who sees what becomes of them? `python -m builder.train.supervisor`, one for each home.

It takes runs out of the queue when it is their turn, gives each a process (`starting`), explains deaths, keeps to the
limits, and ends by itself when nothing is left to do and nobody is there. Killed, it loses nothing: runs go on, and the
next supervisor finds them by pid and start time.
"""

import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress

from builder.errors import NotFound
from builder.runs import processes
from builder.runs.deaths import KILLED, rests
from builder.runs.records import ACTIVE, Event, EventKind, Purpose, RunRecord, RunState
from builder.runs.store import Store
from builder.train import explain, forking, limits, presence, queue
from builder.train.limit_watch import LimitWatch
from builder.train.starting import Starter, spawn
from builder.train.wards import Ward

LOOK_S = 0.02
"""How often the queue is looked at."""
MEMORY_S = 0.1
SURVEY_S = 0.25
HOUSE_S = 1.0
WORD_S = 0.5
"""Whoever saw the end of a process tells more than that it is gone, within so long."""


class Supervisor:
    """Turns a queue into processes."""

    def __init__(self, program: Sequence[str] = forking.PROGRAM) -> None:
        self._store = Store()
        self._file = _identity(self._store)
        self._starter = Starter(program)
        self._limits = LimitWatch()
        self._wards: dict[str, Ward] = {}
        self._due: dict[str, float] = {}
        self._ends = False

    def serve(self) -> None:
        """Until nothing is left to do and nobody is there, or `end` is called."""
        signal.signal(signal.SIGTERM, lambda *_: self.end())
        try:
            while not self._ends:
                try:
                    self.step()
                except (sqlite3.Error, OSError) as error:  # locked, full, set aside: the next look is soon
                    _log(f"The store cannot be used just now: {error}")
                    time.sleep(LOOK_S)
                    self._reopen()
        finally:
            self._starter.close()
            self._store.close()

    def end(self) -> None:
        """Leave after this step; runs go on."""
        self._ends = True

    def step(self) -> None:
        """Look once at everything whose time has come."""
        for news in self._starter.news(LOOK_S):
            self._hear(news)
        if self._is_due("memory", MEMORY_S):
            self._watch_memory()
        if self._is_due("survey", SURVEY_S):
            self._survey()
        self._begin()
        if self._is_due("house", HOUSE_S):
            self._keep_house()

    def _is_due(self, what: str, every_s: float) -> bool:
        now = time.monotonic()
        if now < self._due.get(what, 0.0):
            return False
        self._due[what] = now + every_s
        return True

    # ---- beginning

    def _begin(self) -> None:
        """Start the run whose turn it is, if there is room for it."""
        waiting = self._store.waiting()
        if not waiting:
            return
        held = limits.limits()
        working = [ward for ward in self._wards.values() if ward.run.state in queue.AT_WORK]
        if len(working) >= held.at_once:
            return
        owners = [ward.run.owner for ward in working]
        chosen = queue.next_run(
            queue.waiting_of(waiting, self._store.last_turns()), owners, held.each_at_once
        )
        run = next((run for run in waiting if run.id == chosen), None)
        if run is None or not self._starter.is_ready_for(run):
            return
        if working and not self._has_room(run):
            return
        if self._store.take_turn(run.id):
            self._start(run.model_copy(update={"state": RunState.STARTING, "pid": None, "phase": None}))

    def _has_room(self, run: RunRecord) -> bool:
        for ward in self._wards.values():
            ward.look()
        taken = [(ward.forecast_mb, ward.memory_mb) for ward in self._wards.values()]
        return limits.has_room(Ward(run, 0.0).forecast_mb, taken, limits.free_mb())

    def _start(self, run: RunRecord, anew: bool = False) -> None:
        """Give the run a process; `anew`: without a fork."""
        ward = self._wards[run.id] = Ward(run, time.monotonic(), worked_s=run.seconds or 0.0)
        if not anew and self._starter.fork(run):
            return  # its pid is news that come soon
        try:
            ward.process = spawn(run)
        except OSError as error:
            del self._wards[run.id]
            words = f"its process could not be started ({error.strerror})"
            self._store.note_death(run.id, RunState.FAILED, words)
            return
        self._take_on(ward, ward.process.pid)

    def _take_on(self, ward: Ward, pid: int) -> None:
        began = processes.began(pid)
        claimed = self._store.claim(ward.run.id, pid, began)
        if claimed or ward.pid is None:
            ward.pid, ward.began = pid, began
            ward.offer_to_system()

    # ---- watching

    def _hear(self, news: forking.News) -> None:
        ward = self._wards.get(news.run)
        if ward is None:
            return
        match news:
            case forking.Born(pid=pid):
                self._take_on(ward, pid)
            case forking.Unborn():
                self._start(ward.run, anew=True)
            case forking.Ended(pid=pid, code=code) if pid == ward.pid:
                self._bury(ward, *explain.exit_code(code))

    def _watch_memory(self) -> None:
        most = limits.limits().memory_mb
        for ward in self._wards.values():
            ward.look()
            if ward.memory_mb > most and ward.cause is None:
                ward.cause = explain.too_much_memory(most)
                ward.kill()

    def _survey(self) -> None:
        """See what the store and the system say of each run at work, whoever started it."""
        active = {run.id: run for run in self._store.runs(None, ACTIVE, tuple(Purpose)) if not rests(run)}
        for gone in self._wards.keys() - active.keys():
            self._forget(self._wards[gone])
        for run in active.values():
            ward = self._wards.setdefault(run.id, _adopted(run))
            ward.run = run.model_copy(
                update={"vitals": ward.run.vitals}
            )  # the forecast, not what it takes now
            if ward.pid is None:
                ward.pid, ward.began = run.pid, run.pid_started
            with suppress(NotFound):
                self._help(ward)
        self._limits.look(self._store, self._wards.values())

    def _forget(self, ward: Ward) -> None:
        if ward.process is not None and ward.process.poll() is None:
            return  # it has said its last words and ends in a moment
        del self._wards[ward.run.id]

    def _help(self, ward: Ward) -> None:
        now = time.monotonic()
        if ward.is_unborn(now):
            self._begin_again(ward)
        elif ward.is_gone:
            self._miss(ward, now)
        elif ward.cause is None and (cause := ward.trouble(now)):
            ward.cause = cause
            ward.kill()
        elif ward.is_stuck(now):
            _log(f"Run {ward.run.id} did nothing since it was started: begun anew.")
            ward.kill()
            if self._store.update_run(ward.run.id, {RunState.STARTING}, pid=None, pid_started=None):
                self._start(ward.run, anew=True)

    def _begin_again(self, ward: Ward) -> None:
        """Nobody works on this run: its supervisor or its zygote was killed when it was to begin."""
        if ward.run.state is RunState.STARTING:
            self._start(ward.run)
        elif self._store.update_run(ward.run.id, ACTIVE, state=RunState.STOPPED, ended_at=time.time()):
            words = "Stopped before it went on." if ward.run.epoch else "Stopped before the first step."
            self._store.append(ward.run.id, [Event(kind=EventKind.FINISHED, text=words)])

    def _miss(self, ward: Ward, now: float) -> None:
        """Its process is gone; who saw how it ended tells so within a moment."""
        if ward.process is not None:
            self._bury(ward, *explain.exit_code(ward.process.wait()))
            return
        ward.gone_at = ward.gone_at or now
        if now - ward.gone_at > WORD_S:
            self._bury(ward, RunState.LOST, KILLED)

    def _bury(self, ward: Ward, state: RunState, words: str) -> None:
        """Tell how a process ended, unless it has told so itself or went to rest."""
        self._wards.pop(ward.run.id, None)
        with suppress(NotFound):  # deleted meanwhile
            run = self._store.run(ward.run.id, even_hidden=True)
            if run.pid in (ward.pid, None) and not rests(run):
                cause = (RunState.FAILED, ward.cause) if ward.cause else (state, words)
                self._store.note_death(run.id, *cause, run.pid)

    # ---- housekeeping

    def _keep_house(self) -> None:
        self._starter.keep_warm()
        if _identity(self._store) != self._file:
            self._reopen()
        idle = not self._wards and not self._store.waiting()
        if not presence.is_mine() or (idle and not presence.is_wanted()):
            self.end()

    def _reopen(self) -> None:
        """A broken store is set aside and made anew; what was open is the old one."""
        self._store.close()
        with suppress(sqlite3.Error, OSError):
            self._store = Store()
            self._file = _identity(self._store)


def main() -> int:
    """Supervise this home, unless somebody does already."""
    with presence.alone() as first:
        if first:
            try:
                Supervisor().serve()
            except Exception:
                traceback.print_exc()
                return 1
    return 0


def _log(line: str) -> None:
    with suppress(OSError):  # the log lies on the same disk: full, it must not end the supervisor
        print(line, file=sys.stderr, flush=True)


def _adopted(run: RunRecord) -> Ward:
    return Ward(run, time.monotonic(), run.pid, run.pid_started, worked_s=run.seconds or 0.0)


def _identity(store: Store) -> tuple[int, int] | None:
    """Which file the store is just now."""
    try:
        found = store.path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


if __name__ == "__main__":
    sys.exit(main())
