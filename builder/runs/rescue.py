"""What if the store is broken? It is set aside, and a new one is made from what the runs kept of themselves."""

import sqlite3
import time
from pathlib import Path

from builder.runs import event_rows, keepsake, lock, project_rows, run_rows
from builder.runs.database import Database
from builder.runs.keepsake import Keepsake

CHECKED_BYTES = 50_000_000
"""A store up to this size is looked through when it is opened: 20 ms for 10 MB."""


def open_database(path: Path) -> Database:
    """The database at `path`; a broken one is set aside first, as `<name>.broken-<time>`, and made anew."""
    try:
        return _sound(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked, not to be opened: not broken
            raise
    # one process at a time rescues a store; one that waited finds it sound
    with lock.held(path.with_suffix(".rescue"), wait_s=60):
        try:
            return _sound(path)  # another process was faster
        except sqlite3.DatabaseError:
            _set_aside(path)
            return _made_anew(path)


def _sound(path: Path) -> Database:
    database = Database(path)
    if path.stat().st_size <= CHECKED_BYTES:
        with database.read() as db:
            told = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if told != "ok":
            database.close()
            raise sqlite3.DatabaseError(told)
    return database


def _set_aside(path: Path) -> None:
    moment = time.strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        part = Path(f"{path}{suffix}")
        if part.exists():
            part.replace(f"{path}.broken-{moment}{suffix}")


def _made_anew(path: Path) -> Database:
    """A new database with every run that has a keepsake, and the newest project of each name."""
    database = Database(path)
    with database.write() as db:
        for kept in keepsake.read_all(path.parent / "runs"):
            _restore(db, kept)
    return database


def _restore(db: sqlite3.Connection, kept: Keepsake) -> None:
    run_rows.insert(db, kept.run)
    event_rows.put_back(db, kept.run.id, kept.events)
    project_rows.insert_or_replace(db, kept.run.owner, kept.run.project)
