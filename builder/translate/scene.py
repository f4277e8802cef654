"""What stands around a fault? The graph that it is in, what comes in, and all that is known of shapes there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

from builder.catalog import lookup
from builder.catalog.spec import LayerSpec, PortSpec
from builder.design.document import Design, Edge, Node
from builder.issues import Issue
from builder.project.document import Project
from builder.translate.report import CheckReport, Shape

RECURRENT = frozenset(
    ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
)
KEEPS_SHAPE = frozenset(
    ("regularization", "activation", "normalization"),
)
"""Categories of layers that put out the shape that came in."""
MOST_STEPS = 40
"""How far up a chain is looked at: a repair further away would surprise."""


@dataclass(frozen=True)
class Arriving:
    """One tensor that comes in, with the wire it comes along."""

    edge: Edge
    shape: Shape | None
    """Of one row, without batch; None: not known."""
    dtype: str

    @property
    def count(self) -> int | None:
        """How many numbers one row has, where every length is known."""
        if self.shape is None or None in self.shape:
            return None
        return prod(length for length in self.shape if length is not None)


@dataclass(frozen=True)
class Scene:
    """One fault with everything that a repair may look at. Nodes are named as in `graph`."""

    issue: Issue
    whole: Design
    path: tuple[str, ...]
    """Ids of the nested networks around the node, outermost first."""
    graph: Design
    """The network that the node stands in."""
    report: CheckReport
    project: Project | None = None
    """Given where the fault is that network and data do not fit."""

    @property
    def prefix(self) -> str:
        """What stands before the ids of `graph` in full paths."""
        return "".join(f"{part}/" for part in self.path)

    @cached_property
    def node(self) -> Node | None:
        """The faulty node; None: the fault is of the whole network."""
        return self.graph.node(self.issue.node.rpartition("/")[2]) if self.issue.node else None

    @cached_property
    def holder(self) -> Node | None:
        """The node that holds what is called: another one for a `Call`."""
        here, seen = self.node, set[str]()
        while here is not None and here.type == "Call" and here.of and here.id not in seen:
            seen.add(here.id)
            here = self.graph.node(here.of)
        return here

    @cached_property
    def spec(self) -> LayerSpec | None:
        """What the catalogue says of the faulty layer."""
        return lookup.layer(self.holder.type) if self.holder else None

    @cached_property
    def type(self) -> str:
        """Type of the faulty layer, as the catalogue calls it."""
        return self.spec.type if self.spec else self.holder.type if self.holder else ""

    @cached_property
    def incoming(self) -> tuple[Arriving, ...]:
        """What comes in, in the order of the ports."""
        return self.into(self.node.id) if self.node else ()

    def into(self, node_id: str) -> tuple[Arriving, ...]:
        """What comes into a node, in the order of the ports."""
        spec = self.spec_of(node_id)
        ports = [port.name for port in spec.inputs] if spec else []
        wires = sorted(self.graph.into(node_id), key=lambda edge: _place(edge, ports))
        return tuple(self.arriving(edge) for edge in wires)

    def arriving(self, edge: Edge) -> Arriving:
        """What comes along a wire."""
        return Arriving(
            edge, self.shape(edge.source, edge.source_port), self.dtype(edge.source, edge.source_port)
        )

    def spec_of(self, node_id: str) -> LayerSpec | None:
        """What the catalogue says of a node's type."""
        node = self.graph.node(node_id)
        return lookup.layer(node.type) if node else None

    def shape(self, node_id: str, port: int = 0) -> Shape | None:
        """Shape of one output without batch, or None."""
        found = self.report.nodes.get(self.prefix + node_id)
        if found is None or found.shape is None:
            return None
        several = [shape for shape in found.shape if isinstance(shape, tuple)]
        if several:
            return several[port] if port < len(several) else None
        return tuple(length for length in found.shape if not isinstance(length, tuple))

    def dtype(self, node_id: str, port: int = 0) -> str:
        """Dtype of one output; float32 where it is not known."""
        found = self.report.nodes.get(self.prefix + node_id)
        dtype = found.dtype if found else None
        if isinstance(dtype, tuple):
            return dtype[port] if port < len(dtype) else "float32"
        return dtype or "float32"

    def port(self, edge: Edge) -> PortSpec | None:
        """The port that a wire ends at."""
        spec = self.spec_of(edge.target)
        if spec is None or not spec.inputs:
            return None
        name = edge.target_port[0] if edge.target_port else spec.inputs[0].name
        return next((port for port in spec.inputs if port.name == name), None)

    def upwards(self, node_id: str) -> Iterator[Node]:
        """The node and, one after the other, those that feed it first, nearest first."""
        seen: set[str] = set()
        node = self.graph.node(node_id)
        while node is not None and node.id not in seen and len(seen) < MOST_STEPS:
            yield node
            seen.add(node.id)
            wires = self.graph.into(node.id)
            node = self.graph.node(wires[0].source) if wires else None

    def sets_width(self, node_id: str) -> tuple[Node, str] | None:
        """The layer that sets the last length of what this node puts out, and the name of its argument."""
        for node in self.upwards(node_id):
            name = width_argument(node)
            if name:
                return node, name
            spec = lookup.layer(node.type)
            if spec is None or (spec.category not in KEEPS_SHAPE and not _keeps_width(spec.type)):
                return None
        return None

    def at(self, node_id: str) -> "Scene":
        """The same scene, seen from another node."""
        return replace(self, issue=self.issue.model_copy(update={"node": self.prefix + node_id}))


def scene(issue: Issue, design: Design, report: CheckReport, project: Project | None = None) -> Scene | None:
    """The scene of an issue; None when its node cannot be found."""
    path = tuple(issue.node.split("/")[:-1]) if issue.node else ()
    graph = nested(design, path)
    return None if graph is None else Scene(issue, design, path, graph, report, project)


def nested(design: Design, path: tuple[str, ...]) -> Design | None:
    """The network at a path of nested ones."""
    here: Design | None = design
    for part in path:
        node = here.node(part) if here else None
        here = node.graph if node else None
    return here


def width_argument(node: Node) -> str | None:
    """The argument of a layer that says how long the last axis of its output is."""
    spec = lookup.layer(node.type)
    names = {param.name for param in spec.params} if spec else set()
    return next((name for name in ("units", "filters", "output_dim") if name in names), None)


def _keeps_width(kind: str) -> bool:
    return "Pooling" in kind or kind.startswith(
        ("ZeroPadding", "Cropping", "UpSampling", "Identity", "Rescaling")
    )


def _place(edge: Edge, ports: list[str]) -> tuple[int, int]:
    path = edge.target_port or ()
    port = ports.index(str(path[0])) if path and path[0] in ports else 0
    index = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    return port, index
