"""What have all edits in common? They are small, typed, immutable values; and how they look at a design."""

from pydantic import BaseModel, ConfigDict

from builder.design.document import Design, Node
from builder.errors import EditRefused


class EditKind(BaseModel):
    """One change of a design, as it crosses processes; `kind` tells which."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def known(design: Design, node_id: str) -> Node:
    """The node of that name; refuses when there is none."""
    node = design.node(node_id)
    if node is None:
        raise EditRefused(f"There is no layer called {node_id}.")
    return node


def changed(design: Design, **fields: object) -> Design:
    """The design with these fields replaced."""
    return design.model_copy(update=fields)


def with_node(design: Design, node_id: str, **fields: object) -> Design:
    """The design with fields of one node replaced."""
    nodes = tuple(node.model_copy(update=fields) if node.id == node_id else node for node in design.nodes)
    return changed(design, nodes=nodes)
