"""The clock of the machine is set hours forth and back while a run trains, breaks off and goes on."""

import itertools
import time

import pytest
from breaking_off import Bystander, assert_same, break_off, trained
from small_runs import PLAIN, digits, in_small_steps

from builder.runs import frames
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store

__all__ = ["in_small_steps"]
pytestmark = pytest.mark.usefixtures("in_small_steps")

HOUR_S = 3600.0
LONGEST_S = 600.0
"""Far more than it takes, far less than the clock jumps."""


def test_a_run_is_not_moved_by_jumps_of_the_clock(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    calm = store.create_run("ann", digits(*PLAIN, epochs=4)).id
    trained(monkeypatch, store, calm)
    jumps, real = itertools.cycle((0.0, -5 * HOUR_S, 3 * HOUR_S, -9 * HOUR_S)), time.time
    monkeypatch.setattr(time, "time", lambda: real() + next(jumps))
    moved = store.create_run("ann", digits(*PLAIN, epochs=4)).id
    trained(monkeypatch, store, moved, Bystander((2, 3), break_off))
    run = trained(monkeypatch, store, moved)
    assert run.state is RunState.FINISHED
    assert_same(store, moved, calm)
    assert 0 < run.seconds < LONGEST_S
    events = store.events(moved)
    assert [event.epoch for event in events if event.kind is EventKind.EPOCH] == [0, 1, 2, 3, 4]
    assert [event.seq for event in events] == sorted(event.seq for event in events)
    assert 0 < frames.points(store, run).progress.elapsed < LONGEST_S
