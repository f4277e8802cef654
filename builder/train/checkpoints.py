"""How does everything that a run needs to go on fit into one file, and what if that file is damaged?

A stored (not compressed) zip of numpy arrays without pickle, written whole or not at all. The one before stays beside
it: when the newest cannot be read, the run goes on from the older.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from builder.errors import Unreadable
from builder.runs import artifacts
from builder.runs.records import Values
from builder.train.recollection import Recollection
from builder.train.spacing import Reason
from builder.train.state import Array, Chance, State

FACTS_BYTES = 4_000_000
"""Longest text of facts: words of Python's random numbers take 8 kB, the rest is small."""
_FACTS = "facts"
_GROUPS = ("model", "metrics", "optimizer", "best")
_PLAIN = "biuf"
"""Kinds of numbers that numpy writes by itself; others (bfloat16) are written as whole numbers of the same size."""


class Facts(BaseModel):
    """Everything of a checkpoint that is not an array."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="constants")

    format: Literal["layerloom-checkpoint/1"] = "layerloom-checkpoint/1"
    run: str
    epochs: int = 0
    """The last epoch's number, as it was asked for then."""
    epoch: int = Field(ge=0)
    """Completed and measured epochs."""
    step: int = Field(ge=0)
    """Steps done of the next epoch."""
    running: Values = {}
    """Keras' running means of that epoch."""
    seconds: float = 0.0
    """Time spent so far."""
    fingerprint: str = ""
    """Of the training rows, see `session.fingerprint`."""
    seed: int = 0
    """Of the training settings."""
    names: list[str] = []
    """What each of the model's variables is, the same in every process; see `variable_names`."""
    slots: list[str] = []
    """The same for the optimizer's variables."""
    optimizer: str = ""
    """Class of the optimizer."""
    live: dict[str, JsonValue] = {}
    """Settings changed while it ran."""
    pending: list[str] = []
    """Those among them that count from the next epoch on."""
    changes: int = 0
    """How many entries of the run's journal of changes are in here."""
    reason: Reason = "spaced"
    """Of a kept epoch: why it is kept."""
    kept_wish: bool = False
    """Whether somebody asked to keep the epoch under way."""
    rate: float | None = None
    """Learning rate of the last step."""
    measured_rows: int | None = None
    """Training rows of the clean evaluation, where their number was measured."""
    watch: Recollection = Recollection()
    plateau: Recollection = Recollection()
    python: list[JsonValue] = []
    """`random.getstate()`."""
    numpy: tuple[int, int, float] = (0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that a run needs to go on."""

    facts: Facts
    state: State
    best: list[Array] | None
    """Weights of the best epoch, as `model.get_weights` gives them."""


def write(path: Path, checkpoint: Checkpoint, older: Path | None = None) -> None:
    """Write it in place of what is there; what is there becomes `older`.

    Raises:
        OSError: The disk is full or cannot be written; what was there stays.
    """
    arrays: dict[str, Any] = dict(_arrays(checkpoint))
    with artifacts.replacing(path) as temporary:
        np.savez(temporary, **arrays)
        if older is not None and path.exists():
            older.unlink(missing_ok=True)
            with suppress(OSError):  # a file system without hard links: there is no older one then
                older.hardlink_to(path)


def read(path: Path, run_id: str | None = None) -> Checkpoint:
    """Read a checkpoint; of this run, when one is named.

    Raises:
        Unreadable: It is missing, damaged, or no checkpoint of this run; in words.
    """
    with _words(path), zipfile.ZipFile(path) as file:
        if any(entry.compress_type != zipfile.ZIP_STORED for entry in file.infolist()):
            raise ValueError("compressed")
        said = _facts(file)
        arrays = {name: _array(file, name) for name in file.namelist() if name != f"{_FACTS}.npy"}
        found = _put_together(said, arrays)
    if run_id is not None and said.run != run_id:
        raise Unreadable(f"The checkpoint {path.name} belongs to another run.")
    return found


def facts(path: Path) -> Facts:
    """What a checkpoint says of itself, without its arrays.

    Raises:
        Unreadable: It is missing or damaged.
    """
    with _words(path), zipfile.ZipFile(path) as file:
        return _facts(file)


@contextmanager
def _words(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes numpy or zipfile say, in ours."""
    try:
        yield
    except FileNotFoundError:
        raise Unreadable(f"There is no checkpoint {path.name}.") from None
    # zipfile raises NotImplementedError where a damaged header names a way of packing that there is not
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise Unreadable(f"The checkpoint {path.name} is damaged.") from error


def newest(run_id: str) -> tuple[Checkpoint | None, str]:
    """The newest checkpoint that can be read, if there is any, and which could not be, in words."""
    damaged: list[str] = []
    for path in _candidates(run_id):
        try:
            return read(path, run_id), " ".join(damaged)
        except Unreadable as error:
            damaged.append(error.found)
    return None, " ".join(damaged)


def exists(run_id: str) -> bool:
    """Whether there is anything to go on from; without reading it."""
    return next(_candidates(run_id), None) is not None


def _candidates(run_id: str) -> Iterator[Path]:
    folder = artifacts.folder(run_id)
    kept = [artifacts.kept_file(run_id, epoch) for epoch in reversed(artifacts.kept_epochs(run_id))]
    for path in (folder / artifacts.CHECKPOINT, folder / artifacts.OLDER, *kept):
        if path.is_file():
            yield path


def _arrays(checkpoint: Checkpoint) -> Iterator[tuple[str, Array]]:
    state, chance = checkpoint.state, checkpoint.state.chance
    facts = checkpoint.facts.model_copy(
        update={"python": json.loads(json.dumps(chance.python)), "numpy": chance.numpy_rest}
    )
    yield _FACTS, np.frombuffer(facts.model_dump_json().encode(), np.uint8)
    yield "chance/numpy", chance.numpy_words
    if chance.keras is not None:
        yield "chance/keras", chance.keras
    groups = (state.model, state.metrics, state.optimizer, checkpoint.best or [])
    for group, values in zip(_GROUPS, groups, strict=True):
        for index, value in enumerate(values):
            plain = value.dtype.kind in _PLAIN
            kind = "" if plain else f".{value.dtype.name}"
            yield f"{group}/{index}{kind}", value if plain else value.view(f"u{value.dtype.itemsize}")


def _facts(file: zipfile.ZipFile) -> Facts:
    if file.getinfo(f"{_FACTS}.npy").file_size > FACTS_BYTES:
        raise ValueError("too many facts")
    return Facts.model_validate_json(_array(file, f"{_FACTS}.npy").tobytes())


def _array(file: zipfile.ZipFile, name: str) -> Array:
    array: Array = np.lib.format.read_array(io.BytesIO(file.read(name)), allow_pickle=False)
    return array


def _put_together(facts: Facts, arrays: dict[str, Array]) -> Checkpoint:
    groups = {group: _group(arrays, group) for group in _GROUPS}
    version, words, gauss = facts.python
    if not isinstance(words, list):
        raise ValueError("no random numbers")
    chance = Chance(
        (version, tuple(words), gauss),
        arrays["chance/numpy.npy"],
        facts.numpy,
        arrays.get("chance/keras.npy"),
    )
    state = State(groups["model"], groups["metrics"], groups["optimizer"], chance)
    return Checkpoint(facts, state, groups["best"] or None)


def _group(arrays: dict[str, Array], group: str) -> list[Array]:
    """The arrays of one group in order; a number that is missing is a damage."""
    import ml_dtypes  # noqa: F401  teaches numpy the names of the small floats

    found: dict[int, Array] = {}
    for name, value in arrays.items():
        if name.startswith(f"{group}/"):
            index, _, kind = name.removeprefix(f"{group}/").removesuffix(".npy").partition(".")
            found[int(index)] = value.view(np.dtype(kind)) if kind else value
    return _complete(found)


def _complete(found: dict[int, Array]) -> list[Array]:
    return [found[index] for index in range(len(found))]
