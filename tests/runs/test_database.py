import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from builder.errors import Unreadable
from builder.project.document import Project
from builder.runs import schema
from builder.runs.records import Event, EventKind
from builder.runs.store import Store

WRITERS = 30


def write_epochs(path: Path, run_id: str, epochs: int) -> None:
    store = Store(path)
    for epoch in range(epochs):
        store.append(run_id, [Event(kind=EventKind.EPOCH, epoch=epoch, values={"loss": 1.0})])


def test_thirty_writers_lose_nothing(store: Store) -> None:
    runs = [store.create_run(f"owner {n}", Project()).id for n in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:  # a store each, as thirty workers have
        list(pool.map(lambda run_id: write_epochs(store.path, run_id, 20), runs))
    for run_id in runs:
        assert [event.epoch for event in store.events(run_id)] == list(range(20))


def test_processes_write_one_run_without_gaps(store: Store) -> None:
    run_id = store.create_run("ann", Project()).id
    with get_context("spawn").Pool(2) as pool:
        pool.starmap(write_epochs, [(store.path, run_id, 50)] * 2)
    assert [event.seq for event in store.events(run_id)] == list(range(1, 101))


def test_threads_share_one_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = [run.number for run in pool.map(lambda _: store.create_run("ann", Project()), range(40))]
    assert sorted(numbers) == list(range(1, 41))


def test_a_write_that_fails_leaves_no_trace(store: Store) -> None:
    with pytest.raises(RuntimeError), store._database.write() as db:
        db.execute("INSERT INTO owners (owner) VALUES ('ann')")
        raise RuntimeError
    assert store.create_run("ann", Project()).number == 1


def test_a_reader_is_not_kept_waiting_by_a_writer(store: Store) -> None:
    run = store.create_run("ann", Project())
    with store._database.write():
        read = threading.Thread(target=store.run, args=(run.id,))
        read.start()
        read.join(timeout=5)
        assert not read.is_alive()


def test_an_opened_store_is_in_wal_mode_and_of_the_newest_version(store: Store) -> None:
    with store._database.read() as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert schema.version(db) == len(schema.STEPS)


def test_a_store_keeps_its_rows_when_opened_again(store: Store) -> None:
    run = store.create_run("ann", Project())
    store.close()
    assert Store(store.path).run(run.id) == run


def test_a_store_of_a_newer_program_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(Unreadable, match="newer Layerloom"):
        Store(path)


def test_the_home_moves_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "elsewhere"))
    assert Store().path == tmp_path / "elsewhere" / "layerloom.db"
