"""Do checks agree with Keras itself? Random networks, sound and faulty, are called by hand and compared."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.catalog.lookup import layer
from builder.design.document import Design, Edge, Node
from builder.project import templates
from builder.translate.ghost import check
from builder.translate.keras_model import build_model

pytestmark = pytest.mark.oracle
SIZE, ACTIVATION = st.integers(1, 5), st.sampled_from(["relu", "tanh", "softmax", "linear"])
PADDING = st.sampled_from(["same", "valid"])
ONE = {
    "Dense": {"units": SIZE, "activation": ACTIVATION, "use_bias": st.booleans()},
    "Conv1D": {"filters": SIZE, "kernel_size": SIZE, "padding": PADDING},
    "Conv2D": {"filters": SIZE, "kernel_size": SIZE, "padding": PADDING, "strides": st.integers(1, 2)},
    "Conv2DTranspose": {"filters": SIZE, "kernel_size": SIZE, "padding": PADDING},
    "DepthwiseConv2D": {"kernel_size": SIZE, "depth_multiplier": st.integers(1, 2)},
    "SeparableConv2D": {"filters": SIZE, "kernel_size": SIZE},
    "MaxPooling2D": {"pool_size": st.integers(1, 6), "padding": PADDING},
    "AveragePooling1D": {"pool_size": st.integers(1, 6)},
    "GlobalAveragePooling2D": {"keepdims": st.booleans()},
    "GlobalMaxPooling1D": {},
    "BatchNormalization": {"axis": st.integers(-2, 3), "scale": st.booleans(), "trainable": st.booleans()},
    "LayerNormalization": {},
    "Dropout": {"rate": st.floats(0, 0.9)},
    "Flatten": {},
    "Reshape": {"target_shape": st.lists(st.integers(1, 6), min_size=1, max_size=3)},
    "Permute": {"dims": st.permutations([1, 2]).map(list)},
    "RepeatVector": {"n": SIZE},
    "ZeroPadding2D": {"padding": st.integers(0, 2)},
    "Cropping1D": {"cropping": st.integers(0, 4)},
    "UpSampling2D": {"size": st.integers(1, 3)},
    "LSTM": {"units": SIZE, "return_sequences": st.booleans()},
    "GRU": {"units": SIZE, "go_backwards": st.booleans()},
    "Activation": {"activation": ACTIVATION},
    "Embedding": {"input_dim": SIZE, "output_dim": SIZE},
    "Rescaling": {"scale": st.floats(0.1, 2)},
    "Softmax": {},
    "PReLU": {},
}
MANY = {
    "Add": {},
    "Subtract": {},
    "Multiply": {},
    "Average": {},
    "Concatenate": {"axis": st.integers(-2, 2)},
    "Dot": {"axes": st.integers(1, 2)},
}
SHAPES = st.sampled_from([[4], [9], [6, 3], [None, 3], [8, 8, 2], [5, 4, 3], [None, None, 2]])


@st.composite
def designs(draw):
    """Networks of up to nine layers; about half of them have a fault somewhere."""
    shapes = draw(st.lists(SHAPES, min_size=1, max_size=2))
    nodes = [Node(id=f"in{n}", type="InputLayer", params={"shape": shape}) for n, shape in enumerate(shapes)]
    edges = []
    for number in range(draw(st.integers(1, 9))):
        kinds = ONE | (MANY if len(nodes) > 1 else {})
        kind = draw(st.sampled_from(sorted(kinds)))
        params = {name: draw(value) for name, value in kinds[kind].items()}
        count = draw(st.integers(2, 3)) if kind in MANY else 1
        recent = [node.id for node in nodes[-4:]]
        sources = [draw(st.sampled_from(recent)) for _ in range(count)]
        nodes.append(Node(id=f"n{number}", type=kind, params=params))
        edges += [Edge(source=source, target=f"n{number}") for source in sources]
    return Design(nodes=tuple(nodes), edges=tuple(edges))


def by_hand(design, told):
    """Shapes, dtypes and counts of every node that Keras takes, calling layer after layer; None for the others.

    `told` are nodes that the check calls faulty because of what the catalogue demands beyond Keras.
    """
    import keras

    found, tensors = {}, {}
    for node in design.nodes:
        sources = [edge.source for edge in design.into(node.id)]
        found[node.id] = None
        if node.id in told or any(source not in tensors for source in sources):
            continue
        try:
            made = getattr(keras.layers, node.type)(**node.params, name=node.id)
            given = [tensors[source] for source in sources]
            output = made.output if not given else made(given if node.type in MANY else given[0])
        except Exception:
            continue
        tensors[node.id] = output
        found[node.id] = (tuple(output.shape[1:]), output.dtype, made.count_params())
    return found


def demanded(report, design):
    """Nodes refused for their rank or kind of number: the catalogue knows more there than Keras' symbolic check."""
    errors = [issue for issue in report.issues if issue.severity == "error"]
    by_rank = {issue.node for issue in errors if " needs " in issue.message or "fractions" in issue.message}
    by_argument = {
        issue.node
        for issue in errors
        if issue.code == "bad_argument" and not issue.message.startswith(issue.node)
    }
    assert all(layer(design.node(node_id).type) for node_id in by_rank | by_argument)
    return by_rank | by_argument


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(designs())
def test_a_check_says_of_every_node_what_keras_says(design):
    report = check(design, has_data=True)
    expected = by_hand(design, demanded(report, design))
    for node_id, wanted in expected.items():
        node = report.nodes[node_id]
        if wanted is None:
            assert node.shape is None or any(issue.node == node_id for issue in report.issues)
        else:
            assert (node.shape, node.dtype, node.params) == wanted, node_id
    faulty = {issue.node for issue in report.issues if issue.severity == "error"}
    assert len(faulty) == sum(issue.severity == "error" for issue in report.issues)
    assert all(expected[node_id] is None for node_id in faulty)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(designs())
def test_a_sound_network_is_built_with_the_counts_that_were_shown(design):
    report = check(design, has_data=True)
    if report.ok:
        model = build_model(design)
        assert model.count_params() == report.totals.params
        assert (
            sum(weight.size for weight in model.trainable_weights for weight in [weight.numpy()])
            == report.totals.trainable_params
        )


@pytest.mark.parametrize("template", templates.templates(), ids=lambda template: template.name)
def test_a_template_is_shown_as_it_is_built(template):
    design = template.project.design
    report, model = check(design, has_data=True), build_model(design)
    assert report.issues == ()
    for made in model.layers:
        node = report.nodes[made.name]
        assert (node.shape, node.dtype, node.params) == (
            tuple(made.output.shape[1:]),
            made.output.dtype,
            made.count_params(),
        )
    assert report.totals.params == model.count_params()


def test_a_long_chain_agrees_with_keras_to_the_end():
    layers = [Node(id="in0", type="InputLayer", params={"shape": [3]})]
    layers += [Node(id=f"n{n}", type="Dense", params={"units": 1 + n % 7}) for n in range(300)]
    edges = tuple(Edge(source=one.id, target=two.id) for one, two in itertools.pairwise(layers))
    design = Design(nodes=tuple(layers), edges=edges)
    assert check(design).totals.params == build_model(design).count_params()
