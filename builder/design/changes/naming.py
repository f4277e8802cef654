"""How does a new name reach every place that names a node? Nodes, wires, calls, inputs and outputs."""

from collections.abc import Callable, Mapping
from typing import Literal

from pydantic import Field

from builder.design.changes.kind import EditKind, changed, known
from builder.design.document import Design, Node, NodeId, References
from builder.errors import EditRefused


class RenameNode(EditKind):
    """Give a node another name, everywhere it is named."""

    kind: Literal["rename_node"] = "rename_node"
    id: str
    to: NodeId


class SetName(EditKind):
    """Name the network."""

    kind: Literal["set_name"] = "set_name"
    name: str = Field(max_length=200)


def set_name(design: Design, edit: SetName) -> Design:
    """The design under another name."""
    return changed(design, name=edit.name)


def rename_node(design: Design, edit: RenameNode) -> Design:
    """The design with one node renamed; refuses a name that is taken."""
    known(design, edit.id)
    if edit.to != edit.id and design.node(edit.to):
        raise taken(edit.to)
    return renamed(design, {edit.id: edit.to})


def taken(node_id: str) -> EditRefused:
    """The refusal of a name that another node has."""
    return EditRefused(f"{node_id} is taken already;", "every name may stand once.")


def renamed(design: Design, names: Mapping[str, str]) -> Design:
    """The design with nodes renamed wherever they are named (nodes, wires, `of`, inputs, outputs)."""

    def name(node_id: str) -> str:
        return names.get(node_id, node_id)

    nodes = tuple(n.model_copy(update={"id": name(n.id)}) for n in design.nodes)
    edges = tuple(
        e.model_copy(update={"source": name(e.source), "target": name(e.target)}) for e in design.edges
    )
    named = re_referenced(changed(design, nodes=nodes, edges=edges), lambda text: _reference(text, names))
    return repathed(named, names)


def _reference(text: str, names: Mapping[str, str]) -> str:
    node_id, colon, port = text.partition(":")
    return names.get(node_id, node_id) + colon + port


def repathed(design: Design, moved: Mapping[str, str]) -> Design:
    """The design with its calls following what has moved: `{old path: new path}`, also for what lies inside."""
    if not moved or not any(node.of for node in design.nodes):
        return design
    return changed(design, nodes=tuple(_following(node, moved) for node in design.nodes))


def _following(node: Node, moved: Mapping[str, str]) -> Node:
    return node if node.of is None else node.model_copy(update={"of": path_after(node.of, moved)})


def path_after(path: str, moved: Mapping[str, str]) -> str:
    """The path after the move; the longest part of it that has moved counts."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        start = "/".join(parts[:length])
        if start in moved:
            return "/".join([moved[start], *parts[length:]])
    return path


def re_referenced(design: Design, rewrite: Callable[[str], str | None]) -> Design:
    """The design with each input and output reference rewritten, or dropped where `rewrite` gives None.

    When nothing is left, inputs or outputs are decided from the drawing again.
    """
    inputs, outputs = _rewritten(design.inputs, rewrite), _rewritten(design.outputs, rewrite)
    return changed(design, inputs=inputs, outputs=outputs)


def _rewritten(references: References | None, rewrite: Callable[[str], str | None]) -> References | None:
    if isinstance(references, dict):
        pairs = ((key, rewrite(text)) for key, text in references.items())
        return {key: text for key, text in pairs if text is not None} or None
    texts = (rewrite(text) for text in references or ())
    return tuple(text for text in texts if text is not None) or None
