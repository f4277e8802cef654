import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from builder.project.document import Project
from builder.runs import artifacts, frames, keepsake
from builder.runs.records import Choice, Event, EventKind, Origin, RunRecord, RunState
from builder.runs.store import Store


def finished(store: Store, owner: str = "ann", name: str = "digits") -> RunRecord:
    run = store.create_run(owner, Project(name=name))
    events = [
        Event(kind=EventKind.EPOCH, epoch=epoch, values={"loss": 1 / (1 + epoch)}) for epoch in range(4)
    ]
    store.append(
        run.id, [Event(kind=EventKind.STARTED), *events, Event(kind=EventKind.BATCH, values={"loss": 1})]
    )
    store.update_run(
        run.id, state=RunState.FINISHED, epoch=3, best={"epoch": 3, "val_loss": 0.25}, rows={"train": 9}
    )
    keepsake.write(store, run.id)
    return store.run(run.id)


def broken(store: Store, how: str) -> Path:
    store.close()
    if how == "header":
        store.path.write_bytes(b"this is no database" * 100)
    else:
        with store.path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (store.path.stat().st_size - 4096))
    return store.path


@pytest.mark.parametrize("how", ["header", "pages"])
def test_a_broken_store_is_set_aside_and_made_again_from_the_runs(store: Store, how: str) -> None:
    runs = [finished(store, owner) for owner in ("ann", "bob", "ann")]
    path = broken(store, how)
    again = Store(path)
    assert sorted(run.id for run in again.runs(None)) == sorted(run.id for run in runs)
    assert again.run(runs[2].id, "ann") == runs[2]
    assert frames.history(again.events(runs[0].id)) == {"loss": [1 / 2, 1 / 3, 1 / 4]}
    assert again.create_run("ann", Project()).number == 3
    assert [record.project.name for record in again.projects("ann")] == ["digits"]
    assert list(path.parent.glob("layerloom.db.broken-*"))


def test_a_store_is_rescued_once_by_many_who_open_it(store: Store) -> None:
    run = finished(store)
    path = broken(store, "header")
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: Store(path), range(8)))
    assert all(opened.run(run.id) == run for opened in stores)
    assert len(list(path.parent.glob("layerloom.db.broken-*"))) == 1


def test_a_keepsake_that_cannot_be_read_is_passed_over(store: Store) -> None:
    run = finished(store)
    (artifacts.folder("half") / artifacts.RECORD).write_text('{"run": ')
    assert [kept.run.id for kept in keepsake.read_all(store.path.parent / "runs")] == [run.id]


def test_a_store_that_is_only_locked_is_not_called_broken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.runs.database.PATIENCE_S", 0.1)
    monkeypatch.setattr("builder.runs.database.BUSY_TIMEOUT_S", 0.1)
    with store._database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        Store(store.path)
    assert not list(store.path.parent.glob("*.broken-*"))


def test_a_rescued_run_still_knows_its_origin_its_series_and_what_was_changed_while_it_ran(
    store: Store,
) -> None:
    parent = finished(store)
    origin = Origin(run=parent.id, number=parent.number, epoch=2, change="learning rate 0.001 to 0.0001")
    run = store.create_run("ann", Project(name="branch"), origin=origin, series="five seeds")
    store.append(run.id, [Event(kind=EventKind.EPOCH, epoch=1, values={"loss": 1.0})])
    store.rewind(run.id, 1, 0, "Resumed from epoch 1.")
    changed = Event(
        kind=EventKind.CHANGE, epoch=1, text="Learning rate 0.001 to 0.01", values={"learning_rate": 0.01}
    )
    store.append(
        run.id, [changed, Event(kind=EventKind.KEPT, epoch=1), Event(kind=EventKind.PAUSED, epoch=1)]
    )
    store.update_run(
        run.id,
        state=RunState.PAUSED,
        live={"learning_rate": 0.01, "dropout": {"drop": 0.5}},
        choices=[Choice(what="jit", value="XLA off", reason="It has convolutions.")],
        vitals={"memory_mb": 512.0},
        measured={"step_s": 0.001},
    )
    keepsake.write(store, run.id)
    known, events = store.run(run.id), store.events(run.id)
    again = Store(broken(store, "header"))
    assert again.run(run.id, "ann") == known
    assert (known.origin, known.series, known.rewound > 0) == (origin, "five seeds", True)
    assert [(event.kind, event.text, event.values) for event in again.events(run.id)] == [
        (event.kind, event.text, event.values) for event in events
    ]
    assert [run.id for run in again.runs("ann", series="five seeds")] == [known.id]
    again.append(run.id, [Event(kind=EventKind.RESUMED)])
    assert again.last_event(run.id).seq > events[-1].seq, "no number is given twice"
