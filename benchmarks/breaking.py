"""In which ways does a network break under a person's hands? Each way breaks one thing, and says where."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from builder.design import order
from builder.design.document import Design, Edge, Node


@dataclass(frozen=True)
class Broken:
    """A network with one thing broken in it."""

    design: Design
    places: frozenset[str | None]
    """Where the fault may stand: the broken node, or the consumers that the break reaches; None: the whole network."""
    way: str


def _pick(chance: random.Random, nodes: list[Node]) -> Node | None:
    return chance.choice(nodes) if nodes else None


def _changed(design: Design, node_id: str, **fields: object) -> Design:
    nodes = tuple(node.model_copy(update=fields) if node.id == node_id else node for node in design.nodes)
    return design.model_copy(update={"nodes": nodes})


def _with_params(design: Design, node: Node, **params: object) -> Design:
    return _changed(design, node.id, params=node.params | params)


def _of(design: Design, *types: str) -> list[Node]:
    return [node for node in design.nodes if node.type in types]


def _behind(design: Design, node: Node) -> frozenset[str | None]:
    """The node and all that its output reaches: a wrong shape is told where it first cannot be taken."""
    return frozenset((node.id, *order.downstream(design, node.id)))


def _width(node: Node) -> str:
    """The argument that says how many numbers come out; empty: it has none."""
    return next((name for name in ("filters", "units") if name in node.params), "")


def wrong_units(design: Design, chance: random.Random) -> Broken | None:
    """Another number of units or filters on one branch of a join."""
    joins = _of(design, "Add", "Multiply", "Average", "Maximum", "ops.add")
    feeding = {edge.source for join in joins for edge in design.into(join.id)}
    node = _pick(
        chance,
        [
            node
            for node in design.nodes
            if node.id in feeding and ("filters" in node.params or "units" in node.params)
        ],
    )
    if node is None:
        return None
    name = _width(node)
    made = _with_params(design, node, **{name: int(node.params[name]) + 3})
    return Broken(made, _behind(design, node), "wrong units")


def wrong_size(design: Design, chance: random.Random) -> Broken | None:
    """A branch of a join shrinks: padding valid or a stride."""
    joins = _of(design, "Add", "Multiply", "Average", "Maximum", "Concatenate", "ops.add")
    feeding = {edge.source for join in joins for edge in design.into(join.id)}
    node = _pick(
        chance, [n for n in _of(design, "Conv2D") if n.id in feeding and n.params.get("padding") == "same"]
    )
    if node is None:
        return None
    change = chance.choice(({"padding": "valid"}, {"strides": 2}))
    return Broken(_with_params(design, node, **change), _behind(design, node), "wrong size in a branch")


def no_flatten(design: Design, chance: random.Random) -> Broken | None:
    """What makes rows of an image or sequence is taken out, and a layer behind needs rows."""
    node = _pick(chance, [each for each in design.nodes if each.type.startswith(("Flatten", "Global"))])
    last = design.nodes[-1]
    if node is None or not any(edge.target == last.id for edge in design.out_of(node.id)):
        return None
    before = design.into(node.id)[0].source
    repeat = Node(id="repeat", type="RepeatVector", params={"n": 3}, position=last.position)
    edges = tuple(
        edge.model_copy(update={"source": before, "target": "repeat"}) if edge.source == node.id else edge
        for edge in design.edges
        if edge.target != node.id
    )
    kept = tuple(each for each in design.nodes if each.id != node.id)
    nodes = (*kept, repeat)
    wires = (*edges, Edge(source="repeat", target=last.id))
    return Broken(
        design.model_copy(update={"nodes": nodes, "edges": wires}), frozenset(("repeat",)), "no flatten"
    )


def wrong_rank(design: Design, chance: random.Random) -> Broken | None:
    """A layer for another kind of data is put on a wire."""
    edge = chance.choice(design.edges)
    one = {"filters": 4, "kernel_size": 1}
    others = (
        ("LSTM", {"units": 4}),
        ("Conv2D", one),
        ("Conv1D", one),
        ("MaxPooling3D", {}),
        ("RepeatVector", {"n": 2}),
    )
    kind, params = chance.choice(others)
    node = Node(id="stranger", type=kind, params=params, position=(0.0, 46.0))
    edges = [
        edge.model_copy(update={"source": "stranger"}) if each == edge else each for each in design.edges
    ]
    edges.append(Edge(source=edge.source, source_port=edge.source_port, target="stranger"))
    made = design.model_copy(update={"nodes": (*design.nodes, node), "edges": tuple(edges)})
    return Broken(made, _behind(made, node), "wrong rank") if _is_faulty(made) else None


def window_too_large(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(chance, _of(design, "Conv2D", "MaxPooling2D", "Conv1D", "Conv3D", "MaxPooling3D"))
    if node is None:
        return None
    name = "pool_size" if "Pool" in node.type else "kernel_size"
    made = _with_params(design, node, **{name: 61, "padding": "valid"})
    return Broken(made, frozenset((node.id,)), "window too large")


def removed_wire(design: Design, chance: random.Random) -> Broken | None:
    """A wire is gone that an output needs."""
    edge = chance.choice(design.edges)
    made = design.model_copy(update={"edges": tuple(each for each in design.edges if each != edge)})
    target = design.node(edge.target)
    places = frozenset((edge.target, None)) | (_behind(design, target) if target else frozenset())
    return Broken(made, places, "removed wire") if _is_faulty(made) else None


def no_input(design: Design, chance: random.Random) -> Broken | None:
    first = next(node.id for node in design.nodes if node.type == "InputLayer")
    nodes = tuple(node for node in design.nodes if node.id != first)
    edges = tuple(edge for edge in design.edges if edge.source != first)
    return Broken(
        Design(nodes=nodes, edges=edges), frozenset((None, *(node.id for node in nodes))), "no input"
    )


def dangling(design: Design, chance: random.Random) -> Broken | None:
    edge = Edge(source="nobody", target=chance.choice(design.nodes[1:]).id)
    made = design.model_copy(update={"edges": (*design.edges, edge)})
    return Broken(made, frozenset((edge.target,)), "wire from nowhere")


def no_such_output(design: Design, chance: random.Random) -> Broken | None:
    edge = chance.choice(design.edges)
    wires = tuple(
        each.model_copy(update={"source_port": 3}) if each == edge else each for each in design.edges
    )
    return Broken(design.model_copy(update={"edges": wires}), frozenset((edge.target,)), "no such output")


def circle(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(chance, _of(design, "Add", "Concatenate", "Average", "Maximum", "Multiply"))
    later = sorted(order.downstream(design, node.id)) if node else []
    if node is None or not later:
        return None
    edge = Edge(source=chance.choice(later), target=node.id)
    return Broken(
        design.model_copy(update={"edges": (*design.edges, edge)}), frozenset((node.id, *later)), "circle"
    )


def two_wires(design: Design, chance: random.Random) -> Broken | None:
    """Two wires end at a port that takes one."""
    node = _pick(
        chance,
        [n for n in _of(design, "Dense", "Conv2D", "LSTM", "GRU", "Dropout", "Flatten") if design.into(n.id)],
    )
    if node is None:
        return None
    behind = order.downstream(design, node.id) | {node.id, design.into(node.id)[0].source}
    other = _pick(chance, [each for each in design.nodes if each.id not in behind])
    if other is None:
        return None
    made = design.model_copy(update={"edges": (*design.edges, Edge(source=other.id, target=node.id))})
    return Broken(made, frozenset((node.id,)), "two wires at one port")


def bad_value(design: Design, chance: random.Random) -> Broken | None:
    """An argument of the wrong kind or out of its range."""
    wrong = {
        "units": (0, -8, 2.5, "many", "16"), "filters": (0, -8, 2.5, "many", "16"), "pool_size": (0, -2),
        "kernel_size": (0, "3", [3, 3, 3, 3, 3]), "rate": (1.5, -0.1, "low"), "padding": ("sane", "SAME"),
        "activation": ("rellu", "sofmax", 3), "num_heads": (0,), "n": (0,),
        "return_sequences": ("yes", 1), "output_dim": (0,),
    }  # fmt: skip
    nodes = [node for node in design.nodes if set(node.params) & set(wrong)]
    node = _pick(chance, nodes)
    if node is None:
        return None
    name = chance.choice(sorted(set(node.params) & set(wrong)))
    return Broken(
        _with_params(design, node, **{name: chance.choice(wrong[name])}), frozenset((node.id,)), "wrong value"
    )


def unknown_argument(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(
        chance, [node for node in design.nodes if node.type in ("Dense", "Conv2D", "LSTM", "Dropout")]
    )
    if node is None:
        return None
    name = chance.choice(("activaton", "unit", "frobnicate", "padd"))
    return Broken(_with_params(design, node, **{name: "relu"}), frozenset((node.id,)), "unknown argument")


def missing_value(design: Design, chance: random.Random) -> Broken | None:
    needed = (
        "units",
        "filters",
        "kernel_size",
        "num_heads",
        "key_dim",
        "rate",
        "n",
        "input_dim",
        "target_shape",
    )
    node = _pick(chance, [node for node in design.nodes if set(node.params) & set(needed)])
    if node is None:
        return None
    name = chance.choice(sorted(set(node.params) & set(needed)))
    kept = {key: value for key, value in node.params.items() if key != name}
    return Broken(_changed(design, node.id, params=kept), _behind(design, node), "missing value")


def unknown_type(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(
        chance,
        [
            n
            for n in design.nodes
            if n.type in ("Dense", "Conv2D", "Flatten", "LSTM", "Dropout", "BatchNormalization")
        ],
    )
    if node is None:
        return None
    kind = {"Dense": "Linear", "Conv2D": "Conv2d_", "BatchNormalization": "BatchNorm2d"}.get(
        node.type, node.type.lower() + "s"
    )
    return Broken(_changed(design, node.id, type=kind), frozenset((node.id,)), "unknown type")


def wrong_dtype(design: Design, chance: random.Random) -> Broken | None:
    first = design.nodes[0]
    dtype = chance.choice(("string", "uint8", "int32"))
    made = _with_params(design, first, dtype=dtype)
    return Broken(made, _behind(made, first), "wrong dtype") if _is_faulty(made) else None


def wrong_axis(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(chance, _of(design, "Concatenate", "BatchNormalization", "LayerNormalization"))
    if node is None:
        return None
    made = _with_params(design, node, axis=chance.choice((7, -8)))
    return Broken(made, frozenset((node.id,)), "wrong axis")


def wrong_reshape(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(chance, _of(design, "Reshape"))
    if node is None:
        return None
    return Broken(_with_params(design, node, target_shape=[7, 11]), frozenset((node.id,)), "wrong reshape")


def wrong_groups(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(chance, _of(design, "Conv2D"))
    return (
        None
        if node is None
        else Broken(_with_params(design, node, groups=7), frozenset((node.id,)), "wrong groups")
    )


def too_large(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(
        chance, [node for node in design.nodes if "units" in node.params or "filters" in node.params]
    )
    if node is None:
        return None
    name = "units" if "units" in node.params else "filters"
    many = chance.choice((10**12, 900_000))
    made = _with_params(design, node, **{name: many})
    return Broken(made, _behind(made, node), "too large") if _is_faulty(made) else None


def double(design: Design, chance: random.Random) -> Broken | None:
    one, two = chance.sample(list(design.nodes[1:]), 2) if len(design.nodes) > 3 else (None, None)
    if one is None or two is None:
        return None
    made = design.model_copy(
        update={"nodes": (*design.nodes, Node(id=one.id, type=two.type, params=two.params))}
    )
    return Broken(made, frozenset((one.id,)), "double name") if two.type not in ("Model", "Call") else None


def nested_fault(design: Design, chance: random.Random) -> Broken | None:
    """One of the other ways, inside a nested network."""
    node = _pick(chance, _of(design, "Model"))
    if node is None or node.graph is None:
        return None
    way = chance.choice(
        (wrong_units, bad_value, missing_value, wrong_groups, dangling, wrong_size, window_too_large)
    )
    inside = way(node.graph, chance)
    if inside is None or not _is_faulty(_changed(design, node.id, graph=inside.design)):
        return None
    places = frozenset(f"{node.id}/{place}" for place in inside.places if place)
    return Broken(_changed(design, node.id, graph=inside.design), places, "inside a nested network")


def nested_misfit(design: Design, chance: random.Random) -> Broken | None:
    """What comes into a nested network is not what it was drawn for."""
    node = _pick(chance, _of(design, "Model"))
    if node is None:
        return None
    before = design.node(design.into(node.id)[0].source)
    if before is None:
        return None
    return Broken(
        _with_params(design, before, filters=5), _behind(design, before), "misfit of a nested network"
    )


def shared_misfit(design: Design, chance: random.Random) -> Broken | None:
    """A shared layer is called with another width."""
    node = _pick(chance, _of(design, "Call"))
    holder = design.node(node.of or "") if node else None
    if node is None or holder is None:
        return None
    made = _with_params(design, holder, units=int(holder.params["units"]) + 1)
    return Broken(made, _behind(made, holder), "misfit of a shared layer")


def call_of_nobody(design: Design, chance: random.Random) -> Broken | None:
    node = _pick(chance, _of(design, "Call"))
    return (
        None
        if node is None
        else Broken(_changed(design, node.id, of="nobody"), frozenset((node.id,)), "call of nobody")
    )


def two_faults(design: Design, chance: random.Random) -> Broken | None:
    """Two of the other ways at once."""
    first = chance.choice((bad_value, missing_value, window_too_large))(design, chance)
    second = chance.choice((bad_value, unknown_type, wrong_groups))(first.design, chance) if first else None
    return Broken(second.design, first.places | second.places, "two faults") if first and second else None


def _is_faulty(design: Design) -> bool:
    from builder.issues import has_errors
    from builder.translate.ghost import check

    return has_errors(check(design, _cache()).issues)


def _cache() -> object:
    from builder.translate.outcomes import Cache

    global _KEPT
    _KEPT = _KEPT or Cache()
    return _KEPT


_KEPT: object = None
Way = Callable[[Design, random.Random], Broken | None]
WAYS: tuple[Way, ...] = (
    wrong_units, wrong_size, no_flatten, wrong_rank, window_too_large, removed_wire, no_input, dangling, no_such_output,
    circle, two_wires, bad_value, unknown_argument, missing_value, unknown_type, wrong_dtype, wrong_axis, wrong_reshape,
    wrong_groups, too_large, double, nested_fault, nested_misfit, shared_misfit, call_of_nobody, two_faults,
)  # fmt: skip
