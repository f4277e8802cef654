"""Whatever a person does in whatever order, the drawing stays whole, and undo brings back the very same document."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.design.changes.sharing import at
from builder.design.document import Design, Edge, Node
from builder.design.edits import (
    AddNode,
    Connect,
    Disconnect,
    Edit,
    Group,
    InsertOnEdge,
    MoveNodes,
    OwnCopy,
    Paste,
    RemoveNodes,
    RenameNode,
    Repeat,
    Retype,
    SetArgs,
    SetBypass,
    SetName,
    SetParams,
    SetUi,
    Ungroup,
    Within,
    apply,
)
from builder.design.order import in_order, lint
from builder.design.read import read_design
from builder.errors import EditRefused
from builder.issues import IssueCode

NAMES = st.sampled_from(["a", "b", "c", "d", "e", "f"])
PORTS = st.sampled_from([None, ("value",), ("inputs", 0), ("inputs", 1), ("inputs", 2)])
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 500), st.text(max_size=5), st.lists(st.integers(), max_size=3)
)
PARAMS = st.dictionaries(st.sampled_from(["units", "rate", "shape"]), VALUES, max_size=2)
PLACES = st.tuples(st.integers(-500, 500).map(float), st.integers(-500, 500).map(float))
NODES = st.builds(
    Node, id=NAMES, type=st.sampled_from(["InputLayer", "Dense", "Add"]), params=PARAMS, position=PLACES
)
EDGES = st.builds(Edge, source=NAMES, target=NAMES, source_port=st.integers(0, 1), target_port=PORTS)
CALLS = st.builds(Node, id=NAMES, type=st.just("Call"), of=st.sampled_from(["a", "b", "c", "a/b", "b/c"]))
IDS = st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
SHAPES = {f"{name}:{port}": (4,) for name in "abcdef" for port in (0, 1)}
FLAT = st.one_of(
    st.builds(AddNode, node=NODES | CALLS),
    st.builds(Connect, edge=EDGES, replace=st.booleans()),
    st.builds(Connect, edge=EDGES),
    st.builds(Disconnect, edge=EDGES),
    st.builds(
        RemoveNodes,
        ids=st.lists(NAMES, min_size=1, max_size=2, unique=True).map(tuple),
        reconnect=st.booleans(),
    ),
    st.builds(MoveNodes, positions=st.dictionaries(NAMES, PLACES, max_size=2)),
    st.builds(SetParams, id=NAMES, params=PARAMS, reset=st.lists(st.just("units"), max_size=1).map(tuple)),
    st.builds(SetArgs, id=NAMES, args=PARAMS),
    st.builds(RenameNode, id=NAMES, to=NAMES),
    st.builds(InsertOnEdge, edge=EDGES, node=NODES),
    st.builds(
        Paste,
        nodes=st.lists(NODES, max_size=3, unique_by=lambda n: n.id).map(tuple),
        edges=st.lists(EDGES, max_size=3).map(tuple),
    ),
    st.builds(SetName, name=st.text(max_size=8)),
    st.builds(Group, ids=IDS, id=NAMES, shapes=st.just(SHAPES)),
    st.builds(Ungroup, id=NAMES),
    st.builds(Repeat, ids=IDS, times=st.just(2)),
    st.builds(OwnCopy, id=NAMES),
    st.builds(Retype, id=NAMES, type=st.just("ReLU")),
    st.builds(SetBypass, ids=IDS, bypass=st.booleans()),
    st.builds(SetUi, id=st.none() | NAMES, ui=PARAMS),
)
EDITS = FLAT | st.builds(Within, path=st.lists(NAMES, min_size=1, max_size=2).map(tuple), edit=FLAT)
BROKEN = {IssueCode.DUPLICATE_ID, IssueCode.DANGLING_EDGE, IssueCode.CYCLE}


def walked(design: Design, edits: list[Edit]) -> list[Design]:
    """Every design on the way; refused edits leave the last one standing."""
    history = [design]
    for edit in edits:
        try:
            history.append(apply(history[-1], edit))
        except EditRefused:
            continue
    return history


@settings(max_examples=300, deadline=None)
@given(st.lists(EDITS, max_size=40))
def test_any_sequence_of_edits_keeps_the_design_whole(edits: list[Edit]) -> None:
    for design in walked(Design(), edits):
        assert not [issue for issue in lint(design) if issue.code in BROKEN]
        assert len(in_order(design)) == len(design.nodes)
        for node in design.nodes:
            numbers = [
                edge.target_port[-1]
                for edge in design.into(node.id)
                if edge.target_port and edge.target_port[0] == "inputs"
            ]
            assert len(design.nodes) == len({n.id for n in design.nodes})
            assert len(set(design.into(node.id))) == len(design.into(node.id)), "no wire stands twice"
            assert all(isinstance(number, int) for number in numbers)


def lost_calls(design: Design) -> set[str]:
    """Calls of a layer that is not drawn."""
    return {node.id for node in design.nodes if node.of is not None and at(design, node.of) is None}


@settings(max_examples=300, deadline=None)
@given(st.lists(EDITS, max_size=30))
def test_no_edit_leaves_a_call_without_the_layer_that_it_had(edits: list[Edit]) -> None:
    history = walked(Design(), edits)
    for before, after in itertools.pairwise(history):
        fresh = {node.id for node in after.nodes} - {node.id for node in before.nodes}
        assert lost_calls(after) - fresh <= lost_calls(before)


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=40))
def test_undo_returns_the_exact_document(edits: list[Edit]) -> None:
    frozen: list[tuple[Design, str]] = []
    design = Design()
    for edit in edits:
        frozen.append((design, design.model_dump_json()))
        try:
            design = apply(design, edit)
        except EditRefused:
            continue
    for before, text in reversed(frozen):
        assert before.model_dump_json() == text


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITS, max_size=40))
def test_a_saved_design_reads_back_equal(edits: list[Edit]) -> None:
    design = walked(Design(), edits)[-1]
    assert read_design(design.model_dump_json()) == design


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITS, max_size=30), st.lists(NAMES, min_size=1, max_size=3, unique=True))
def test_removing_an_input_of_a_list_leaves_no_gap(edits: list[Edit], gone: list[str]) -> None:
    design = walked(Design(), edits)[-1]
    design = walked(design, [RemoveNodes(ids=(name,)) for name in gone])[-1]
    touched = {edge.target for edge in design.edges}
    for name in touched & set(gone):
        raise AssertionError(f"{name} is gone, yet a wire leads to it")
