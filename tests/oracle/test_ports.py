"""Do several outputs, shared layers, named inputs and nested networks pass the whole way?

Check, model, printed code, drawing saved and read, one training step.
"""

import math

import numpy as np
import pytest

from builder.catalog.lookup import layer
from builder.design.document import Design, Edge, Node
from builder.design.read import read_design
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from builder.translate.python_code import design_code

pytestmark = pytest.mark.oracle


def entry(node_id, *shape, dtype="float32"):
    return Node(id=node_id, type="InputLayer", params={"shape": list(shape), "dtype": dtype})


def node(node_id, type_name, args=None, **params):
    return Node(id=node_id, type=type_name, params=params, args=args or {})


def again(node_id, of):
    return Node(id=node_id, type="Call", of=of)


def model(node_id, graph):
    return Node(id=node_id, type="Model", graph=graph)


def wire(text):
    """`lstm:1 > decoder.initial_state.0`: from an output to an argument and a place in it."""
    left, right = text.split(" > ")
    source, _, out = left.partition(":")
    target, *path = right.split(".")
    port = tuple(int(part) if part.isdigit() else part for part in path)
    return Edge(source=source, source_port=int(out or 0), target=target, target_port=port or None)


def drawn(nodes, wires, **more):
    return Design(name="net", nodes=tuple(nodes), edges=tuple(map(wire, wires)), **more)


def dense(node_id, units=6, **more):
    return node(node_id, "Dense", units=units, **more)


BLOCK = drawn(
    [entry("in", 6), dense("conv"), node("add", "Add")],
    ["in > conv", "conv > add.inputs.0", "in > add.inputs.1"],
)
TWO = drawn(
    [entry("left", 6), entry("right", 4), dense("a"), dense("b"), node("sum", "Add"), dense("small", 2)],
    ["left > a", "right > b", "a > sum.inputs.0", "b > sum.inputs.1", "sum > small"],
    inputs={"l": "left", "r": "right"},
    outputs={"small": "small", "both": "sum"},
)
DEEP = drawn(
    [
        entry("in", 6),
        model("one", drawn([entry("in", 6), model("two", BLOCK), dense("out")], ["in > two", "two > out"])),
    ],
    ["in > one"],
)
CASES = {
    "states of an LSTM go into another": drawn(
        [
            entry("x", 8, 6),
            entry("y", 5, 6),
            node("encoder", "LSTM", units=4, return_state=True),
            node("decoder", "LSTM", units=4, return_sequences=True),
        ],
        [
            "x > encoder",
            "y > decoder.sequences",
            "encoder:1 > decoder.initial_state.0",
            "encoder:2 > decoder.initial_state.1",
        ],
        outputs=("decoder", "encoder"),
    ),
    "state of a GRU is an output": drawn(
        [entry("x", 8, 6), node("gru", "GRU", units=4, return_state=True, return_sequences=True)],
        ["x > gru"],
        outputs={"steps": "gru", "state": "gru:1"},
    ),
    "states of both directions are joined": drawn(
        [
            entry("x", 8, 6),
            node(
                "both", "Bidirectional", layer={"type": "LSTM", "params": {"units": 3, "return_state": True}}
            ),
            node("h", "Concatenate"),
        ],
        ["x > both", "both:1 > h.inputs.0", "both:3 > h.inputs.1"],
    ),
    "attention hands out its scores": drawn(
        [
            entry("x", 8, 6),
            node("mha", "MultiHeadAttention", {"return_attention_scores": True}, num_heads=2, key_dim=3),
            node("row", "Flatten"),
        ],
        ["x > mha.query", "x > mha.value", "mha:1 > row"],
        outputs=("mha", "row"),
    ),
    "attention with key and mask": drawn(
        [
            entry("x", 8, 6),
            entry("v", 5, 6),
            entry("m", 8, 5, dtype="bool"),
            node("mha", "MultiHeadAttention", num_heads=2, key_dim=3),
        ],
        ["x > mha.query", "v > mha.value", "v > mha.key", "m > mha.attention_mask"],
        outputs={"mixed": "mha"},
    ),
    "scores of plain attention": drawn(
        [entry("x", 8, 6), node("look", "Attention", {"return_attention_scores": True})],
        ["x > look.inputs.0", "x > look.inputs.1"],
        outputs=("look", "look:1"),
    ),
    "one layer called three times": drawn(
        [
            entry("a", 6),
            entry("b", 6),
            entry("c", 6),
            dense("shared", 3),
            again("second", "shared"),
            again("third", "second"),
            node("far", "Subtract"),
        ],
        ["a > shared", "b > second", "c > third", "shared > far.inputs.0", "second > far.inputs.1"],
        outputs=("far", "third"),
    ),
    "a nested network called twice": drawn(
        [
            entry("a", 6),
            entry("b", 6),
            model("block", BLOCK),
            again("twin", "block"),
            node("far", "Subtract"),
        ],
        ["a > block", "b > twin", "block > far.inputs.0", "twin > far.inputs.1"],
    ),
    "a layer inside a nested network called from outside": drawn(
        [entry("a", 6), model("block", BLOCK), again("inner", "block/conv"), node("far", "Subtract")],
        ["a > block", "a > inner", "block > far.inputs.0", "inner > far.inputs.1"],
    ),
    "networks within networks, three deep, called from outside": drawn(
        [entry("a", 6), model("deep", DEEP), again("inner", "deep/one/two/conv"), again("whole", "deep/one")],
        ["a > deep", "deep > inner", "inner > whole"],
    ),
    "named inputs and outputs of a nested network": drawn(
        [entry("x", 6), entry("y", 4), model("two", TWO), dense("end", 1)],
        ["x > two.inputs.l", "y > two.inputs.r", "two:1 > end"],
        inputs={"first": "x", "second": "y"},
        outputs={"end": "end", "both": "two:0"},
    ),
    "an output that is an inner layer too": drawn(
        [entry("x", 6), dense("hidden", 4), dense("end", 1)],
        ["x > hidden", "hidden > end"],
        outputs=("end", "hidden"),
    ),
}


def printed_model(design):
    names = {}
    exec(compile(design_code(design), "<printed>", "exec"), names)
    return names["model"]


def rows_for(built):
    import keras

    random = np.random.default_rng(0)

    def rows(tensor):
        shape = (4, *tensor.shape[1:])
        made = random.uniform(0.1, 1.0, shape)
        return (made > 0.3 if tensor.dtype == "bool" else made).astype(tensor.dtype)

    return keras.tree.map_structure(rows, built.input)


@pytest.mark.parametrize("name", CASES)
def test_what_is_wired_passes_the_whole_way(name):
    import keras

    keras.utils.set_random_seed(0)
    design = CASES[name]
    report = check(design)
    assert report.ok, [issue.line for issue in report.issues]
    assert read_design(design.model_dump_json()) == design

    built = build_model(design)
    assert report.totals.params == built.count_params()
    printed = printed_model(design)
    printed.set_weights(built.get_weights())
    rows = rows_for(built)
    ours, theirs = built(rows, training=False), printed(rows, training=False)
    keras.tree.assert_same_structure(ours, theirs)
    for one, other in zip(keras.tree.flatten(ours), keras.tree.flatten(theirs), strict=True):
        np.testing.assert_array_equal(one, other)

    built.compile("sgd", keras.tree.map_structure(lambda _: "mse", ours), jit_compile=False)
    targets = keras.tree.map_structure(np.zeros_like, ours)
    losses = built.train_on_batch(rows, targets)
    assert all(math.isfinite(loss) for loss in np.ravel(losses))


@pytest.mark.parametrize(
    "type_name, params, args",
    [
        ("LSTM", {"units": 3, "return_state": True}, {}),
        ("GRU", {"units": 3, "return_state": True}, {}),
        ("SimpleRNN", {"units": 3, "return_state": True}, {}),
        ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3}, {"return_attention_scores": True}),
        ("GroupQueryAttention", {"head_dim": 3, "num_query_heads": 2, "num_key_value_heads": 1},
         {"return_attention_scores": True}),
        ("Attention", {}, {"return_attention_scores": True}),
        ("AdditiveAttention", {}, {"return_attention_scores": True}),
    ],
)  # fmt: skip
def test_every_output_that_there_can_be_has_a_name(type_name, params, args):
    spec = layer(type_name)
    made = Node(id="layer", type=type_name, params=params, args=args)
    count = sum(2 if port.many and not port.optional else not port.optional for port in spec.inputs)
    if spec.inputs[0].many:
        wires = [f"x > layer.{spec.inputs[0].name}.{index}" for index in range(count)]
    else:
        wires = [f"x > layer.{port.name}" for port in spec.inputs if not port.optional]
    shape = check(drawn([entry("x", 8, 6), made], wires)).nodes["layer"].shape
    assert len(shape) == len(spec.output_names)
    assert all(isinstance(each, tuple) for each in shape)
    assert spec.output_names[0] == "output"
