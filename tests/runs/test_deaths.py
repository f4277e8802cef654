import os
import subprocess
import sys
import time

from builder.project.document import Project
from builder.runs import processes
from builder.runs.records import EventKind, RunRecord, RunState
from builder.runs.store import Store


def running(store: Store, **fields: object) -> RunRecord:
    run = store.create_run("ann", Project())
    store.update_run(run.id, state=RunState.RUNNING, **fields)
    return store.run(run.id)


def test_a_silent_run_without_process_is_lost_in_words(store: Store) -> None:
    run = running(store, pid=1, pid_started=1.0, heartbeat_at=time.time() - 60, epoch=3)
    assert store.mark_lost() == [run.id]
    told = store.run(run.id)
    assert (told.state, told.error) == (
        RunState.LOST,
        "Stopped unexpectedly (killed by the system or by hand); 3 epochs are kept.",
    )
    assert store.events(run.id)[-1].kind is EventKind.FAILED
    assert store.mark_lost() == []


def test_a_silent_run_whose_process_lives_is_left_alone(store: Store) -> None:
    pid = os.getpid()
    running(store, pid=pid, pid_started=processes.began(pid), heartbeat_at=time.time() - 60)
    assert store.mark_lost() == []


def test_a_fresh_heartbeat_is_believed(store: Store) -> None:
    running(store, pid=1, pid_started=1.0, heartbeat_at=time.time())
    assert store.mark_lost() == []


def test_a_run_that_ended_is_not_declared_dead(store: Store) -> None:
    run = running(store, heartbeat_at=1.0)
    store.update_run(run.id, state=RunState.FINISHED)
    assert not store.note_death(run.id, RunState.LOST, "gone")
    assert store.run(run.id).state is RunState.FINISHED


def test_a_process_is_known_by_pid_and_beginning() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        began = processes.began(child.pid)
        assert processes.is_alive(child.pid, began)
        assert not processes.is_alive(child.pid, began + 1)
        assert processes._began_by_ps(child.pid) is not None
    finally:
        child.kill()
        time.sleep(0.2)
        assert not processes.is_alive(child.pid, began)  # a corpse that nobody has fetched counts as gone
        child.communicate()
    assert not processes.is_alive(child.pid, began)
    assert processes._began_by_ps(child.pid) is None


def test_a_run_that_goes_on_in_another_process_does_not_die_the_death_of_the_first(store: Store) -> None:
    run = store.create_run("ann", Project())
    store.update_run(run.id, state=RunState.RUNNING, pid=7, pid_started=1.0)
    assert store.note_death(run.id, RunState.LOST, "gone", pid=7)
    store.requeue(run.id, {RunState.LOST})
    store.take_turn(run.id)
    assert not store.note_death(run.id, RunState.LOST, "gone", pid=7), "told late, by somebody who was slower"
    store.claim(run.id, 8, 2.0)
    assert not store.note_death(run.id, RunState.LOST, "gone", pid=7)
    assert store.run(run.id).state is RunState.STARTING
    assert store.note_death(run.id, RunState.LOST, "gone", pid=8)
