"""The clock of the machine is set hours forth and back: nothing that is told in order may get out of order."""

import itertools
import time
from collections.abc import Iterator

import pytest

from builder.project.document import Project
from builder.runs import frames, processes
from builder.runs.records import Event, EventKind, RunState
from builder.runs.store import Store

HOUR_S = 3600.0


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Jumps with each look at it, mostly back."""
    jumps = itertools.cycle((0.0, -5 * HOUR_S, 3 * HOUR_S, -9 * HOUR_S))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + next(jumps))
    yield


def test_events_come_in_the_order_in_which_they_happened(store: Store) -> None:
    run = store.create_run("ann", Project())
    for epoch in range(20):
        store.append(run.id, [Event(kind=EventKind.EPOCH, epoch=epoch, values={"loss": 20.0 - epoch})])
    events = store.events(run.id)
    assert [event.at for event in events] != sorted(event.at for event in events), "the clock did jump"
    assert [event.epoch for event in events] == list(range(20))
    assert frames.history(events)["loss"] == [20.0 - epoch for epoch in range(1, 20)]
    known, told = 0, []
    while len(told) < 20:
        answer = frames.points(store, store.run(run.id), known)
        told += [epoch for epoch, _ in answer.epoch]
        known = answer.seq
    assert told == list(range(20))


def test_runs_are_listed_in_the_order_in_which_they_were_made(store: Store) -> None:
    made = [store.create_run("ann", Project()).id for _ in range(8)]
    assert [run.id for run in store.runs("ann")] == made[::-1]
    assert [run.number for run in store.runs("ann")] == list(range(8, 0, -1))


def test_who_came_first_is_served_first(store: Store) -> None:
    made = [store.create_run(f"owner {number}", Project()).id for number in range(8)]
    for run_id in made:
        store.enqueue(run_id)
    assert [run.id for run in store.waiting()] == made
    store.take_turn(made[0])
    assert store.requeue(made[0], {RunState.STARTING})
    assert [run.id for run in store.waiting()] == [*made[1:], made[0]]


def test_a_run_at_work_is_not_given_up_because_its_last_sign_seems_hours_old(store: Store) -> None:
    run = store.create_run("ann", Project())
    store.update_run(run.id, state=RunState.RUNNING, pid=1, pid_started=processes.began(1), heartbeat_at=1.0)
    assert store.mark_lost() == []


def test_commands_are_obeyed_in_the_order_in_which_they_were_given(store: Store) -> None:
    run = store.create_run("ann", Project())
    for name in ("pause", "resume", "stop"):
        store.command(run.id, name)
    assert [command.name for command in store.take_commands(run.id)] == ["pause", "resume", "stop"]
