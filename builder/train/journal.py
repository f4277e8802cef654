"""Which settings were changed while a run went on, and at which step? So that what comes again comes the same way."""

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError

from builder.runs import artifacts


class Entry(BaseModel):
    """One change, at the place where it was made."""

    model_config = ConfigDict(frozen=True)

    epoch: int
    """Epochs completed by then."""
    step: int
    """Steps done of the next one."""
    setting: str
    node: str | None
    value: JsonValue


_ENTRIES = TypeAdapter(list[Entry])


def read(run_id: str) -> list[Entry]:
    """All changes of the run, in order; none where there is no journal that can be read."""
    try:
        return _ENTRIES.validate_json((artifacts.folder(run_id) / artifacts.JOURNAL).read_bytes())
    except (OSError, ValidationError):
        return []


def write(run_id: str, entries: list[Entry]) -> None:
    """Keep all changes of the run, before the newest takes effect.

    Raises:
        OSError: The disk is full.
    """
    with artifacts.replacing(artifacts.folder(run_id) / artifacts.JOURNAL) as temporary:
        temporary.write_bytes(_ENTRIES.dump_json(entries))
