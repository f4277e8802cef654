"""Is the model that is built the one that is drawn? Names, shapes, sharing, nesting, and words where it cannot be."""

import numpy as np
import pytest
from drawings import again, chain, image, join, node, wired

from builder.errors import Faulty
from builder.translate.ghost import check
from builder.translate.keras_model import build_model

INNER = wired(
    image([None, 4], "x"), node("d", "Dense", units=6), node("e", "Dense", units=2), ("x", "d"), ("d", "e"),
    outputs={"wide": "d", "narrow": "e"},
)  # fmt: skip


def nested(graph, node_id="block"):
    return node(node_id, "Model").model_copy(update={"graph": graph})


def test_layers_are_called_like_the_nodes():
    design = chain(
        [4, 4, 1], ("Conv2D", {"filters": 2, "kernel_size": 3}), ("Flatten", {}), ("Dense", {"units": 3})
    )
    assert [layer.name for layer in build_model(design).layers] == ["image", "l0", "l1", "l2"]


@pytest.mark.parametrize("name", ["_a", "a.b", "a-b", "0a", "A" * 100, "class", "lambda"])
def test_every_id_of_the_document_can_be_a_name(name):
    model = build_model(wired(image([3]), node(name, "Dense", units=2), ("image", name)))
    assert model.get_layer(name).units == 2


@pytest.mark.parametrize("title", ["résumé net", "a/b", "", "../../x", "<b>"])
def test_any_title_can_be_the_name_of_a_model(title):
    assert "/" not in build_model(chain([3], ("Dense", {"units": 2})).model_copy(update={"name": title})).name


def test_a_shared_layer_is_one_object():
    design = wired(image([3]), node("d", "Dense", units=3), again("e", "d"), ("image", "d"), ("d", "e"))
    model = build_model(design)
    assert model.count_params() == 12
    weights, x = model.get_weights(), np.ones((1, 3), "float32")
    assert np.allclose(model(x), (x @ weights[0] + weights[1]) @ weights[0] + weights[1])


def test_a_nested_network_is_a_model_in_the_model_and_shares_its_weights():
    design = wired(
        image([7, 4]), image([9, 4], "other"), nested(INNER), again("twice", "block"), again("inner", "block/d"),
        ("image", "block"), ("other", "twice"), ("other", "inner"),
        outputs={"a": "block:1", "b": "twice:0", "c": "inner"},
    )  # fmt: skip
    model = build_model(design)
    assert model.count_params() == check(design).totals.params == 44
    made = model([np.zeros((1, 7, 4)), np.zeros((1, 9, 4))])
    assert {key: tuple(each.shape[1:]) for key, each in made.items()} == {
        "a": (7, 6),
        "b": (9, 2),
        "c": (9, 6),
    }
    assert model.get_layer("block").name == "block"


def test_two_nested_networks_of_one_drawing_have_weights_of_their_own():
    design = wired(
        image([5, 4]),
        nested(INNER, "a"),
        nested(INNER, "b"),
        ("image", "a"),
        ("image", "b"),
        outputs=("a", "b"),
    )
    assert build_model(design).count_params() == 88


def test_networks_nest_in_networks():
    middle = wired(image([5, 4], "y"), nested(INNER, "deep"), ("y", "deep"), outputs=("deep:0",))
    design = wired(
        image([5, 4]), nested(middle), again("inner", "block/deep/d"), ("image", "block"), ("image", "inner")
    )
    report = check(design)
    assert report.ok
    assert report.nodes["block/deep/e"].params == 14
    assert build_model(design).count_params() == report.totals.params == 44


def test_named_outputs_and_inputs_are_dicts():
    design = chain([3], ("Dense", {"units": 2})).model_copy(
        update={"inputs": {"p": "image"}, "outputs": {"q": "l0"}}
    )
    model = build_model(design)
    assert model({"p": np.zeros((1, 3))})["q"].shape == (1, 2)


def test_operations_are_named_after_their_nodes_and_clash_with_none():
    design = wired(
        image([3, 2]), node("softmax", "Dense", units=2),
        node("mix", "ops.mean", axis=1), node("more", "ops.add", x2=1),
        ("image", "softmax"), ("softmax", "mix"), ("mix", "more"),
    )  # fmt: skip
    names = [operation.name for operation in build_model(design).operations]
    assert {"image", "softmax", "mix", "more"} <= set(names)
    assert len(set(names)) == len(names)


def test_an_index_picks_a_part():
    model = build_model(
        wired(image([5, 3]), node("first", "ops.get_item", key=":, 0, 1:"), ("image", "first"))
    )
    x = np.arange(30, dtype="float32").reshape(2, 5, 3)
    assert np.array_equal(model(x), x[:, 0, 1:])


def test_nested_layers_cells_and_initializers_are_made():
    three = {"type": "Constant", "params": {"value": 3}}
    design = chain(
        [4, 3],
        ("Bidirectional", {"layer": {"type": "LSTM", "params": {"units": 2, "return_sequences": True}}}),
        ("RNN", {"cell": {"type": "GRUCell", "params": {"units": 3}}, "return_sequences": True}),
        ("TimeDistributed", {"layer": {"type": "Dense", "params": {"units": 5}}}),
        ("Dense", {"units": 2, "kernel_initializer": three, "kernel_regularizer": {"type": "L2"}}),
    )  # fmt: skip
    model = build_model(design)
    assert model.output_shape == (None, 4, 2)
    assert (model.get_layer("l3").kernel.numpy() == 3).all()
    assert len(model.losses) == 1


def test_arguments_of_the_document_are_left_as_they_were():
    params = {"layer": {"type": "LSTM", "params": {"units": 2}}}
    design = chain([4, 3], ("Bidirectional", params))
    before = design.model_dump_json()
    build_model(design)
    check(design)
    assert design.model_dump_json() == before


def test_a_dead_branch_is_not_built():
    design = wired(
        image([3]),
        node("d", "Dense", units=2),
        node("side", "Dense", units=9),
        ("image", "d"),
        ("image", "side"),
        outputs=("d",),
    )
    assert [layer.name for layer in build_model(design).layers] == ["image", "d"]


def test_the_same_seed_gives_the_same_weights_whether_or_not_it_was_checked_before():
    import keras

    design = chain([3], ("Dense", {"units": 4}), ("Dropout", {"rate": 0.5}), ("Dense", {"units": 2}))
    found = []
    for _ in range(2):
        keras.utils.set_random_seed(7)
        found.append(build_model(design).get_weights())
    assert all(np.array_equal(one, two) for one, two in zip(*found, strict=True))


def test_a_chain_of_a_thousand_layers_is_built():
    assert len(build_model(chain([4], *[("ReLU", {})] * 1000)).layers) == 1001


def test_a_faulty_design_is_refused_with_its_issues():
    with pytest.raises(Faulty) as caught:
        build_model(join("Add", [3], [4]))
    assert [issue.node for issue in caught.value.issues] == ["join"]


def test_what_keras_alone_refuses_is_told_in_words():
    inner = wired(image([4], "x"), node("same", "Dense", units=2), ("x", "same"))
    design = wired(
        image([4]),
        nested(inner),
        again("inside", "block/same"),
        node("same", "Dense", units=2),
        ("image", "block"),
        ("image", "inside"),
        ("block", "same"),
    )
    with pytest.raises(Faulty, match="cannot be built here"):
        build_model(design)
