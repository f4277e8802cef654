"""In which order is what called, with which tensors? The one plan that ghosts, models and printed code are read from.

Pure: no Keras. Structure, names, ports and plain arguments are settled here; shapes are Keras' business.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from builder.catalog.spec import LayerSpec
from builder.design import order
from builder.design.bypass import passing
from builder.design.called import as_called
from builder.design.document import Design, Edge, Node
from builder.errors import Faulty
from builder.issues import Issue, Severity, has_errors
from builder.translate import boundary, inside, judge, wiring
from builder.translate.wiring import Miswired, Tensor, Wired


class Kind(StrEnum):
    """What a step calls."""

    INPUT = "input"
    LAYER = "layer"
    OPERATION = "operation"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Step:
    """One call: what is called, with which tensors."""

    node: Node
    """The call as drawn."""
    kind: Kind
    holder: Node
    """The node that holds what is called: itself, or for a `Call` the node that is called again."""
    layer: str
    """Path of the holder within this plan's design; calls with one `layer` share its weights."""
    spec: LayerSpec | None
    """What the catalogue says about it; None for a nested network."""
    arguments: dict[str, Wired]
    graph: "Plan | None" = None
    """The plan of the nested network."""

    @property
    def id(self) -> str:
        """The id of the call."""
        return self.node.id

    @property
    def is_again(self) -> bool:
        """Whether this is another call of something drawn elsewhere."""
        return self.node.type == "Call"

    @property
    def tensors(self) -> tuple[wiring.Tensor, ...]:
        """All incoming tensors, flattened."""
        return tuple(tensor for wired in self.arguments.values() for tensor in wiring.tensors(wired))


@dataclass(frozen=True, slots=True)
class Plan:
    """A design as ordered calls. Steps exist only for what is sound; the others are in `issues`."""

    name: str
    steps: tuple[Step, ...]
    inputs: tuple[tuple[str | None, str], ...]
    """`(key or None, node id)` of each input."""
    outputs: tuple[tuple[str | None, str, int], ...]
    """`(key or None, node id, port)` of each output."""
    needed: frozenset[str]
    """Ids of all nodes that lead to an output: the network that is trained. The rest is only drawn."""
    sources: dict[str, tuple[str, ...]]
    """For every drawn node the nodes that feed it, sound or not."""
    passed: dict[str, Tensor | None]
    """For every bypassed node, which has no step, what passes through it; None: nothing comes in."""
    graphs: "dict[str, Plan]"
    """The plans of the nested networks, by the path of the node that holds them, called or not."""
    issues: tuple[Issue, ...]
    """Everything that is wrong, with paths as seen from the outermost design."""

    def step(self, node_id: str) -> Step | None:
        """The step of that id, or None."""
        return next((step for step in self.steps if step.id == node_id), None)


def plan(design: Design) -> Plan:
    """The plan of a design, with its issues; never raises for a bad drawing."""
    structural = order.lint(design)
    planned = _plan(design, "", 0)
    broken = {issue.node for issue in structural if issue.node}
    others = [issue for issue in planned.issues if issue.node not in broken]
    return replace(planned, issues=tuple(dict.fromkeys((*structural, *others))))


def sound_plan(design: Design) -> Plan:
    """The plan of a design without faults of structure or arguments.

    Raises:
        Faulty: There are some.
    """
    planned = plan(design)
    if has_errors(planned.issues):
        raise Faulty([issue for issue in planned.issues if issue.severity is Severity.ERROR])
    return planned


@dataclass(slots=True)
class _Maker:
    """What is known while one graph is being planned."""

    design: Design
    prefix: str
    depth: int
    nodes: dict[str, Node]
    wires: dict[str, list[Edge]]
    graphs: dict[str, Plan]
    needed: frozenset[str]
    passed: dict[str, Tensor | None]
    issues: list[Issue]


def _plan(design: Design, prefix: str, depth: int) -> Plan:
    called = as_called(design)
    passed = {node_id: Tensor(*end) if end else None for node_id, end in passing(design).items()}
    wires: dict[str, list[Edge]] = {}
    for edge in called.edges:
        wires.setdefault(edge.target, []).append(edge)
    sources = {node.id: tuple(edge.source for edge in wires.get(node.id, ())) for node in design.nodes}
    sources |= {node_id: (end.node,) if end else () for node_id, end in passed.items()}
    outputs = order.output_references(design)
    needed = _leading_to([node_id for _, node_id, _ in outputs], sources)
    nodes = {node.id: node for node in design.nodes}
    maker = _Maker(design, prefix, depth, nodes, wires, {}, needed, passed, [])
    steps = tuple(step for node in order.in_order(called) if (step := _step_or_issues(maker, node)))
    inputs = _inputs(design)
    maker.issues += boundary.issues_of(design, inputs, outputs, needed, prefix)
    return Plan(
        design.name, steps, inputs, outputs, needed, sources, passed, maker.graphs, tuple(maker.issues)
    )


def _inputs(design: Design) -> tuple[tuple[str | None, str], ...]:
    ids = order.input_ids(design)
    keys: Iterable[str | None] = design.inputs if isinstance(design.inputs, dict) else [None] * len(ids)
    return tuple(zip(keys, ids, strict=True))


def _leading_to(ends: Iterable[str], sources: dict[str, tuple[str, ...]]) -> frozenset[str]:
    seen: set[str] = set()
    todo = list(ends)
    while todo:
        node_id = todo.pop()
        if node_id not in seen:
            seen.add(node_id)
            todo.extend(sources.get(node_id, ()))
    return frozenset(seen)


def _step_or_issues(maker: _Maker, node: Node) -> Step | None:
    """The step of a node; None when an issue (kept in the maker) stands in its way."""
    try:
        step, issues = _step(maker, node)
    except Miswired as fault:
        step, issues = None, [fault.issue]
    maker.issues += [judge.placed(issue, maker.prefix) for issue in issues]
    return None if step is None or has_errors(issues) else step


def _step(maker: _Maker, node: Node) -> tuple[Step | None, list[Issue]]:
    path, holder = _holder(maker, node)
    wires = maker.wires.get(node.id, [])
    _refuse_later_output(maker, node, wires)
    if holder.type == "Model":
        graph = _graph(maker, path, holder)
        if graph is None:
            return None, []  # said by order.lint
        wired = boundary.model_arguments(node, graph.inputs, wires)
        return _unless_open(maker, Step(node, Kind.MODEL, holder, path, None, wired, graph), ())
    spec, issues = judge.spec_of(holder, node)
    if holder is node and not issues:
        issues = list(inside.issues(node, plan))
    if spec is None:
        return None, issues
    wired = wiring.arguments(node, spec.inputs, wires)
    step = Step(node, _kind(holder), holder, path, spec, wired)
    sound, open_ports = _unless_open(
        maker, step, tuple(port.name for port in spec.inputs if not port.optional)
    )
    return sound, [*issues, *open_ports]


def _refuse_later_output(maker: _Maker, node: Node, wires: Iterable[Edge]) -> None:
    """Only one tensor passes through a bypassed layer; it has no second output."""
    for edge in wires:
        if edge.source in maker.passed:
            raise Miswired(judge.bypassed_output(node, edge))


def _kind(holder: Node) -> Kind:
    if holder.type == "InputLayer":
        return Kind.INPUT
    return Kind.OPERATION if holder.type.startswith("ops.") else Kind.LAYER


def _unless_open(maker: _Maker, step: Step, wanted: tuple[str, ...]) -> tuple[Step | None, list[Issue]]:
    names = wanted if step.graph is None else tuple(["inputs"] if step.graph.inputs else [])
    missing = [name for name in names if name not in step.arguments and name not in step.node.args]
    if not missing:
        return step, []
    is_bare = not maker.wires.get(step.id)
    return None, [judge.unwired(step.node, missing[0], is_bare, step.id in maker.needed)]


def _holder(maker: _Maker, node: Node) -> tuple[str, Node]:
    """Path and node of what is called, following `Call` to the drawn layer."""
    path, here, trail = node.id, node, [node.id]
    while here.type == "Call":
        path = here.of or ""
        found = _at(maker.design, path)
        if found is None or path in trail or found.type == "InputLayer":
            raise Miswired(judge.bad_call(node, path, found))
        trail.append(path)
        here = found
    return path, here


def _at(design: Design, path: str) -> Node | None:
    """The node at a path such as `block1/conv`."""
    *outer, last = path.split("/")
    here: Design | None = design
    for part in outer:
        node = here.node(part) if here else None
        here = node.graph if node else None
    return here.node(last) if here else None


def _graph(maker: _Maker, path: str, holder: Node) -> Plan | None:
    """The plan of a nested network, made once for all its calls; its issues are told once."""
    if path not in maker.graphs and holder.graph is not None and maker.depth < order.MAX_NESTING:
        nested = _plan(holder.graph, f"{maker.prefix}{path}/", maker.depth + 1)
        maker.graphs[path] = nested
        maker.issues += nested.issues
    return maker.graphs.get(path)
