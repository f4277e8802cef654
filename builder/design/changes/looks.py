"""What changes only how the drawing looks? Places, notes, and whatever stands under `ui`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from builder.design.changes.kind import EditKind, changed, known, with_node
from builder.design.document import Design, Params
from builder.errors import EditRefused

Side = Annotated[float, Field(gt=0, le=10_000)]
"""Width or height in pixels."""


class Note(BaseModel):
    """A piece of paper on the canvas; part of the drawing, not of the network."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=100)
    text: str = Field(default="", max_length=5000)
    position: tuple[float, float] = (0.0, 0.0)
    size: tuple[Side, Side] | None = None
    """Width and height in pixels; None: as the text needs."""
    tone: Literal["plain", "amber", "teal", "violet"] | None = None


class MoveNodes(EditKind):
    """Place nodes; the network stays the same."""

    kind: Literal["move_nodes"] = "move_nodes"
    positions: dict[str, tuple[float, float]]


class SetNote(EditKind):
    """Put a note on the canvas, or another in the place of the one with its id."""

    kind: Literal["set_note"] = "set_note"
    note: Note


class RemoveNotes(EditKind):
    """Take notes away."""

    kind: Literal["remove_notes"] = "remove_notes"
    ids: tuple[str, ...]


class SetUi(EditKind):
    """Set looks of a node, or of the whole drawing (`id` None): `open`, `direction`."""

    kind: Literal["set_ui"] = "set_ui"
    id: str | None = None
    ui: Params = Field(default_factory=dict)
    reset: tuple[str, ...] = ()


def move_nodes(design: Design, edit: MoveNodes) -> Design:
    """The design with nodes elsewhere."""
    for node_id in edit.positions:
        known(design, node_id)
    places = edit.positions
    nodes = tuple(
        n.model_copy(update={"position": places[n.id]}) if n.id in places else n for n in design.nodes
    )
    return changed(design, nodes=nodes)


def set_ui(design: Design, edit: SetUi) -> Design:
    """The design with other looks."""
    old = design.ui if edit.id is None else known(design, edit.id).ui
    looks = {name: value for name, value in (old | edit.ui).items() if name not in edit.reset}
    return changed(design, ui=looks) if edit.id is None else with_node(design, edit.id, ui=looks)


def notes_of(design: Design) -> tuple[Params, ...]:
    """The notes as they stand in the document, in order."""
    found = design.ui.get("notes")
    return tuple(note for note in found if isinstance(note, dict)) if isinstance(found, list) else ()


def set_note(design: Design, edit: SetNote) -> Design:
    """The design with the note; a new one comes last."""
    note: Params = edit.note.model_dump(mode="json", exclude_unset=True)
    notes = notes_of(design)
    if any(other.get("id") == edit.note.id for other in notes):
        return _with_notes(design, [note if other.get("id") == edit.note.id else other for other in notes])
    return _with_notes(design, [*notes, note])


def remove_notes(design: Design, edit: RemoveNotes) -> Design:
    """The design without these notes; refuses one that is not there."""
    there = {note.get("id") for note in notes_of(design)}
    for note_id in edit.ids:
        if note_id not in there:
            raise EditRefused(f"There is no note called {note_id}.")
    return _with_notes(design, [note for note in notes_of(design) if note.get("id") not in edit.ids])


def _with_notes(design: Design, notes: list[Params]) -> Design:
    rest: Params = {name: value for name, value in design.ui.items() if name != "notes"}
    kept: list[JsonValue] = [*notes]
    return changed(design, ui=rest | {"notes": kept} if kept else rest)
