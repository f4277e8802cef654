"""What becomes of a layer that is called again, when it goes away or when a call wants its own?"""

from typing import Literal

from builder.design.changes.kind import EditKind, changed, known, with_node
from builder.design.changes.naming import path_after, repathed
from builder.design.document import Design, Node
from builder.errors import EditRefused


class OwnCopy(EditKind):
    """Turn another call of a layer into a layer of its own, with its own weights."""

    kind: Literal["own_copy"] = "own_copy"
    id: str


def at(design: Design, path: str) -> Node | None:
    """The node at a path such as `block1/conv`, or None."""
    *outer, last = path.split("/")
    here: Design | None = design
    for part in outer:
        node = here.node(part) if here else None
        here = node.graph if node else None
    return here.node(last) if here else None


def own_copy(design: Design, edit: OwnCopy) -> Design:
    """The call as a layer; who called it again goes on calling the shared one."""
    node = known(design, edit.id)
    if node.type != "Call" or node.of is None:
        raise EditRefused(f"{edit.id} has weights of its own already.")
    holder = held(design, node.of)
    if holder is None or holder.type == "InputLayer":
        raise EditRefused(f"{edit.id} calls {node.of} again, and no such layer is drawn.")
    kept = repathed(design, {edit.id: node.of})
    return with_node(kept, edit.id, type=holder.type, params=holder.params, graph=holder.graph, of=None)


def held(design: Design, path: str) -> Node | None:
    """The node that holds what is called at a path, following calls of calls; None when that leads nowhere."""
    seen: set[str] = set()
    node = at(design, path)
    while node is not None and node.type == "Call" and node.of is not None and path not in seen:
        seen.add(path)
        path = beside(path, node.of)
        node = at(design, path)
    return None if node is None or node.type == "Call" else node


def adopted(before: Design, after: Design) -> Design:
    """`after` with its calls of layers that are gone put right: the first such call of each becomes the layer.

    The others call that one. Only calls whose layer was there before are touched.
    """
    lost = [(path, node) for node in after.nodes if (path := _lost(before, after, node)) is not None]
    heirs: dict[str, str] = {}
    for path, node in sorted(lost, key=lambda each: each[0].count("/")):
        # A call of `block/conv` follows the call that becomes `block`.
        if path_after(path, heirs) == path:
            heirs[path] = node.id
            after = _inheriting(before, after, node, path)
    return repathed(after, heirs)


def _lost(before: Design, after: Design, node: Node) -> str | None:
    if node.type != "Call" or node.of is None or at(after, node.of) is not None:
        return None
    old = before.node(node.id)
    return old.of if old and old.of and at(before, old.of) else None


def _inheriting(before: Design, after: Design, node: Node, path: str) -> Design:
    removed, seen = at(before, path), {path}
    while removed is not None and removed.type == "Call":
        path = beside(path, removed.of or "")
        if at(after, path) is not None:
            return with_node(after, node.id, of=path)
        removed = None if path in seen else at(before, path)
        seen.add(path)
    if removed is None:
        return after
    return with_node(after, node.id, type=removed.type, params=removed.params, graph=removed.graph, of=None)


def beside(path: str, of: str) -> str:
    """What a call at `path` means by `of`, as a path from where `path` begins."""
    return "/".join([*path.split("/")[:-1], of])


def without_nodes(design: Design, gone: frozenset[str]) -> Design:
    """The nodes that stay, calls put right; wires and references are left to the caller."""
    return adopted(design, changed(design, nodes=tuple(n for n in design.nodes if n.id not in gone)))
