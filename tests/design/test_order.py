"""Order, circles, loose ends, and what is said about them."""

from builder.design.document import Design, Edge, Node
from builder.design.order import cycle, downstream, in_order, input_ids, lint, output_references
from builder.issues import IssueCode


def drawn(nodes: str, *wires: str, **more: object) -> Design:
    """`drawn("in:InputLayer a b", "in a", "a b")`."""
    parts = [name.partition(":") for name in nodes.split()]
    return Design(
        nodes=tuple(Node(id=name, type=kind or "Dense") for name, _, kind in parts),
        edges=tuple(Edge(source=wire.split()[0], target=wire.split()[1]) for wire in wires),
        **more,
    )


def codes(design: Design) -> list[tuple[str, str | None]]:
    return [(issue.code.value, issue.node) for issue in lint(design)]


def test_each_node_comes_after_what_feeds_it() -> None:
    design = drawn("out b a in:InputLayer", "in a", "a b", "in b", "b out")
    assert [node.id for node in in_order(design)] == ["in", "a", "b", "out"]


def test_a_chain_of_five_thousand_is_ordered_without_recursion() -> None:
    names = ["in:InputLayer", *(f"n{i}" for i in range(5000))]
    wires = ["in n0", *(f"n{i} n{i + 1}" for i in range(4999))]
    design = drawn(" ".join(names), *wires)
    assert len(in_order(design)) == 5001
    assert len(downstream(design, "in")) == 5000


def test_a_circle_is_one_issue_that_names_its_way() -> None:
    design = drawn("in:InputLayer a b c", "in a", "a b", "b c", "c a")
    assert set(cycle(design)) == {"a", "b", "c"}
    issues = lint(design)
    assert [issue.code for issue in issues] == [IssueCode.CYCLE]
    assert (
        "a to b to c to a" in issues[0].message
        or "b to c to a to b" in issues[0].message
        or "c to a to b to c" in issues[0].message
    )


def test_a_circle_next_to_a_tail_is_found() -> None:
    assert set(cycle(drawn("a b tail", "a b", "b a", "b tail"))) == {"a", "b"}


def test_a_dropped_unconnected_node_is_no_output() -> None:
    design = drawn("in:InputLayer a lonely", "in a")
    assert output_references(design) == ((None, "a", 0),)
    assert lint(design) == []


def test_listed_outputs_keep_order_key_and_port() -> None:
    assert output_references(drawn("a b", outputs=("b:1", "a"))) == ((None, "b", 1), (None, "a", 0))
    assert output_references(drawn("a b", outputs={"x": "b:2"})) == (("x", "b", 2),)


def test_inputs_are_the_input_layers_unless_listed() -> None:
    assert input_ids(drawn("a:InputLayer b:InputLayer")) == ("a", "b")
    assert input_ids(drawn("a:InputLayer b:InputLayer", inputs=("b", "a"))) == ("b", "a")


def test_structural_faults_carry_their_code_and_node() -> None:
    assert codes(drawn("a:InputLayer a:InputLayer")) == [("duplicate_id", "a")]
    assert codes(drawn("a:InputLayer", "a ghost")) == [("dangling_edge", "a")]
    assert codes(drawn("a b", "a b")) == [("no_input", None)]
    assert codes(Design()) == [("no_input", None)]
    assert codes(drawn("a:InputLayer", outputs=("ghost",))) == [("dangling_edge", None)]
    assert codes(drawn("a:InputLayer m:Model", "a m")) == [("missing_argument", "m")]
    assert codes(drawn("a:InputLayer c:Call", "a c")) == [("missing_argument", "c")]


def test_a_call_of_nothing_is_a_wrong_argument() -> None:
    design = Design(nodes=(Node(id="a", type="InputLayer"), Node(id="c", type="Call", of="ghost")))
    assert codes(design) == [("bad_argument", "c")]


def test_faults_inside_a_nested_network_carry_its_path() -> None:
    inner = drawn("i:InputLayer x y", "x y", "y x")
    design = Design(nodes=(Node(id="a", type="InputLayer"), Node(id="block", type="Model", graph=inner)))
    assert [code for code, _ in codes(design)] == ["cycle"]
    assert lint(design)[0].node in ("block/x", "block/y")
