import pytest
from killing import CLEAN, noisy
from live_runs import ended, learning, started, waited

from builder.runs import artifacts, processes
from builder.runs.records import EventKind, RunState, Values
from builder.runs.store import Store
from builder.train import attending, orders


def told(store: Store, run_id: str) -> list[Values]:
    """What was measured; the clean values only where their number of rows does not follow from measured times."""
    events = store.events(run_id, limit=10**6, kinds=[EventKind.EPOCH])
    unsure = CLEAN | {f"{name}_se" for name in CLEAN}
    return [{name: value for name, value in event.values.items() if name not in unsure} for event in events]


def test_a_paused_run_frees_its_process_and_goes_on_in_another_as_if_nothing_had_happened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(attending.HOLD_VARIABLE, "0.3")
    whole = ended(store, started(store, noisy(60)))
    run = learning(store, noisy(60))
    orders.pause(store, run.id, "ann")
    assert waited(30, lambda: store.run(run.id).state is RunState.PAUSED and store.run(run.id).pid is None)
    assert waited(30, lambda: not processes.is_alive(run.pid, run.pid_started))
    rested = store.run(run.id)
    assert 2 <= rested.epoch < 60 and rested.error is None
    assert {artifacts.CHECKPOINT, artifacts.LAST, artifacts.BEST} <= set(artifacts.sizes(run.id))
    orders.resume(store, run.id, "ann")
    again = ended(store, run.id)
    assert (again.state, again.epoch, again.test) == (RunState.FINISHED, 60, whole.test)
    assert told(store, run.id) == told(store, whole.id)
    kinds = [event.kind for event in store.events(run.id, kinds=[EventKind.PAUSED, EventKind.RESUMED])]
    assert kinds == [EventKind.PAUSED, EventKind.RESUMED]


def test_pause_and_resume_within_the_hold_keep_the_process(store: Store) -> None:
    run = learning(store, noisy(100_000))
    orders.pause(store, run.id, "ann")
    assert waited(30, lambda: store.run(run.id).state is RunState.PAUSED)
    held = store.run(run.id)
    orders.change(store, run.id, "learning_rate", 0.0005, "ann")
    orders.resume(store, run.id, "ann")
    assert waited(30, lambda: store.last_event(run.id, EventKind.RESUMED) is not None)
    reached = store.run(run.id).epoch
    assert waited(30, lambda: store.run(run.id).epoch > reached)
    on = store.run(run.id)
    assert (on.state, on.pid, on.live) == (RunState.RUNNING, held.pid, {"learning_rate": 0.0005})
