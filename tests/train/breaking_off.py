"""Runs that are broken off at a chosen place and go on, in this process, for tests."""

from collections.abc import Callable
from typing import Any

import numpy as np

from builder.errors import BuilderError
from builder.runs import artifacts
from builder.runs.records import Event, EventKind, RunRecord, RunState, Values
from builder.runs.store import Store
from builder.train import checkpoints, worker
from builder.train.observing.observer import Moment
from builder.train.pulse import Pulse
from builder.train.session import Session

Place = tuple[int, int]
"""Epoch under way (from 1; at the end of an epoch the completed one) and steps done in it."""


class Breaks(BuilderError):
    """Takes the place of a kill."""


class Bystander:
    """Does something at a place, once."""

    def __init__(self, at: Place, act: Callable[[], None]) -> None:
        self._at, self._act = at, act
        self._is_done = False

    def see(self, moment: Moment, values: Values) -> None:
        if not self._is_done and (moment.epoch, moment.step) >= self._at and moment.epoch:
            self._is_done = True
            self._act()

    def close(self) -> None:
        """Nothing is to be written."""


def break_off() -> None:
    raise Breaks("Broken off by the test.")


PULSES: list[Pulse] = []
SESSIONS: list[Session] = []


class HeardPulse(Pulse):
    """A pulse that tests can reach, so that commands are heard at a chosen step."""

    def __enter__(self) -> Pulse:
        PULSES.append(self)
        return super().__enter__()


def commands(store: Store, run_id: str, *wanted: tuple[str, dict[str, Any]]) -> Callable[[], None]:
    """Gives these commands, and has them heard before the next step."""

    def give() -> None:
        for name, arguments in wanted:
            store.command(run_id, name, arguments=arguments)
        PULSES[-1].listen()

    return give


def trained(monkeypatch: Any, store: Store, run_id: str, *bystanders: Bystander) -> RunRecord:
    """Train from wherever the run is, until it ends or breaks."""
    monkeypatch.setattr(worker, "Pulse", HeardPulse)

    def observers(_: str, session: Session) -> list[Bystander]:
        SESSIONS.append(session)
        return list(bystanders)

    monkeypatch.setattr(worker, "observers", observers)
    store.update_run(run_id, only_if=set(RunState), state=RunState.STARTING, error=None, pid=None)
    assert worker.main([run_id]) == 0
    return store.run(run_id)


def told(store: Store, run_id: str) -> list[tuple[int | None, Values]]:
    """What was measured, epoch by epoch."""
    events: list[Event] = store.events(run_id, limit=10**6, kinds=[EventKind.EPOCH])
    return [(event.epoch, event.values) for event in events]


def assert_same(store: Store, one: str, other: str) -> None:
    """Both runs told the same epochs and ended with the same weights, slots, seeds and memories."""
    assert told(store, one) == told(store, other)
    first, second = (
        checkpoints.read(artifacts.folder(run) / artifacts.CHECKPOINT, run) for run in (one, other)
    )
    for group in ("model", "metrics", "optimizer"):
        pairs = zip(getattr(first.state, group), getattr(second.state, group), strict=True)
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in pairs), group
    assert first.facts.watch == second.facts.watch and first.facts.plateau == second.facts.plateau
    assert first.state.chance.python == second.state.chance.python
    ends = [store.run(run) for run in (one, other)]
    assert ends[0].test == ends[1].test and ends[0].best == ends[1].best and ends[0].state == ends[1].state
