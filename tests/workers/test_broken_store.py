"""The store breaks while runs are at work: it is made again from the runs' own folders, and they go on."""

from live_runs import FOREVER, ended, learning, project, waited

from builder.runs import artifacts
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import launch


def test_a_run_at_work_goes_on_in_the_store_that_was_made_again(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    assert waited(60, lambda: artifacts.RECORD in artifacts.sizes(run.id))
    for part in (store.path, store.path.with_name(f"{store.path.name}-wal")):
        with part.open("r+b") as file:
            file.write(b"\xff" * part.stat().st_size)
    assert waited(60, lambda: list(store.path.parent.glob("layerloom.db.broken-*")))
    assert waited(60, lambda: known(store, run.id))
    reached = store.run(run.id).epoch
    assert waited(60, lambda: store.run(run.id).epoch > reached + 5), "it goes on"
    launch.stop(store, run.id, "ann")
    told = ended(store, run.id)
    assert told.state is RunState.STOPPED
    kept = [event.epoch for event in store.events(run.id, limit=10**6, kinds=[EventKind.EPOCH])]
    assert kept[0] == 0 and kept == sorted(set(kept)) and kept[-1] == told.epoch
    assert store.create_run("ann", project()).number == 2


def known(store: Store, run_id: str) -> bool:
    try:
        return store.has_run(run_id, "ann")
    except Exception:
        return False
