"""Is there room on the disk, and what if there is none even for last words?

A run that finds little room left stops and says so while that can still be written. For a disk that fills up at once
a file holds some megabytes back; it goes when the store needs them. Quotas are not seen here: they show when a write
fails.
"""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

LEAST_BYTES = 16_000_000
"""With less than this nothing large is written any more."""
RESERVE_BYTES = 2_000_000
LOW_BYTES = 500_000
"""The store can still write, just so: time to give up the reserve."""
RESERVE = "room-for-last-words"


def check(folder: Path) -> None:
    """Look whether something large may be written into this folder.

    Raises:
        OSError: There is too little room; told as a full disk (`ENOSPC`).
    """
    if shutil.disk_usage(folder).free < LEAST_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def reserve(home: Path) -> None:
    """Hold some room back in the folder of the store, where there is plenty and none is held back yet."""
    held = home / RESERVE
    if held.exists() or shutil.disk_usage(home).free < LEAST_BYTES:
        return
    with suppress(OSError):
        held.write_bytes(bytes(RESERVE_BYTES))


def give_up_reserve(home: Path) -> None:
    """Before a write to the store: let go of what was held back if the disk is full (2 µs where it is not)."""
    found = shutil.disk_usage(home)
    if found.free < LOW_BYTES:
        (home / RESERVE).unlink(missing_ok=True)
