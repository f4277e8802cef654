"""What can be done to a design? Each change is a small typed value, applied by one pure function.

The kinds stand by subject in `changes`; this is the one place that knows them all. The canvas applies the same edits in
TypeScript; both pass the table tests/design/edit_cases.json. Undo is keeping the design from before.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from builder.design.changes import (
    border,
    copies,
    ends,
    grouping,
    kind,
    layers,
    looks,
    naming,
    nodes,
    sharing,
    ungrouping,
    wires,
)
from builder.design.changes.copies import Paste, Repeat
from builder.design.changes.ends import SetOutputs
from builder.design.changes.grouping import Group
from builder.design.changes.layers import Retype, SetArgs, SetBypass, SetParams
from builder.design.changes.looks import MoveNodes, RemoveNotes, SetNote, SetUi
from builder.design.changes.naming import RenameNode, SetName
from builder.design.changes.nodes import AddNode, InsertOnEdge, RemoveNodes
from builder.design.changes.sharing import OwnCopy
from builder.design.changes.ungrouping import Ungroup
from builder.design.changes.wires import Connect, Disconnect
from builder.design.document import Design
from builder.errors import EditRefused

__all__ = [
    "EDIT",
    "AddNode",
    "Connect",
    "Disconnect",
    "Edit",
    "Group",
    "InsertOnEdge",
    "MoveNodes",
    "OwnCopy",
    "Paste",
    "RemoveNodes",
    "RemoveNotes",
    "RenameNode",
    "Repeat",
    "Retype",
    "SetArgs",
    "SetBypass",
    "SetName",
    "SetNote",
    "SetOutputs",
    "SetParams",
    "SetUi",
    "Ungroup",
    "Within",
    "apply",
    "inside",
]


class Within(kind.EditKind):
    """An edit of a network nested in this one; the path names the nodes to go through."""

    kind: Literal["within"] = "within"
    path: tuple[str, ...]
    edit: "Edit"


Edit = Annotated[
    AddNode
    | RemoveNodes
    | Connect
    | Disconnect
    | MoveNodes
    | SetParams
    | SetArgs
    | RenameNode
    | InsertOnEdge
    | Paste
    | SetName
    | Within
    | Group
    | Ungroup
    | Repeat
    | OwnCopy
    | Retype
    | SetBypass
    | SetNote
    | RemoveNotes
    | SetUi
    | SetOutputs,
    Field(discriminator="kind"),
]
Within.model_rebuild()
EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


def inside(path: tuple[str, ...], edit: Edit) -> Edit:
    """The edit as seen from the design around: `within` where there is a path."""
    return Within(path=path, edit=edit) if path else edit


def apply(design: Design, edit: Edit) -> Design:
    """The design after `edit`; the given one stays as it was.

    Raises:
        EditRefused: The edit does not apply: unknown or taken names, a circle, a wire that exists already.
    """
    change: Callable[[Design, Any], Design] = _CHANGES[edit.kind]
    return change(design, edit)


def _within(design: Design, edit: Within) -> Design:
    """The design with a nested network changed; calls and wires from outside follow what moved in there."""
    if not edit.path:
        return apply(design, edit.edit)
    first, inner = edit.path[0], inside(edit.path[1:], edit.edit)
    graph = kind.known(design, first).graph
    if graph is None:
        raise EditRefused(f"{first} is no block:", "nothing is drawn in it.")
    moved = {f"{first}/{old}": f"{first}/{new}" for old, new in _moved(graph, inner).items()}
    after = kind.with_node(design, first, graph=apply(graph, inner))
    return border.realigned(design, sharing.adopted(design, naming.repathed(after, moved)))


def _moved(design: Design, edit: Edit) -> dict[str, str]:
    """`{old path: new path}` of what the edit gives another name or place."""
    match edit:
        case RenameNode():
            return {edit.id: edit.to}
        case RemoveNodes():
            return nodes.heirs(design, edit)
        case Group():
            return grouping.grouped_paths(design, edit)
        case Ungroup():
            return ungrouping.ungrouped_paths(design, edit)
        case Within(path=(first, *rest)):
            graph = kind.known(design, first).graph
            deeper = {} if graph is None else _moved(graph, inside(tuple(rest), edit.edit))
            return {f"{first}/{old}": f"{first}/{new}" for old, new in deeper.items()}
        case _:
            return {}


_CHANGES: dict[str, Callable[[Design, Any], Design]] = {
    "add_node": nodes.add_node,
    "remove_nodes": nodes.remove_nodes,
    "connect": wires.connect,
    "disconnect": wires.disconnect,
    "move_nodes": looks.move_nodes,
    "set_params": layers.set_params,
    "set_args": layers.set_args,
    "rename_node": naming.rename_node,
    "insert_on_edge": nodes.insert_on_edge,
    "paste": copies.paste,
    "set_name": naming.set_name,
    "within": _within,
    "group": grouping.group,
    "ungroup": ungrouping.ungroup,
    "repeat": copies.repeat,
    "own_copy": sharing.own_copy,
    "retype": layers.retype,
    "set_bypass": layers.set_bypass,
    "set_note": looks.set_note,
    "remove_notes": looks.remove_notes,
    "set_ui": looks.set_ui,
    "set_outputs": ends.set_outputs,
}
