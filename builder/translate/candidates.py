"""What could be tried against a fault? Candidates as edits; each file in `repairs/` is one kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pydantic import JsonValue

from builder.catalog import lookup
from builder.design.document import Edge, Node
from builder.design.edits import (
    AddNode,
    Connect,
    Disconnect,
    Edit,
    InsertOnEdge,
    RemoveNodes,
    SetArgs,
    SetParams,
)
from builder.design.names import fresh_id, snake
from builder.discovery import constants
from builder.translate import placing, repairs
from builder.translate.repair import Change, Ghost
from builder.translate.scene import Scene
from builder.translate.specs import shape_words

Layer = tuple[str, Mapping[str, object]]
"""Type and arguments of a layer that would be put in; call arguments for an operation."""
INSERTED = 2
"""Size of a change that puts a layer in: all that was drawn stays as it is."""
CHANGED = 3
"""Size of a change that sets an argument which a person had set, or could have."""
REMOVED = 20
"""Size of a change that takes something away."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that might help; not tried yet."""

    title: str
    detail: str
    edits: tuple[Edit, ...]
    """Edits of the network at `path`."""
    path: tuple[str, ...]
    size: int
    """How much of what was drawn it changes; smaller is offered first."""
    ghost: Ghost | None = None
    changes: tuple[Change, ...] = ()

    def sized(self, size: int) -> "Candidate":
        """The same, offered earlier or later."""
        return replace(self, size=size)

    def titled(self, title: str) -> "Candidate":
        """The same under another title."""
        return replace(self, title=title)


@dataclass(frozen=True, slots=True)
class Proposer:
    """One kind of repair: a pure function from the scene of a fault to what might help."""

    propose: Callable[[Scene], Iterable[Candidate]] = field()


@cache
def proposers() -> Mapping[str, Proposer]:
    """All kinds of repair, by name of their file."""
    return constants(repairs, Proposer)


def proposed(scene: Scene) -> list[Candidate]:
    """All candidates for a fault, the smallest change first, each once."""
    found: dict[str, Candidate] = {}
    for proposer in proposers().values():
        for candidate in _safely(proposer, scene):
            found.setdefault(repr((candidate.path, candidate.edits)), candidate)
    return sorted(found.values(), key=lambda candidate: candidate.size)


def _safely(proposer: Proposer, scene: Scene) -> list[Candidate]:
    """A kind of repair that stumbles over odd arguments offers nothing; the others still do."""
    try:
        return list(proposer.propose(scene))
    except Exception:
        return []


def new_node(scene: Scene, kind: str, values: Mapping[str, object], taken: Iterable[str] = ()) -> Node:
    """A node of this type under a fresh name; `values` are call arguments for an operation."""
    names = {node.id for node in scene.graph.nodes} | set(taken)
    field_name = "args" if kind.startswith("ops.") else "params"
    return Node.model_validate({"id": fresh_id(snake(kind), names), "type": kind, field_name: values})


def insert(
    scene: Scene, edge: Edge, *chain: Layer, title: str = "", why: str = "", taken: Iterable[str] = ()
) -> Candidate:
    """Put one layer, or several in a row, on a wire. `taken`: names that other edits of the same repair give."""
    nodes: list[Node] = []
    names = list(taken)
    for kind, values in chain:
        nodes.append(new_node(scene, kind, values, [*names, *(node.id for node in nodes)]))
    places, moved = placing.on_wire(scene.graph, edge, len(nodes))
    nodes = [node.model_copy(update={"position": place}) for node, place in zip(nodes, places, strict=True)]
    edits: list[Edit] = list(moved)
    here = edge
    for node in nodes:
        edits.append(InsertOnEdge(edge=here, node=node))
        here = Edge(source=node.id, target=edge.target, target_port=edge.target_port)
    ghost = Ghost(
        type=nodes[0].type, name=nodes[0].id, text=said(nodes[0]), edge=edge,
        near=scene.prefix + edge.target, position=nodes[0].position,
    )  # fmt: skip
    named = " and ".join(_what(node) for node in nodes)
    detail = f"Insert {named} after {edge.source}{why and f', {why}'}."
    title = title or "Insert " + " and ".join(short(node.type) for node in nodes)
    return Candidate(title, detail, tuple(edits), scene.path, INSERTED + len(nodes) - 1, ghost)


def insert_on_all(scene: Scene, edges: Sequence[Edge], *chain: Layer, title: str, why: str = "") -> Candidate:
    """The same on several wires, as one repair: each gets layers of its own."""
    made: list[Candidate] = []
    for edge in edges:
        taken = [edit.node.id for one in made for edit in one.edits if isinstance(edit, InsertOnEdge)]
        made.append(insert(scene, edge, *chain, title=title, why=why, taken=taken))
    return together(made)


def together(parts: Sequence[Candidate]) -> Candidate:
    """Several candidates as one, called after the first."""
    first = parts[0]
    return replace(
        first,
        edits=tuple(edit for part in parts for edit in part.edits),
        detail=" ".join(part.detail for part in parts),
        size=first.size + len(parts) - 1,
        changes=tuple(change for part in parts for change in part.changes),
    )


def set_values(
    scene: Scene,
    node: Node,
    values: Mapping[str, JsonValue],
    title: str = "",
    why: str = "",
    reset: tuple[str, ...] = (),
) -> Candidate:
    """Set arguments of a node (call arguments of an operation), or put some back to their default."""
    is_call = node.type.startswith("ops.")
    held = node.args if is_call else node.params
    edit: Edit = (
        SetArgs(id=node.id, args=dict(values), reset=reset)
        if is_call
        else SetParams(id=node.id, params=dict(values), reset=reset)
    )
    default = defaults(node.type)
    changes = [
        Change(node=scene.prefix + node.id, param=name, was=held.get(name, default.get(name)), to=value)
        for name, value in {**values, **{name: default.get(name) for name in reset}}.items()
    ]
    wanted = " and ".join(f"{change.param} to {value_words(change.to)}" for change in changes)
    detail = f"Set {wanted} in {node.id}{why and f': {why}'}."
    return Candidate(
        title or f"Set {wanted} in {node.id}", detail, (edit,), scene.path, CHANGED, None, tuple(changes)
    )


def defaults(kind: str) -> dict[str, JsonValue]:
    """Keras' default of each argument of a type."""
    spec = lookup.layer(kind)
    found: dict[str, JsonValue] = {"dtype": "float32"}
    return found | ({param.name: param.default for param in (*spec.params, *spec.args)} if spec else {})


def swap(scene: Scene, node: Node, other: Node, title: str, detail: str) -> Candidate:
    """Put another node in the place of one, with the same wires in the same order."""
    ends = dict.fromkeys((node.id, *(edge.target for edge in scene.graph.out_of(node.id))))
    wires = [edge for end in ends for edge in scene.graph.into(end)]
    kept = [edge for edge in wires if node.id not in (edge.source, edge.target)]
    names = {node.id: other.id}
    again = [
        edge.model_copy(
            update={
                "source": names.get(edge.source, edge.source),
                "target": names.get(edge.target, edge.target),
            }
        )
        for edge in wires
    ]
    edits: list[Edit] = [*(Disconnect(edge=edge) for edge in reversed(kept)), RemoveNodes(ids=(node.id,))]
    edits += [AddNode(node=other), *(Connect(edge=edge) for edge in again)]
    return Candidate(title, detail, tuple(edits), scene.path, CHANGED)


def value_words(value: JsonValue) -> str:
    """A value as a person writes it: 3×3, none, linear."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list) and value and all(isinstance(part, int) for part in value):
        return shape_words([part for part in value if isinstance(part, int)])
    if isinstance(value, list):
        return " and ".join(
            f"({value_words(part)})" if isinstance(part, list) else value_words(part) for part in value
        )
    if isinstance(value, float):
        return _FRACTIONS.get(value) or f"{value:g}"
    return "an object" if isinstance(value, dict) else str(value)[:40]


_FRACTIONS = {1 / 255: "1/255", 1 / 127.5: "1/127.5", 1 / 16: "1/16"}
"""Scales of pixels, as people write them."""


def said(node: Node) -> str:
    """The arguments of a new node in a few words."""
    size = node.params.get("kernel_size")
    words = [_window(node.type, size)] if size is not None else []
    for name, value in (node.params | node.args).items():
        if name in ("units", "filters"):
            words.append(f"{value} {name}")
        elif name != "kernel_size":
            words.append(f"{name.replace('_', ' ')} {value_words(value)}")
    return ", ".join(words)[:60]


def _window(kind: str, size: JsonValue) -> str:
    """One number for all axes is said for each: 1×1."""
    axes = next((int(letter) for letter in kind if letter in "123"), 1)
    return value_words(size if isinstance(size, list) else [size] * axes)


def _what(node: Node) -> str:
    if "kernel_size" in node.params:
        return f"{node.type} {said(node)}"
    return f"{short(node.type)} ({said(node)})" if said(node) else short(node.type)


def short(kind: str) -> str:
    """A type as it is said: without `ops.`."""
    return kind.removeprefix("ops.")
