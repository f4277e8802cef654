"""How is one process kept from doing what another does? By a lock that ends with its process, even by kill -9.

An exclusive transaction on a small SQLite file: the same on every system, and never left behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(path: Path, wait_s: float = 0.0) -> Iterator[bool]:
    """Hold the lock of this name, waiting so long for it; False when somebody else holds it."""
    guard = sqlite3.connect(path, timeout=wait_s, isolation_level=None)
    try:
        yield _is_taken(guard)
    finally:
        guard.close()


def _is_taken(guard: sqlite3.Connection) -> bool:
    try:
        guard.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return False
    return True
