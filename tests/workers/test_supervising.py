"""Real supervisors, zygotes and workers, and what becomes of runs when one of them dies, hangs or is missing."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from live_runs import FOREVER, ended, learning, project, started, waited

from builder.runs import processes
from builder.runs.records import EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.train import devices, launch, limits, presence, starting


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True).stdout
    return [int(line) for line in told.split()]


def zygote() -> int:
    """The process that the supervisor forks from; it is waited for."""
    found: list[int] = []

    def look() -> bool:
        found[:] = [pid for pid in children(presence.supervisor() or 0) if "zygote" in command_of(pid)]
        return bool(found)

    assert waited(60, look)
    return found[0]


def kinds(store: Store, run_id: str) -> list[EventKind]:
    told = store.events(run_id, limit=10**6)
    return [
        event.kind for event in told if event.kind not in (EventKind.BATCH, EventKind.EPOCH, EventKind.NOTE)
    ]


ONCE = [EventKind.QUEUED, EventKind.STARTED, EventKind.FINISHED]


def stopped(store: Store, run: RunRecord) -> RunRecord:
    launch.stop(store, run.id)
    return ended(store, run.id)


def supervising(script: str) -> subprocess.Popen[bytes]:
    """A supervisor with a zygote of another kind."""
    process = subprocess.Popen([sys.executable, "-c", script], env=os.environ.copy())
    assert waited(60, lambda: presence.supervisor() == process.pid)
    return process


OTHER = """
import sys
from builder.train import presence, supervisor, wards
wards.SILENT_S = 2.0
with presence.alone() as first:
    supervisor.Supervisor([sys.executable, "-c", {zygote!r}]).serve()
"""
STUCK = """
import os, signal, sys
from builder.train import zygote
sys.exit(zygote.main(lambda _: os.kill(os.getpid(), signal.SIGSTOP)))
"""


def test_a_worker_is_a_fork_of_the_zygote_in_a_session_of_its_own(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    assert os.getsid(run.pid) == run.pid
    if starting.forks(run):
        assert run.pid in children(zygote())
        assert "zygote" in command_of(run.pid)
    assert run.phase == "First step"
    assert stopped(store, run).state is RunState.STOPPED


def test_a_killed_zygote_takes_no_run_along_and_the_next_run_gets_a_new_one(store: Store) -> None:
    run, before = learning(store, project(epochs=FOREVER)), zygote()
    os.kill(before, signal.SIGKILL)
    reached = store.run(run.id).epoch
    assert waited(60, lambda: store.run(run.id).epoch > reached)
    second = ended(store, started(store, project(epochs=1)))
    assert second.state is RunState.FINISHED
    assert zygote() != before
    assert kinds(store, second.id) == ONCE
    assert stopped(store, run).state is RunState.STOPPED


def test_a_run_outlives_its_supervisor_and_is_found_by_the_next_one(store: Store, monkeypatch) -> None:
    monkeypatch.setenv(limits.AT_ONCE, "1")
    run = learning(store, project(epochs=FOREVER))
    waiting = started(store, project(epochs=1))
    killed = presence.supervisor()
    os.kill(killed, signal.SIGKILL)
    assert waited(30, lambda: presence.supervisor() is None)
    reached = store.run(run.id).epoch
    assert waited(60, lambda: store.run(run.id).epoch > reached)
    assert store.run(waiting).state is RunState.QUEUED
    presence.ensure()
    assert waited(60, lambda: presence.supervisor() not in (None, killed))
    assert store.run(waiting).state is RunState.QUEUED, "the run that was found counts as one at work"
    assert stopped(store, run).state is RunState.STOPPED
    assert ended(store, waiting).state is RunState.FINISHED
    assert kinds(store, run.id) == kinds(store, waiting) == ONCE


def _is_ensured() -> bool:
    """As a page server does, again and again: a process that is just dying still counts as started."""
    presence.ensure()
    return presence.supervisor() is not None


def test_the_death_of_a_run_that_was_found_is_told(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    os.kill(presence.supervisor(), signal.SIGKILL)
    assert waited(30, lambda: presence.supervisor() is None)
    assert waited(60, _is_ensured)
    os.kill(run.pid, signal.SIGKILL)
    told = ended(store, run.id, seconds=50)
    assert told.state is RunState.LOST
    assert told.error.startswith("Stopped unexpectedly (killed by the system or by hand); ")


def test_a_run_whose_supervisor_was_killed_before_it_had_a_process_is_begun_again(store: Store) -> None:
    runs = [store.create_run("ann", project(epochs=1)) for _ in range(2)]
    for run in runs:
        assert store.enqueue(run.id)
        assert store.take_turn(run.id)
    launch.stop(store, runs[1].id)
    presence.ensure()
    assert ended(store, runs[0].id).state is RunState.FINISHED
    told = ended(store, runs[1].id)
    assert (told.state, told.error, told.epoch) == (RunState.STOPPED, None, 0)


def test_a_fork_that_hangs_is_ended_and_its_run_trains_in_a_new_process(store: Store) -> None:
    supervisor = supervising(OTHER.format(zygote=STUCK))
    run_id = started(store, project(epochs=FOREVER))
    if starting.forks(store.run(run_id)):
        assert waited(60, lambda: store.run(run_id).pid is not None)
        hanging = store.run(run_id)
        assert "-c" in command_of(hanging.pid)
        assert waited(60, lambda: not processes.is_alive(hanging.pid, hanging.pid_started))
    assert waited(90, lambda: store.run(run_id).epoch >= 1)
    assert "builder.train.worker" in command_of(store.run(run_id).pid)
    stopped(store, store.run(run_id))
    assert kinds(store, run_id) == ONCE
    supervisor.kill()
    supervisor.wait()


def test_where_no_zygote_comes_up_runs_are_started_without_one(store: Store) -> None:
    supervisor = supervising(OTHER.format(zygote="raise SystemExit(1)"))
    assert ended(store, started(store, project(epochs=1))).state is RunState.FINISHED
    supervisor.kill()
    supervisor.wait()


def test_forks_can_be_forbidden(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(starting.START, "spawn")
    run = learning(store, project(epochs=FOREVER))
    assert "builder.train.worker" in command_of(run.pid)
    assert not [pid for pid in children(presence.supervisor()) if "zygote" in command_of(pid)]
    os.kill(run.pid, signal.SIGSEGV)
    told = ended(store, run.id)
    assert told.state is RunState.FAILED
    assert "Crashed in the numerical library" in told.error


def test_a_crash_of_a_fork_is_told_by_its_signal(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    os.kill(run.pid, signal.SIGSEGV)
    told = ended(store, run.id)
    assert told.state is RunState.FAILED
    assert told.error.startswith("Crashed in the numerical library") and "SIGSEGV" in told.error


def test_a_run_that_takes_more_memory_than_allowed_is_ended_and_told(store: Store, monkeypatch) -> None:
    monkeypatch.setenv(devices.MEMORY_VARIABLE, "300")
    told = ended(store, started(store, project(epochs=FOREVER)))
    assert told.state is RunState.FAILED
    assert "memory" in told.error.lower() and "smaller batch size" in told.error


def test_the_queue_is_fair_between_people(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.AT_ONCE, "1")
    runs = [store.create_run(owner, project(epochs=1)) for owner in ("ann", "ann", "ann", "bob", "cem")]
    for run in runs:
        launch.start(store, run.id, run.owner)
    for run in runs:
        assert ended(store, run.id).state is RunState.FINISHED
    order = sorted((store.run(run.id) for run in runs), key=lambda run: run.started_at)
    assert [run.owner for run in order] == ["ann", "bob", "cem", "ann", "ann"]


def test_a_second_supervisor_leaves_again(store: Store) -> None:
    presence.ensure()
    assert waited(60, lambda: presence.supervisor() is not None)
    first = presence.supervisor()
    second = subprocess.run([sys.executable, "-m", "builder.train.supervisor"], timeout=100)
    assert second.returncode == 0
    assert presence.supervisor() == first


def test_an_updated_server_gets_a_supervisor_of_its_own_state_and_the_run_goes_on(
    store: Store, monkeypatch
) -> None:
    run = learning(store, project(epochs=FOREVER))
    before = presence.supervisor()
    presence.relieve()
    assert presence.supervisor() == before, "the same state of the program"
    monkeypatch.setattr(presence, "code", lambda: "newer")
    presence.stay().set()
    assert waited(60, lambda: presence.supervisor() != before)
    reached = store.run(run.id).epoch
    presence.ensure()
    assert waited(60, lambda: presence.supervisor() not in (None, before))
    assert waited(60, lambda: store.run(run.id).epoch > reached)
    assert stopped(store, run).state is RunState.STOPPED
    assert kinds(store, run.id) == ONCE


def test_a_run_is_taken_and_claimed_once_however_many_try(store: Store) -> None:
    run = store.create_run("ann", project(epochs=1))
    assert store.enqueue(run.id)
    won: list[str] = []

    def grasp(number: int) -> None:
        if store.take_turn(run.id):
            won.append("turn")
        if store.claim(run.id, 1000 + number, 1.0):
            won.append("claim")

    threads = [threading.Thread(target=grasp, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == ["claim", "turn"]


def test_a_supervisor_ends_soon_when_nobody_is_there_and_nothing_runs(store: Store) -> None:
    ended(store, started(store, project(epochs=1)))
    supervisor, forked = presence.supervisor(), zygote()
    began = processes.began(forked)
    assert supervisor is not None
    assert waited(60, lambda: presence.supervisor() is None)  # 6 s on a quiet machine
    assert waited(10, lambda: not processes.is_alive(forked, began))
