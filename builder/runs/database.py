"""How do many threads and processes write one SQLite file without losing anything?

WAL, so that readers never wait; one write at a time, each waiting up to `PATIENCE_S` for its turn. Connections are
leased from a small pool and never carried across a fork.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.runs import room, schema

BUSY_TIMEOUT_S = 10.0
PATIENCE_S = 60.0
"""30 writers wait 4 s at worst; a store that stays locked for a minute is a fault to be told."""


class Database:
    """One SQLite file, safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._pid = os.getpid()
        self._file: tuple[int, int] | None = None
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.write() as connection:
            schema.migrate(connection)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for reading; each statement sees a consistent state."""
        connection = self._lease()
        try:
            yield connection
        finally:
            self._give_back(connection)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection that holds the write lock; commits at the end, rolls back on an exception."""
        room.give_up_reserve(self.path.parent)
        with self.read() as connection:
            _patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            _patiently(lambda: connection.execute("COMMIT"))

    def close(self) -> None:
        """Close what is idle; the next use opens anew."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _lease(self) -> sqlite3.Connection:
        with self._lock:
            if (
                os.getpid() != self._pid
            ):  # after a fork these belong to the parent: drop them, never close them
                self._pid, self._idle = os.getpid(), []
            if self._file != (found := _identity(self.path)):  # set aside, and made anew by somebody
                stale, self._idle, self._file = self._idle, [], found
                for connection in stale:
                    connection.close()
            if self._idle:
                return self._idle.pop()
        return self._open()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if os.getpid() == self._pid and len(self._idle) < 8:
                self._idle.append(connection)
                return
        connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at this path just now (2 µs)."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _patiently(action: Callable[[], object]) -> None:
    """Do it, again and again while others hold the lock, for at most `PATIENCE_S`."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            action()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
