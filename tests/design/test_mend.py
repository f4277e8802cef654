"""Two layers of one name are told apart, and nothing else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from builder.design.document import Design, Edge, Node
from builder.design.mend import told_apart
from builder.design.order import lint
from builder.issues import IssueCode

NODES = st.lists(st.builds(Node, id=st.sampled_from(["a", "a_1", "b"]), type=st.just("Dense")), max_size=8)


@given(NODES)
def test_afterwards_every_name_stands_once_and_no_layer_is_lost(nodes: list[Node]) -> None:
    design, renamed = told_apart(Design(nodes=tuple(nodes)))
    assert len(design.nodes) == len(nodes)
    assert not [issue for issue in lint(design) if issue.code is IssueCode.DUPLICATE_ID]
    assert len(renamed) == len(nodes) - len({node.id for node in nodes})


def test_the_first_keeps_its_name_and_wires() -> None:
    nodes = (Node(id="in", type="InputLayer"), Node(id="a", type="Dense"), Node(id="a", type="Add"))
    design, renamed = told_apart(Design(nodes=nodes, edges=(Edge(source="in", target="a"),)))
    assert [(node.id, node.type) for node in design.nodes] == [
        ("in", "InputLayer"),
        ("a", "Dense"),
        ("a_1", "Add"),
    ]
    assert renamed == {"a_1": "a"}
    assert design.edges == (Edge(source="in", target="a"),)
