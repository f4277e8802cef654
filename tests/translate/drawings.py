"""How are small networks drawn in tests? Chains and joins, in a line each."""

import itertools

from builder.design.document import Design, Edge, Node


def image(shape, node_id="image", **params):
    """An input of this shape, without batch."""
    return Node(id=node_id, type="InputLayer", params={"shape": list(shape), **params})


def node(node_id, kind, **params):
    """A layer with these arguments, or an operation with these call arguments."""
    return Node(id=node_id, type=kind, **{"args" if kind.startswith("ops.") else "params": params})


def again(node_id, of):
    """Another call of the layer `of`."""
    return Node(id=node_id, type="Call", of=of)


def wired(*parts, **fields):
    """A design of nodes and wires; a wire is `(source, target)` or `(source, port, target, target port)`."""
    nodes = tuple(part for part in parts if isinstance(part, Node))
    edges = tuple(_edge(part) for part in parts if not isinstance(part, Node))
    return Design(nodes=nodes, edges=edges, **fields)


def _edge(part):
    if len(part) == 2:
        return Edge(source=part[0], target=part[1])
    source, port, target, path = part
    return Edge(source=source, source_port=port, target=target, target_port=path)


def chain(shape, *layers, **input_params):
    """An input called `image` and layers `(type, params)` one after the other, called l0, l1 …"""
    nodes = [image(shape, **input_params)]
    nodes += [node(f"l{number}", kind, **params) for number, (kind, params) in enumerate(layers)]
    return wired(*nodes, *((one.id, two.id) for one, two in itertools.pairwise(nodes)))


def join(kind, *shapes, **params):
    """Inputs in0, in1 … into one layer or operation called `join`."""
    inputs = [image(shape, f"in{number}") for number, shape in enumerate(shapes)]
    ports = ("x1", "x2") if kind.startswith("ops.") and kind not in ("ops.concatenate", "ops.stack") else None
    wires = [(each.id, 0, "join", (ports[n],) if ports else None) for n, each in enumerate(inputs)]
    return wired(*inputs, node("join", kind, **params), *wires)


def errors(report):
    """The issues that keep the network from being built."""
    return [issue for issue in report.issues if issue.severity == "error"]
