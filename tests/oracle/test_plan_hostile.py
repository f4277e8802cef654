"""Does anything that can be written down as a design make a check raise, hang, or speak in Keras' words?"""

import itertools
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.catalog.lookup import catalog
from builder.design.document import Design, Edge, Node
from builder.errors import Faulty
from builder.translate import faults
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from builder.translate.python_code import design_code

pytestmark = pytest.mark.oracle
KERAS_OWN = re.compile(r"ValueError|TypeError|KerasTensor|Received|Traceback|\(None|\n|object at|Exception")
SHAPES = ([], [6], [8, 6], [8, 8, 3], [4, 8, 8, 3], [3, 4, 4, 4, 2], [None], [None, 6], [None, None, 3])
SPECS = [spec for spec in catalog().layers if spec.type != "InputLayer"]


def drawn(spec, shape, dtype="float32", params=None, args=None):
    """The layer `x` with its starting arguments, unless others are given, behind as many inputs as it must have."""
    count = sum(2 if port.many else 1 for port in spec.inputs if not port.optional)
    inputs = [
        Node(id=f"in{n}", type="InputLayer", params={"shape": shape, "dtype": dtype}) for n in range(count)
    ]
    starting = {param.name: param.start for param in spec.params if param.start is not None}
    given_args = {param.name: param.start for param in spec.args if param.start is not None}
    node = Node(
        id="x", type=spec.type, params=starting if params is None else params, args=args or given_args
    )
    ports = [port.name for port in spec.inputs if not port.optional for _ in range(2 if port.many else 1)]
    paths = [(port,) if len(set(ports)) > 1 else None for port in ports]
    edges = tuple(Edge(source=f"in{n}", target="x", target_port=path) for n, path in enumerate(paths))
    return Design(nodes=(*inputs, node), edges=edges)


@pytest.fixture
def stumbles(monkeypatch):
    """Faults over which a rule stumbled."""
    seen, plain = [], faults.explained

    def watched(fault):
        try:
            return plain(fault)
        except Exception as error:
            seen.append((fault, error))
            raise

    monkeypatch.setattr(faults, "explained", watched)
    return seen


@pytest.mark.parametrize("dtype", ["float32", "int32", "string"])
def test_every_layer_on_every_kind_of_input_has_at_most_one_fault_in_plain_words(dtype, stumbles):
    for spec, shape in itertools.product(SPECS, SHAPES):
        report = check(drawn(spec, shape, dtype), has_data=True)
        errors = [issue for issue in report.issues if issue.severity == "error"]
        assert len(errors) <= 1, (spec.type, shape)
        assert (report.nodes["x"].shape is None) == bool(errors), (spec.type, shape)
        assert not [issue for issue in errors if KERAS_OWN.search(issue.message)], errors
    assert stumbles == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NUMBERS = [0, 1, 2, 3, 7, -1, 0.5, 10**9, True, None, [0], [1, 2], [2, 2], [[1, 1], [1, 1]]]
WORDS = ["same", "valid", "causal", "relu", "channels_first", "float16", "mixed_float16", "ab,bc->ac"]
OBJECTS = [{"type": "Dense"}, {"type": "L2"}, {"type": "LSTM", "params": {"units": 2}}]
LIKELY = st.sampled_from([*NUMBERS, *WORDS, *OBJECTS])


@st.composite
def odd_designs(draw):
    spec = draw(st.sampled_from(SPECS))
    names = [param.name for param in spec.params] + ["trainable", "dtype", "name", "no_such"]
    params = {}
    for param in spec.params:
        if param.required or draw(st.integers(0, 3)) == 0:
            params[param.name] = draw(
                st.just(param.start if param.start is not None else param.default) | LIKELY
            )
    if draw(st.integers(0, 4)) == 0:
        params[draw(st.sampled_from(names))] = draw(JSON)
    return drawn(spec, draw(st.sampled_from(SHAPES)), params=params)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(odd_designs())
def test_no_argument_makes_a_check_raise_or_speak_in_tongues(design):
    report = check(design)
    errors = [issue for issue in report.issues if issue.severity == "error"]
    assert report.ok == (not errors)
    assert (report.nodes["x"].shape is None) == bool(errors) or all(
        issue.code == "too_large" for issue in errors
    )
    for issue in errors:
        assert issue.node == "x"
        assert not KERAS_OWN.search(issue.message), issue.message


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(odd_designs())
def test_what_passes_the_check_is_built_and_printed(design):
    if check(design).ok and check(design).totals.params < 1e6:
        model, scope = build_model(design), {}
        exec(design_code(design), scope)
        assert scope["model"].count_params() == model.count_params()


IDS = st.sampled_from(["a", "b", "c", "in", "ghost", "a/b"])


KINDS = st.sampled_from(["InputLayer", "Dense", "Add", "Call", "Model", "ops.add", "LSTM", "X"])
PATHS = st.none() | st.lists(st.just("inputs") | st.integers(0, 2), max_size=3)
PARTS = st.lists(st.tuples(IDS, KINDS, IDS), max_size=6)
WIRES = st.lists(st.tuples(IDS, IDS, st.integers(0, 2), PATHS), max_size=8)
PARAMS = {"InputLayer": {"shape": [3, 2]}, "Dense": {"units": 2}, "LSTM": {"units": 2, "return_state": True}}
INNER = Design(nodes=(Node(id="in", type="InputLayer", params={"shape": [3, 2]}), Node(id="a", type="ReLU")))


def part(name, kind, of):
    node = Node(id=name, type=kind, params=PARAMS.get(kind, {}))
    return node.model_copy(update={"Call": {"of": of}, "Model": {"graph": INNER}}.get(kind, {}))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(PARTS, WIRES, st.none() | st.lists(IDS, max_size=2))
def test_no_wiring_makes_a_check_raise(parts, wires, outputs):
    nodes = tuple(part(*each) for each in parts if "/" not in each[0])
    edges = tuple(
        Edge(source=one, target=two, source_port=port, target_port=tuple(path) if path else None)
        for one, two, port, path in wires
        if "/" not in one + two
    )
    design = Design(nodes=nodes, edges=edges, outputs=None if outputs is None else tuple(outputs))
    report = check(design)
    assert {node.id for node in nodes} <= set(report.nodes)
    if report.ok and outputs is None:
        build_model(design)


def test_networks_nested_too_deep_are_refused():
    design = Design(nodes=(Node(id="in", type="InputLayer", params={"shape": [2]}),))
    for _ in range(30):
        nodes = (
            Node(id="in", type="InputLayer", params={"shape": [2]}),
            Node(id="m", type="Model", graph=design),
        )
        design = Design(nodes=nodes, edges=(Edge(source="in", target="m"),))
    assert "too_large" in {issue.code for issue in check(design).issues}
    with pytest.raises(Faulty):
        build_model(design)


def test_thousands_of_nodes_are_checked_in_seconds():
    nodes = [Node(id="in", type="InputLayer", params={"shape": [4]})]
    nodes += [Node(id=f"n{n}", type="Dense", params={"units": 4}) for n in range(4999)]
    design = Design(nodes=tuple(nodes), edges=tuple(Edge(source="in", target=node.id) for node in nodes[1:]))
    begun = time.process_time()
    assert check(design).ok
    assert time.process_time() - begun < 10
