"""How does a picture of what a network has learned get from its worker to those who look?

One small file in the run's folder, replaced by renaming; nothing waits for the disk, since it is only a picture. It is
drawn only while somebody looks: whoever does touches a file beside it.
"""

import gzip
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from builder import paths

FILE = "picture.bin"
WANTED, WANTED_UNITS = ".looked-at", ".looked-at-units"
PATIENCE_S = 2.5
"""So long after somebody looked, pictures are still made."""
TOUCH_EVERY_S = 0.5
PACKED = 5
"""gzip's level: a picture takes 0.1 ms."""

Grid = NDArray[np.uint8]
"""Values of a grid, row by row from the top: shape (height, width)."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Units(_Part):
    """What the units of one layer respond to; a grid for each of them follows in the file."""

    layer: str
    """The node's id."""
    type: str
    of: int
    """Units of the layer; the first of them are shown when there are very many."""
    width: int
    height: int
    middle: float
    """The answer that is neither: 0, or 0.5 where answers lie between 0 and 1. Byte 128."""
    reach: tuple[float, ...]
    """For each unit shown: how far from `middle` its bytes 1 and 255 lie; 0: it answers the same everywhere."""


class Frame(_Part):
    """What a picture shows, before its grids: the field, for several classes their lead, then each unit."""

    kind: Literal["two", "classes", "value"]
    """two: log odds of the second class, ±`REACH`. classes: number of the likeliest, then its lead in log odds over
    the next, from 0 to `REACH`. value: from `low` to `high`."""
    epoch: int
    """The epoch under way, from 1; at its end the completed one; 0 before training."""
    step: int
    """Steps done in this epoch."""
    is_epoch_end: bool
    is_last: bool = False
    """Training is over: nothing newer comes unless the run goes on."""
    is_restored: bool = False
    """The weights are those of the best epoch, not of `epoch`."""
    width: int
    height: int
    low: float
    high: float
    train: tuple[float, int] | None
    """Points that are right and all of them; for numbers the mean distance from the target, and all of them."""
    validation: tuple[float, int] | None
    units: tuple[Units, ...] = ()


REACH = 6.0
"""Log odds beyond this look the same: 99.75 %."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Whether somebody looks."""

    field: bool
    units: bool


def want(run_id: str, units: bool) -> None:
    """Somebody looks at this run now; nothing happens where the run has no folder (any more)."""
    folder = paths.run_folder(run_id)
    for name in (WANTED, WANTED_UNITS) if units else (WANTED,):
        if _age_s(folder / name) > TOUCH_EVERY_S:
            with suppress(OSError):
                (folder / name).touch()


def wanted(run_id: str) -> Looking:
    """Whether somebody looked at this run in the last seconds."""
    folder = paths.run_folder(run_id)
    return Looking(_age_s(folder / WANTED) < PATIENCE_S, _age_s(folder / WANTED_UNITS) < PATIENCE_S)


def write(run_id: str, frame: Frame, grids: Sequence[Grid]) -> None:
    """Put a picture in the place of the one before.

    Raises:
        OSError: The disk is full or cannot be written; the older picture stays.
    """
    folder = paths.run_folder(run_id)
    temporary = folder / f".writing-{secrets.token_hex(4)}.bin"
    try:
        temporary.write_bytes(packed(frame, grids))
        temporary.replace(folder / FILE)
    finally:
        temporary.unlink(missing_ok=True)


def packed(frame: Frame, grids: Sequence[Grid]) -> bytes:
    """The file's bytes, gzipped: the frame as one line of JSON, then each grid as differences.

    A value is told as its difference from what a plane through its left, upper and upper left neighbours would have,
    modulo 256. Networks of rectified units are made of planes: most differences are 0, and a grid takes a fifth.
    """
    text = frame.model_dump_json(exclude_defaults=True).encode() + b"\n"
    return gzip.compress(text + b"".join(_differences(grid).tobytes() for grid in grids), PACKED, mtime=0)


def unpacked(content: bytes) -> tuple[Frame, list[Grid]]:
    """The frame and its grids again; the inverse of `packed`."""
    text, _, rest = gzip.decompress(content).partition(b"\n")
    frame = Frame.model_validate_json(text)
    sizes = [(frame.height, frame.width)] * (2 if frame.kind == "classes" else 1)
    sizes += [(units.height, units.width) for units in frame.units for _ in units.reach]
    grids, at = [], 0
    for height, width in sizes:
        flat = np.frombuffer(rest, np.uint8, height * width, at).reshape(height, width)
        grids.append(np.cumsum(np.cumsum(flat, axis=0, dtype=np.uint8), axis=1, dtype=np.uint8))
        at += height * width
    return frame, grids


def _differences(grid: Grid) -> Grid:
    down = np.diff(grid.astype(np.int16), axis=0, prepend=0)
    return np.diff(down, axis=1, prepend=0).astype(np.uint8)


def stamp(run_id: str) -> str:
    """Changes with each picture; empty while there is none."""
    try:
        return str((paths.run_folder(run_id) / FILE).stat().st_mtime_ns)
    except OSError:
        return ""


def read(run_id: str) -> tuple[str, bytes] | None:
    """The newest picture, gzipped, and its stamp; None while there is none."""
    try:
        with (paths.run_folder(run_id) / FILE).open("rb") as file:
            return str(os.fstat(file.fileno()).st_mtime_ns), file.read()
    except OSError:
        return None


def _age_s(file: Path) -> float:
    """Seconds since the file was touched; endless when it is not there."""
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return float("inf")
