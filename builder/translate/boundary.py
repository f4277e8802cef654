"""What goes into and comes out of a network? Its inputs and outputs, and the wires that end at a nested one."""

from collections.abc import Sequence

from builder.catalog.spec import PortSpec
from builder.design import order
from builder.design.document import Design, Edge, Node
from builder.issues import Issue, IssueCode, Severity
from builder.translate import judge, wiring
from builder.translate.wiring import Miswired, Wired

Inputs = Sequence[tuple[str | None, str]]
Outputs = Sequence[tuple[str | None, str, int]]


def model_arguments(node: Node, inputs: Inputs, wires: Sequence[Edge]) -> dict[str, Wired]:
    """The tensors that go into a nested network: one, a list, or a dict by key.

    Raises:
        Miswired: As `wiring.arguments`, or their number or keys are not those of the nested network.
    """
    _refuse_open(node, inputs, wires)
    port = PortSpec(name="inputs", many=len(inputs) > 1 or _has_keys(inputs))
    wired = wiring.arguments(node, [port] if inputs else [], wires)
    if "inputs" not in wired:
        return wired
    given = wired["inputs"]
    if _has_keys(inputs) and isinstance(given, tuple) and len(given) == len(inputs):
        given = {str(key): part for (key, _), part in zip(inputs, given, strict=True)}
    if not _fits(given, inputs):
        raise Miswired(_wrong_inputs(node, inputs, sum(1 for _ in wiring.tensors(given))))
    return {"inputs": given}


def _refuse_open(node: Node, inputs: Inputs, wires: Sequence[Edge]) -> None:
    """Where every wire tells its place, the first place without one is named."""
    places = [wire.target_port[1] for wire in wires if wire.target_port and len(wire.target_port) > 1]
    if len(inputs) < 2 or not wires or len(places) < len(wires):
        return
    for number, (key, node_id) in enumerate(inputs):
        if (number if key is None else key) not in places:
            raise Miswired(judge.unwired(node, key or node_id, is_bare=False, is_needed=True))


def _has_keys(inputs: Inputs) -> bool:
    return any(key is not None for key, _ in inputs)


def _fits(given: Wired, inputs: Inputs) -> bool:
    if _has_keys(inputs):
        return isinstance(given, dict) and set(given) == {key for key, _ in inputs}
    return len(inputs) == (1 if isinstance(given, wiring.Tensor) else len(given))


def _wrong_inputs(node: Node, inputs: Inputs, found: int) -> Issue:
    names = ", ".join(key or node_id for key, node_id in inputs)
    return Issue(
        code=IssueCode.SHAPE_MISMATCH,
        node=node.id,
        argument="inputs",
        message=f"{node.id} takes {len(inputs)} inputs ({names}); {found} {'is' if found == 1 else 'are'} wired.",
        fix="Wire each of them once.",
    )


def issues_of(
    design: Design, inputs: Inputs, outputs: Outputs, needed: frozenset[str], prefix: str
) -> list[Issue]:
    """What is wrong with the inputs and outputs of a network."""
    return [judge.placed(issue, prefix) for issue in _issues(design, inputs, outputs, needed)]


def _issues(design: Design, inputs: Inputs, outputs: Outputs, needed: frozenset[str]) -> list[Issue]:
    nodes = {node.id: node for node in design.nodes}
    named = {node_id for _, node_id in inputs}
    fed = {edge.source for edge in design.edges} | {
        node_id for _, node_id, _ in outputs if design.outputs is not None
    }
    issues = [
        _not_an_input(nodes[node_id])
        for node_id in named
        if node_id in nodes and nodes[node_id].type != "InputLayer"
    ]
    for node in design.nodes:
        if node.type == "InputLayer" and node.id in needed and node.id not in named:
            issues.append(_unlisted(node))
        if node.type == "InputLayer" and node.id not in fed and len(design.nodes) > 1:
            issues.append(_idle(node))
    if inputs and not outputs and not order.cycle(design):
        issues.append(_no_output())
    return issues


def _not_an_input(node: Node) -> Issue:
    message = f"inputs names {node.id}, which is a {node.type}; a network begins with InputLayer."
    return judge.bad(node, "inputs", message, f"Put an InputLayer before {node.id} and name that.")


def _unlisted(node: Node) -> Issue:
    return judge.bad(
        node, "inputs", f"{node.id} leads to an output, but inputs does not list it.", "Add it to inputs."
    )


def _idle(node: Node) -> Issue:
    message = f"{node.id} is not connected yet."
    fix = f"Drag a wire from {node.id}."
    return Issue(code=IssueCode.BLOCKED, severity=Severity.INFO, node=node.id, message=message, fix=fix)


def _no_output() -> Issue:
    return Issue(
        code=IssueCode.NO_INPUT,
        message="No layer can be reached from an input, so nothing comes out.",
        fix="Drag a wire from the input to the first layer.",
    )
