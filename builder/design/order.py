"""In which order are the nodes called, and does the drawing hang together?

Everything here is structural: names, wires and references. What a layer needs is for the catalogue and Keras to say.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator

from builder.design.bypass import passing
from builder.design.document import Design, Node
from builder.issues import Issue, IssueCode, Severity

MAX_NESTING = 12


def in_order(design: Design) -> tuple[Node, ...]:
    """The nodes so that each comes after what feeds it; ties keep the order of the document.

    Nodes on a cycle, and all that hangs on them, are left out. Iterative: 1500 layers in a chain are no problem.
    """
    waiting = _open_inputs(design)
    targets = _targets(design)
    nodes = {node.id: node for node in design.nodes}
    ready = deque(node_id for node_id in nodes if not waiting[node_id])
    ordered: list[Node] = []
    while ready:
        node_id = ready.popleft()
        ordered.append(nodes[node_id])
        for target in targets.get(node_id, ()):
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return tuple(ordered)


def _open_inputs(design: Design) -> dict[str, int]:
    waiting = {node.id: 0 for node in design.nodes}
    for edge in design.edges:
        if edge.source in waiting and edge.target in waiting:
            waiting[edge.target] += 1
    return waiting


def _targets(design: Design) -> dict[str, list[str]]:
    ids = {node.id for node in design.nodes}
    targets: dict[str, list[str]] = {}
    for edge in design.edges:
        if edge.source in ids and edge.target in ids:
            targets.setdefault(edge.source, []).append(edge.target)
    return targets


def downstream(design: Design, node_id: str) -> frozenset[str]:
    """All nodes that can be reached from `node_id` along the wires, without itself (unless it is on a cycle)."""
    return downstream_of(design, [node_id])


def downstream_of(design: Design, starts: Iterable[str]) -> frozenset[str]:
    """All nodes that can be reached from any of `starts`; the starts themselves only if another leads there."""
    return _reached(_targets(design), list(starts))


def _reached(targets: dict[str, list[str]], start: list[str]) -> frozenset[str]:
    seen: set[str] = set()
    todo = list(start)
    while todo:
        for target in targets.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return frozenset(seen)


def cycle(design: Design) -> tuple[str, ...]:
    """The ids along one cycle, in the direction of the wires; empty when there is none."""
    ordered = {node.id for node in in_order(design)}
    left = {node.id for node in design.nodes} - ordered
    if not left:
        return ()
    feeds = {edge.target: edge.source for edge in design.edges if edge.source in left and edge.target in left}
    here = next(node.id for node in design.nodes if node.id in left)
    walked: list[str] = []
    while here not in walked:
        walked.append(here)
        here = feeds[here]
    return tuple(reversed(walked[walked.index(here) :]))


def input_ids(design: Design) -> tuple[str, ...]:
    """Nodes that take the network's inputs: as listed, else the `InputLayer` nodes in order."""
    return tuple(node_id for _, node_id in input_keys(design))


def input_keys(design: Design) -> tuple[tuple[str | None, str], ...]:
    """`(key or None, node id)` of each input, in order."""
    if design.inputs is None:
        return tuple((None, node.id) for node in design.nodes if node.type == "InputLayer")
    if isinstance(design.inputs, dict):
        return tuple((key, port_of(text)[0]) for key, text in design.inputs.items())
    return tuple((None, port_of(text)[0]) for text in design.inputs)


OutputReference = tuple[str | None, str, int]
"""Key or None, node id, port."""


def output_references(design: Design) -> tuple[OutputReference, ...]:
    """`(key or None, node id, port)` of each output; a bypassed node is replaced by what passes through it.

    Left out in the document, these are port 0 of the nodes that an input reaches and that feed nothing.
    """
    passed = passing(design)
    drawn = drawn_outputs(design)
    return tuple((key, *(passed.get(node_id) or (node_id, port))) for key, node_id, port in drawn)


def drawn_outputs(design: Design) -> tuple[OutputReference, ...]:
    """As `output_references`, with bypassed nodes named as if they were called."""
    if design.outputs is None:
        return tuple((None, node_id, 0) for node_id in _loose_ends(design))
    if isinstance(design.outputs, dict):
        return tuple((key, *port_of(text)) for key, text in design.outputs.items())
    return tuple((None, *port_of(text)) for text in design.outputs)


def port_of(text: str) -> tuple[str, int]:
    """Node id and output of a reference such as `"lstm:1"`."""
    node_id, _, port = text.partition(":")
    return node_id, int(port) if port.isascii() and port.isdigit() else 0


def _loose_ends(design: Design) -> Iterator[str]:
    targets = _targets(design)
    starts = list(input_ids(design))
    reached = _reached(targets, starts) | set(starts)
    return (node.id for node in design.nodes if node.id in reached and node.id not in targets)


def lint(design: Design, prefix: str = "", depth: int = 0) -> list[Issue]:
    """Structural faults of the design and of the networks nested in it, each with the node it stands on."""
    issues = [
        *_double_ids(design),
        *_dangling(design),
        *_circles(design),
        *_references(design),
        *_no_input(design),
    ]
    issues = [
        issue.model_copy(update={"node": prefix + issue.node}) if issue.node else issue for issue in issues
    ]
    again = {node.of.partition("/")[0] for node in design.nodes if node.of is not None}
    for node in design.nodes:
        if not node.bypass or node.id in again:
            issues += _nested(node, prefix, depth)
    return issues


def _double_ids(design: Design) -> Iterator[Issue]:
    for node_id, count in Counter(node.id for node in design.nodes).items():
        if count > 1:
            yield Issue(
                code=IssueCode.DUPLICATE_ID,
                node=node_id,
                argument="id",
                message=f"{count} layers are called {node_id}; every name may stand once.",
                fix="Rename one of them.",
            )


def _dangling(design: Design) -> Iterator[Issue]:
    ids = {node.id for node in design.nodes}
    for edge in design.edges:
        for end, other, preposition in ((edge.source, edge.target, "from"), (edge.target, edge.source, "to")):
            if end not in ids:
                yield Issue(
                    code=IssueCode.DANGLING_EDGE,
                    node=other if other in ids else None,
                    argument="edges",
                    message=f"A wire leads {preposition} {end}, but there is no layer of that name.",
                    fix="Delete the wire, or draw the layer.",
                )


def _circles(design: Design) -> Iterator[Issue]:
    circle = cycle(design)
    if circle:
        yield Issue(
            code=IssueCode.CYCLE,
            node=circle[0],
            argument="edges",
            message=f"The wires run in a circle: {' to '.join((*circle, circle[0]))}.",
            fix="Delete one of these wires.",
        )


def _references(design: Design) -> Iterator[Issue]:
    ids = {node.id for node in design.nodes}
    named = [("inputs", node_id) for node_id in (input_ids(design) if design.inputs is not None else ())]
    named += [
        ("outputs", node_id)
        for _, node_id, _ in (output_references(design) if design.outputs is not None else ())
    ]
    for what, node_id in named:
        if node_id not in ids:
            yield Issue(
                code=IssueCode.DANGLING_EDGE,
                argument=what,
                message=f"{what} names {node_id}, but there is no layer of that name.",
                fix=f"Name a layer of the drawing, or leave {what} out.",
            )
    for node in design.nodes:
        if node.of is not None and "/" not in node.of and node.of not in ids:
            yield Issue(
                code=IssueCode.BAD_ARGUMENT,
                node=node.id,
                argument="of",
                message=f"{node.id} calls {node.of} again, but there is no layer of that name.",
                fix="Name a layer of the drawing.",
            )


def _no_input(design: Design) -> Iterator[Issue]:
    if not input_ids(design):
        yield Issue(
            code=IssueCode.NO_INPUT,
            message="The network has no input layer." if design.nodes else "The canvas is empty.",
            fix="Drag an InputLayer here.",
        )


def _nested(node: Node, prefix: str, depth: int) -> list[Issue]:
    path = prefix + node.id
    if node.type == "Call" and node.of is None:
        return [_wants(path, "of", "calls a layer again, but does not say which", "Name the layer in of.")]
    if node.type != "Model":
        return []
    if node.graph is None:
        return [
            _wants(
                path,
                "graph",
                "is a nested network, but nothing is drawn in it",
                "Draw it, or delete the node.",
            )
        ]
    if depth >= MAX_NESTING:
        message = f"{path} is nested more than {MAX_NESTING} networks deep."
        return [Issue(code=IssueCode.TOO_LARGE, node=path, argument="graph", message=message)]
    return lint(node.graph, prefix=f"{path}/", depth=depth + 1)


def _wants(node: str, argument: str, what: str, fix: str) -> Issue:
    return Issue(
        code=IssueCode.MISSING_ARGUMENT,
        severity=Severity.ERROR,
        node=node,
        argument=argument,
        message=f"{node} {what}.",
        fix=fix,
    )
