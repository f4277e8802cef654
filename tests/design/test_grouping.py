"""Grouping and ungrouping keep the network: whatever is selected, the same shapes, counts and calls come back."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.design.document import Design, Edge, Node
from builder.design.edits import Group, Ungroup, apply
from builder.errors import EditRefused
from builder.translate.ghost import check
from builder.translate.outcomes import Cache
from builder.translate.plan import plan
from builder.translate.report import CheckReport

CACHE = Cache()


@st.composite
def networks(draw: st.DrawFn) -> Design:
    """Networks of rows of 4 or 6 numbers: layers, joins, an LSTM with states, calls, bypassed layers, in any wiring."""
    nodes = [Node(id="in0", type="InputLayer", params={"shape": [4]})]
    nodes.append(Node(id="in1", type="InputLayer", params={"shape": [4]}))
    edges: list[Edge] = []
    for number in range(draw(st.integers(2, 9))):
        name = f"n{number}"
        kind = draw(st.sampled_from(["Dense", "Add", "Concatenate", "Call", "Model", "ReLU"]))
        before = [node.id for node in nodes]
        source = st.sampled_from(before)
        if kind == "Call":
            shared = [n.id for n in nodes if n.type in ("Dense", "Model")]
            kind, fields = ("Call", {"of": draw(st.sampled_from(shared))}) if shared else ("ReLU", {})
            nodes.append(Node(id=name, type=kind, **fields))
        elif kind == "Model":
            nodes.append(Node(id=name, type="Model", graph=inner()))
        else:
            params = {"units": 4} if kind == "Dense" else {}
            bypass = kind in ("Dense", "ReLU") and draw(st.booleans())
            nodes.append(Node(id=name, type=kind, params=params, bypass=bypass))
        wanted = 2 if kind in ("Add", "Concatenate") else 1
        edges += [Edge(source=draw(source), target=name) for _ in range(wanted)]
    outputs = draw(st.sampled_from([None, None, (nodes[-1].id,), {"end": nodes[-1].id}]))
    return Design(nodes=tuple(nodes), edges=tuple(dict.fromkeys(edges)), outputs=outputs)


def inner() -> Design:
    nodes = (
        Node(id="x", type="InputLayer", params={"shape": [4]}),
        Node(id="n1", type="Dense", params={"units": 4}),
    )
    return Design(name="inner", nodes=nodes, edges=(Edge(source="x", target="n1"),))


def told(report: CheckReport) -> dict[str, tuple[int | None, ...]]:
    """Shapes by `"id:port"` of every node, as the canvas tells them."""
    shapes = {}
    for name, node in report.nodes.items():
        several = isinstance(node.dtype, tuple)
        for port, shape in enumerate(node.shape if several else [node.shape]):
            if shape is not None:
                shapes[f"{name}:{port}"] = shape
    return shapes


def ends(design: Design, report: CheckReport) -> list[object]:
    from builder.design.order import output_references

    return [(key, told(report).get(f"{name}:{port}")) for key, name, port in output_references(design)]


@settings(max_examples=150, deadline=None)
@given(networks(), st.data())
def test_a_group_taken_apart_again_is_the_network_from_before(design: Design, data: st.DataObject) -> None:
    before = check(design, CACHE)
    assume(before.ok and all(node.bypass or node.id in plan(design).needed for node in design.nodes))
    ids = data.draw(st.lists(st.sampled_from([n.id for n in design.nodes]), min_size=1, unique=True))
    try:
        grouped = apply(design, Group(ids=tuple(ids), id="block", shapes=told(before)))
    except EditRefused:
        return
    within = check(grouped, CACHE)
    assert within.ok, within.issues
    assert within.totals.params == before.totals.params
    assert ends(grouped, within) == ends(design, before)
    after = apply(grouped, Ungroup(id="block"))
    again = check(after, CACHE)
    assert again.ok, again.issues
    assert again.totals == before.totals
    assert ends(after, again) == ends(design, before)
    assert {n: r.shape for n, r in again.nodes.items()} == {n: r.shape for n, r in before.nodes.items()}
    assert {n.id: n for n in after.nodes} == {n.id: n for n in design.nodes}
    assert set(after.edges) == set(design.edges)
