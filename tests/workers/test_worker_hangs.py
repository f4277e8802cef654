"""A worker that is there and does nothing: it is noticed by its silence, ended, and that is told in words."""

import os
import signal
from collections.abc import Iterator

import pytest
from live_runs import FOREVER, ended, project, waited

from builder.runs import processes
from builder.runs.records import EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.train import launch, presence, wards
from builder.train.supervisor import Supervisor


@pytest.fixture
def supervisor(store: Store) -> Iterator[Supervisor]:
    """The supervisor of this home, in here: it looks when it is told to."""
    with presence.alone() as first:
        assert first
        made = Supervisor()
        yield made
        made._starter.close()
        made._store.close()


def trained(store: Store, supervisor: Supervisor) -> RunRecord:
    """A run that has completed two epochs."""
    run_id = store.create_run("ann", project(epochs=FOREVER)).id
    launch.start(store, run_id, "ann")
    assert looked(supervisor, 90, lambda: store.run(run_id).epoch >= 2), store.run(run_id)
    return store.run(run_id)


def looked(supervisor: Supervisor, seconds: float, condition) -> bool:
    def step() -> bool:
        supervisor.step()
        return condition()

    return waited(seconds, step)


def test_a_worker_that_hangs_is_ended_and_told_in_plain_words_with_what_to_do(
    store: Store, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained(store, supervisor)
    monkeypatch.setattr(wards, "HUNG_S", 3.0)
    os.kill(run.pid, signal.SIGSTOP)
    assert looked(supervisor, 60, lambda: store.run(run.id).ended)
    told = ended(store, run.id)
    assert told.state is RunState.FAILED
    assert told.error.startswith("Hung: it gave no sign of life for 3 s and was ended; train again, and if")
    assert told.error.endswith("epochs are kept.")
    kept = [event.epoch for event in store.events(run.id, limit=10**6, kinds=[EventKind.EPOCH])]
    assert kept == list(range(told.epoch + 1))


def test_a_worker_that_beats_is_left_alone_however_the_clock_jumps(
    store: Store, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained(store, supervisor)
    monkeypatch.setattr(wards, "HUNG_S", 3.0)
    beats = []

    def jumped() -> bool:
        """The wall clock of the machine stands hours off, to and fro, in what the run has written."""
        beats.append(store.run(run.id).heartbeat_at)
        store.update_run(run.id, heartbeat_at=beats[-1] + (-1) ** len(beats) * 7200.0)
        return store.run(run.id).ended

    assert not looked(supervisor, 6, jumped)
    assert processes.is_alive(run.pid, run.pid_started)


def test_a_worker_that_does_not_hear_stop_is_ended(
    store: Store, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained(store, supervisor)
    monkeypatch.setattr(wards, "DEAF_S", 1.0)
    monkeypatch.setattr(wards, "HUNG_S", 600.0)
    os.kill(run.pid, signal.SIGSTOP)
    launch.stop(store, run.id, "ann")
    assert looked(supervisor, 60, lambda: store.run(run.id).ended)
    assert store.run(run.id).error.startswith("Did not stop within 1 s and was ended; ")
