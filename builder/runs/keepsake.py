"""What does a run keep of itself beside its weights? Its record and epochs, so that a lost store can be made again."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from builder.runs import artifacts
from builder.runs.deaths import DeathRows
from builder.runs.event_rows import NEWEST
from builder.runs.records import Event, EventKind, RunRecord

KINDS = tuple(kind for kind in EventKind if kind is not EventKind.BATCH)


class Keepsake(BaseModel):
    """A run on its own, as `run.json` in its folder."""

    model_config = ConfigDict(frozen=True)

    format: str = "layerloom-run/1"
    run: RunRecord
    events: list[Event]
    """All but batch losses, in order."""


def write(store: DeathRows, run_id: str) -> None:
    """Write what the store knows of a run into the run's folder.

    Raises:
        NotFound: The run was deleted.
        OSError: The disk is full or cannot be written; the older file stays whole.
    """
    kept = Keepsake(
        run=store.run(run_id, even_hidden=True), events=store.events(run_id, limit=NEWEST, kinds=KINDS)
    )
    with artifacts.replacing(artifacts.folder(run_id) / artifacts.RECORD, is_last_word=True) as temporary:
        temporary.write_text(kept.model_dump_json(exclude_none=True))


def read(path: Path) -> Keepsake | None:
    """A run's keepsake; None where there is none that can be read."""
    try:
        return Keepsake.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def read_all(runs: Path) -> list[Keepsake]:
    """The keepsakes of all runs whose folders are in `runs`, oldest first."""
    found = [read(path) for path in runs.glob(f"*/{artifacts.RECORD}")]
    return sorted((kept for kept in found if kept is not None), key=lambda kept: kept.run.created_at)
