"""Where are the files of a run, and how are they written so that a kill never leaves half a file?

Into a temporary file beside the old one, flushed to the disk, then renamed over it.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder import paths
from builder.errors import NotFound
from builder.runs import room

LAST = "last.keras"
"""The model with the weights of the last step."""
BEST = "best.keras"
"""The model with the weights of the best epoch."""
MODEL = "model.keras"
"""The model that the run ended with, as the exported script saves it; its test values are the run's."""
LOG = "log.txt"
"""What the worker and its libraries printed."""
CHECKPOINT, OLDER = "checkpoint.npz", "checkpoint-older.npz"
"""Everything needed to go on, and the one before it."""
JOURNAL = "changes.json"
"""Which settings were changed while it ran, and at which step."""
KEPT = "kept"
"""Folder of the kept epochs, `<epoch>.npz` each: from these a fork can begin."""
RECORD = "run.json"
"""The run as the store knew it when it ended or last saved."""
_TEMPORARY = ".writing-"


def folder(run_id: str) -> Path:
    """The run's folder; made when missing, readable by its owner only."""
    found = paths.run_folder(run_id)
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def sizes(run_id: str) -> dict[str, int]:
    """The run's finished files by name, with their size in bytes."""
    found = paths.run_folder(run_id)
    files = sorted(found.iterdir()) if found.is_dir() else []
    return {
        file.name: file.stat().st_size for file in files if file.is_file() and not file.name.startswith(".")
    }


def model_file(run_id: str) -> Path:
    """The trained model: what the run ended with; while there is none, the best so far, else the last.

    Raises:
        NotFound: Nothing was kept yet.
    """
    for name in (MODEL, BEST, LAST):
        if (found := paths.run_folder(run_id) / name).is_file():
            return found
    raise NotFound("This run kept no model.", "", "One is kept after the first epoch.")


def kept_file(run_id: str, epoch: int) -> Path:
    """Where the kept epoch is, or would be."""
    return paths.run_folder(run_id) / KEPT / f"{epoch}.npz"


def kept_epochs(run_id: str) -> list[int]:
    """The epochs from which a fork can begin, ascending."""
    found = (paths.run_folder(run_id) / KEPT).glob("*.npz")
    return sorted(int(path.stem) for path in found if path.stem.isdecimal())


@contextmanager
def replacing(path: Path, is_lasting: bool = True, is_last_word: bool = False) -> Iterator[Path]:
    """A temporary path with the same suffix; what was written there takes the place of `path` at the end.

    On an exception (a full disk, say) the temporary file goes and the old file stays.

    Args:
        path: What is written.
        is_lasting: Wait until the disk has it; what need not outlive a power cut is not waited for.
        is_last_word: It is small and must be tried even where the disk is nearly full.

    Raises:
        OSError: The disk is full, nearly full, or cannot be written.
    """
    if not is_last_word:
        room.check(path.parent)
    temporary = path.with_name(f"{_TEMPORARY}{secrets.token_hex(4)}{path.suffix}")
    try:
        yield temporary
        if is_lasting:
            _flush(temporary)
        temporary.replace(path)
        if is_lasting:
            _flush(path.parent)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def sweep(run_id: str) -> None:
    """Remove temporary files that a killed writer left."""
    for stray in folder(run_id).rglob(f"{_TEMPORARY}*"):
        stray.unlink(missing_ok=True)


def remove(run_id: str) -> None:
    """Remove the run's files, if there are any."""
    shutil.rmtree(paths.run_folder(run_id), ignore_errors=True)


def _flush(path: Path) -> None:
    """Wait until the disk has it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
