"""Which tensor goes to which argument of a call? Wires and ports become nested lists and dicts of tensors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.catalog.spec import PortSpec
from builder.design.document import Edge, Node
from builder.issues import Issue, IssueCode


@dataclass(frozen=True, slots=True)
class Tensor:
    """One output of an earlier step."""

    node: str
    port: int = 0


Wired = Tensor | tuple["Wired", ...] | dict[str, "Wired"]
"""One tensor, a list of them in order, or a dict of them by key; nested as Keras takes it."""


class Miswired(Exception):
    """A wire ends where nothing can take it; carries the issue."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue.message)


def tensors(wired: Wired) -> Iterator[Tensor]:
    """All tensors of an argument, in the order of lists and of sorted keys (Keras' flatten order)."""
    if isinstance(wired, Tensor):
        yield wired
    else:
        for part in [wired[key] for key in sorted(wired)] if isinstance(wired, dict) else wired:
            yield from tensors(part)


def arguments(node: Node, ports: Sequence[PortSpec], wires: Sequence[Edge]) -> dict[str, Wired]:
    """The tensor arguments of the call that `node` is, by name, in the order of the ports.

    Raises:
        Miswired: A wire ends at an argument that the layer does not have, two share one place, or a list has gaps.
    """
    grouped = _grouped(node, ports, wires)
    return {port.name: _argument(node, port, grouped[port.name]) for port in ports if port.name in grouped}


def _grouped(node: Node, ports: Sequence[PortSpec], wires: Sequence[Edge]) -> dict[str, list[Edge]]:
    names = [port.name for port in ports]
    grouped: dict[str, list[Edge]] = {}
    for wire in wires:
        name = str(wire.target_port[0]) if wire.target_port else (names[0] if names else "")
        if name not in names:
            raise Miswired(_unknown_port(node, name, names))
        grouped.setdefault(name, []).append(wire)
    return grouped


def _unknown_port(node: Node, name: str, names: Sequence[str]) -> Issue:
    if not names:
        message, fix = f"{node.id} is an input: no wire can lead into it.", "Delete the wire."
    else:
        message, fix = f"{node.id} has no input called {name}.", f"It has {', '.join(names)}."
    return Issue(
        code=IssueCode.DANGLING_EDGE, node=node.id, argument=name or "edges", message=message, fix=fix
    )


def _argument(node: Node, port: PortSpec, wires: Sequence[Edge]) -> Wired:
    paths = [tuple(wire.target_port[1:]) if wire.target_port else () for wire in wires]
    ends = [Tensor(wire.source, wire.source_port) for wire in wires]
    if not any(paths) and not port.many:
        if len(wires) > 1:
            raise Miswired(_too_many(node, port, len(wires)))
        return ends[0]
    if not any(paths):
        return tuple(ends)
    return _nested(node, port, _numbered(paths), ends)


def _too_many(node: Node, port: PortSpec, count: int) -> Issue:
    return Issue(
        code=IssueCode.SHAPE_MISMATCH,
        node=node.id,
        argument=port.name,
        message=f"{node.id} takes one input here, but {count} wires end at it.",
        fix="Join them first with Add or Concatenate.",
    )


def _numbered(paths: Sequence[tuple[str | int, ...]]) -> list[tuple[str | int, ...]]:
    """Wires without a place in the list take the free places, in their order."""
    taken = {path[0] for path in paths if path}
    free = (number for number in range(len(paths) + len(taken) + 1) if number not in taken)
    return [path or (next(free),) for path in paths]


def _nested(
    node: Node, port: PortSpec, paths: Sequence[tuple[str | int, ...]], ends: Sequence[Tensor]
) -> Wired:
    tree: dict[str | int, object] = {}
    for path, end in zip(paths, ends, strict=True):
        here = tree
        for part in path[:-1]:
            below = here.setdefault(part, {})
            if not isinstance(below, dict):
                raise Miswired(_same_place(node, port))
            here = below
        if path[-1] in here:
            raise Miswired(_same_place(node, port))
        here[path[-1]] = end
    return _closed(node, port, tree)


def _closed(node: Node, port: PortSpec, tree: Mapping[str | int, object]) -> Wired:
    parts: dict[str | int, Wired] = {}
    for key, part in tree.items():
        parts[key] = part if isinstance(part, Tensor) else _closed(node, port, part)  # type: ignore[arg-type]
    if all(isinstance(key, str) for key in parts):
        return {str(key): part for key, part in parts.items()}
    if set(parts) != set(range(len(parts))):
        raise Miswired(_gaps(node, port, len(parts)))
    return tuple(parts[number] for number in range(len(parts)))


def _same_place(node: Node, port: PortSpec) -> Issue:
    return Issue(
        code=IssueCode.DANGLING_EDGE,
        node=node.id,
        argument=port.name,
        message=f"Two wires end at the same place of {node.id}.{port.name}.",
        fix="Delete one of them.",
    )


def _gaps(node: Node, port: PortSpec, count: int) -> Issue:
    return Issue(
        code=IssueCode.DANGLING_EDGE,
        node=node.id,
        argument=port.name,
        message=f"The {count} wires into {node.id}.{port.name} must be numbered from 0 without gaps.",
        fix="Wire the missing place, or number the wires anew.",
    )
