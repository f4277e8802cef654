"""Is it found before training, and told on its node, what Keras refuses only when a network is run?"""

import pytest

from builder.catalog.lookup import layer
from builder.design.document import Design, Edge, Node
from builder.project.templates import templates
from builder.translate.ghost import check


def entry(node_id, *shape, dtype="float32"):
    return Node(id=node_id, type="InputLayer", params={"shape": list(shape), "dtype": dtype})


def wire(source, target, *port):
    return Edge(source=source, target=target, target_port=port or None)


def errors(design, thorough=False):
    return [issue for issue in check(design, thorough=thorough).issues if issue.severity == "error"]


ROWS_AS_VALUES = Design(
    nodes=(entry("x", 8, 6), entry("rows", 7), Node(id="look", type="Attention")),
    edges=(wire("x", "look", "inputs", 0), wire("rows", "look", "inputs", 1)),
)


def test_a_network_that_only_fails_when_it_runs_passes_the_check_and_not_the_rehearsal():
    assert errors(ROWS_AS_VALUES) == []
    (issue,) = errors(ROWS_AS_VALUES, thorough=True)
    assert issue.node == "look"
    assert "Traceback" not in issue.line and len(issue.line) < 200


def test_a_fault_inside_a_nested_network_is_told_on_the_node_inside():
    outer = Design(
        nodes=(
            entry("a", 8, 6),
            entry("b", 7),
            Node(id="block", type="Model", graph=ROWS_AS_VALUES),
        ),
        edges=(wire("a", "block", "inputs", 0), wire("b", "block", "inputs", 1)),
    )
    assert "block/look" in [issue.node for issue in errors(outer, thorough=True)]


@pytest.mark.parametrize("project", [each.project for each in templates()], ids=lambda project: project.name)
def test_every_template_passes_the_rehearsal_and_keeps_its_shapes(project):
    report = check(project.design, has_data=True, thorough=True)
    assert report.ok and report.nodes == check(project.design, has_data=True).nodes


def test_a_first_state_of_another_size_is_told_while_drawing():
    nodes = (entry("x", 8, 6), entry("s", 7), Node(id="gru", type="GRU", params={"units": 4}))
    edges = (wire("x", "gru", "sequences"), wire("s", "gru", "initial_state", 0))
    (issue,) = errors(Design(nodes=nodes, edges=edges))
    assert issue.node == "gru" and issue.argument == "initial_state"
    assert "4 numbers" in issue.message and "7" in issue.message


def test_an_lstm_needs_both_of_its_states():
    nodes = (entry("x", 8, 6), entry("s", 7), Node(id="lstm", type="LSTM", params={"units": 7}))
    edges = (wire("x", "lstm", "sequences"), wire("s", "lstm", "initial_state", 0))
    (issue,) = errors(Design(nodes=nodes, edges=edges))
    assert "keeps 2 first states; 1 came in" in issue.message


def test_a_mask_of_another_size_is_told_while_drawing():
    attention = Node(id="mha", type="MultiHeadAttention", params={"num_heads": 2, "key_dim": 4})
    nodes = (entry("x", 8, 6), entry("m", 5, 5, dtype="bool"), attention)
    edges = (wire("x", "mha", "query"), wire("x", "mha", "value"), wire("m", "mha", "attention_mask"))
    (issue,) = errors(Design(nodes=nodes, edges=edges))
    assert issue.argument == "attention_mask" and "8×8" in issue.message and "5×5" in issue.message


def test_scores_of_images_are_refused_where_keras_announces_another_shape():
    attention = Node(
        id="mha",
        type="MultiHeadAttention",
        params={"num_heads": 2, "key_dim": 4},
        args={"return_attention_scores": True},
    )
    edges = (wire("x", "mha", "query"), wire("x", "mha", "value"))
    (issue,) = errors(Design(nodes=(entry("x", 8, 8, 6), attention), edges=edges))
    assert "announces" in issue.message
    assert errors(Design(nodes=(entry("x", 8, 6), attention), edges=edges)) == []


def one(type_name, shape, dtype="float32", **params):
    start = {param.name: param.start for param in layer(type_name).params if param.start is not None}
    node = Node(id="layer", type=type_name, params={**start, **params})
    return Design(nodes=(entry("x", *shape, dtype=dtype), node), edges=(wire("x", "layer"),))


@pytest.mark.parametrize(
    "design, words",
    [
        (one("ReLU", (6,), "bool"), "true and false came in"),
        (one("RandomHue", (8, 8, 1)), "3 channels; 1 came in"),
        (one("RandomGrayscale", (8, 8, 4)), "1 or 3 channels; 4 came in"),
        (one("RandomPerspective", (1, 8, 3)), "lengths of 2 or more; 1 came in"),
        (one("AdaptiveMaxPooling1D", (1, 3)), "lengths of 2 or more; 1 came in"),
        (one("AdaptiveMaxPooling1D", (8, 3), output_size=1), "output_size"),
        (one("ContrastLimitedAdaptiveHistogramEqualization", (3, 16, 3)), "8 tiles a side"),
        (one("MelSpectrogram", (1000,)), "more than 1024 samples"),
        (one("MelSpectrogram", (2047,)), "a step too many"),
        (one("EinsumDense", (1, 1)), "names 2 axes"),
        (one("Hashing", (5,), "int32", output_mode="one_hot"), "last axis of length 1"),
        (one("Hashing", (), "int32", output_mode="one_hot"), "all rows for one"),
        (one("Hashing", (4, 4), "int32", output_mode="count"), "another shape than comes out"),
        (one("IntegerLookup", (4, 5), "int32", output_mode="multi_hot"), "another shape than comes out"),
        (one("StringLookup", (4, 5), "string", output_mode="count"), "another shape than comes out"),
        (one("Discretization", (), output_mode="count"), "all rows for one"),
        (one("Conv2D", (8, 8, 3), kernel_initializer="identity"), "identity initializer"),
        (one("Conv2D", (8, 8, 3), kernel_regularizer="orthogonal_regularizer"), "orthogonal regularizer"),
        (
            one("Conv1D", (8, 3), activity_regularizer={"type": "OrthogonalRegularizer"}),
            "orthogonal regularizer",
        ),
        (one("ContrastLimitedAdaptiveHistogramEqualization", (8, 8, 3), tile_grid_size=4), "two numbers"),
        (one("LSTM", (8, 3), bias_initializer="orthogonal"), "orthogonal initializer"),
        (one("Dense", (8,), bias_initializer={"type": "Orthogonal"}), "orthogonal initializer"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.nodes[1].type,
)
def test_what_fails_only_when_run_is_refused_in_words(design, words):
    (issue,) = errors(design)
    assert issue.node == "layer" and words in issue.message


@pytest.mark.parametrize(
    "design",
    [
        one("RandomColorJitter", (8, 8, 1), saturation_factor=None, hue_factor=None),
        one("AugMix", (8, 8, 2), all_ops=False),
        one("ContrastLimitedAdaptiveHistogramEqualization", (4, 4, 3)),
        one("MelSpectrogram", (1025,)),
        one("EinsumDense", (8, 6), equation="...a,ab->...b", output_shape=3),
        one("RandomHue", (None, None, 3)),
        one("Hashing", (4, 1), "int32", output_mode="one_hot"),
        one("Hashing", (5,), "int32", output_mode="count"),
        one("IntegerLookup", (4, 5), "int32", output_mode="one_hot"),
        one("Discretization", (), output_mode="one_hot"),
        one("Dense", (8,), kernel_regularizer="orthogonal_regularizer"),
        one("Dense", (8,), kernel_initializer="identity", bias_initializer="ones"),
        one("LSTM", (8, 3), kernel_initializer="orthogonal", bias_initializer="he_normal"),
        one(
            "TimeDistributed",
            (8, 3),
            layer={"type": "Dense", "params": {"units": 2, "kernel_initializer": "ones"}},
        ),
    ],
    ids=lambda design: design.nodes[1].type,
)
def test_what_runs_is_not_refused(design):
    assert errors(design, thorough=True) == []


@pytest.mark.parametrize(
    "newshape, words",
    [
        ([-1, 4], "rows of 4"),
        ([-1, 2, 4], None),
        ([-1, 8], None),
        ([3, -1], "always gives 3 rows"),
    ],
)
def test_a_reshape_that_deals_the_rows_anew_warns(newshape, words):
    reshape = Node(id="reshape", type="ops.reshape", args={"newshape": newshape})
    report = check(Design(nodes=(entry("x", 8), reshape), edges=(wire("x", "reshape"),)))
    assert report.ok
    told = [(issue.severity, issue.node) for issue in report.issues]
    assert told == ([("warning", "reshape")] if words else [])
    assert not words or words in report.issues[0].message


@pytest.mark.parametrize("dtype, count", [("int32", 1), ("float32", 0)])
def test_a_dot_of_whole_numbers_cannot_be_normalized(dtype, count):
    dot = Node(id="dot", type="Dot", params={"axes": -1, "normalize": True})
    edges = (wire("x", "dot", "inputs", 0), wire("x", "dot", "inputs", 1))
    assert len(errors(Design(nodes=(entry("x", 6, dtype=dtype), dot), edges=edges))) == count
