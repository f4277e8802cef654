"""Is the printed network the drawn one, readable, and safe whatever its parts are called?"""

import ast

import numpy as np
import pytest
from drawings import again, chain, image, join, node, wired

from builder.errors import Faulty
from builder.project import templates
from builder.project.document import DataSpec, EarlyStopping, Project, SplitSpec, Training
from builder.translate.keras_model import build_model
from builder.translate.python_code import design_code, project_code

INNER = wired(
    image([None, 4], "x"), node("d", "Dense", units=6), node("e", "Dense", units=2), ("x", "d"), ("d", "e"),
    outputs={"wide": "d", "narrow": "e"},
)  # fmt: skip


def nested(graph, node_id="block"):
    return node(node_id, "Model").model_copy(update={"graph": graph})


def run(code):
    scope = {}
    exec(compile(code, "printed", "exec"), scope)
    return scope["model"]


def flat(value):
    import keras

    return [np.asarray(each) for each in keras.tree.flatten(value)]


def assert_same(design, *inputs):
    """The printed model and the built one: same names, and same outputs from the same weights."""
    built, printed = build_model(design), run(design_code(design))
    assert [layer.name for layer in built.layers] == [layer.name for layer in printed.layers]
    printed.set_weights(built.get_weights())
    given = [np.random.default_rng(0).normal(size=(2, *shape)).astype("float32") for shape in inputs]
    given = given if len(given) > 1 else given[0]
    for one, two in zip(flat(built(given)), flat(printed(given)), strict=True):
        assert np.array_equal(one, two)


def test_code_reads_as_a_person_would_write_it():
    code = design_code(
        wired(
            image([64], "pixels"), node("hidden", "Dense", units=64, activation="relu", use_bias=True),
            node("digit", "Dense", units=10, activation="softmax"),
            ("pixels", "hidden"), ("hidden", "digit"), name="digits-mlp",
        )
    )  # fmt: skip
    assert (
        code
        == '''"""digits-mlp. Builds the network."""

import keras
from keras import layers


def build_model() -> keras.Model:
    pixels = keras.Input(shape=(64,), name="pixels")
    hidden = layers.Dense(64, activation="relu", name="hidden")(pixels)
    digit = layers.Dense(10, activation="softmax", name="digit")(hidden)
    return keras.Model(inputs=pixels, outputs=digit, name="digits-mlp")


model = build_model()
'''
    )


BIDIRECTIONAL = {"layer": {"type": "LSTM", "params": {"units": 2}}}
SEEDED = {"units": 2, "kernel_initializer": {"type": "HeNormal", "params": {"seed": 1}}}
LOOK = node("look", "MultiHeadAttention", num_heads=2, key_dim=3).model_copy(
    update={"args": {"use_causal_mask": True}}
)
MIDDLE = wired(image([5, 4], "y"), nested(INNER, "deep"), ("y", "deep"), outputs=("deep:0",))
DESIGNS = [
    (
        chain(
            [8, 8, 1],
            ("Conv2D", {"filters": 4, "kernel_size": [3, 3], "padding": "same"}),
            ("MaxPooling2D", {"pool_size": 3, "strides": 2}),
            ("Flatten", {}),
            ("Dense", {"units": 3}),
        ),
        [(8, 8, 1)],
    ),
    (join("Concatenate", [3], [4], axis=-1), [(3,), (4,)]),
    (wired(image([3]), node("d", "Dense", units=3), again("e", "d"), ("image", "d"), ("d", "e")), [(3,)]),
    (
        wired(
            image([7, 4]), nested(INNER), again("twice", "block"), again("in", "block/d"),
            ("image", "block"), ("image", "twice"), ("image", "in"), outputs=("block:1", "twice:0", "in"),
        ),
        [(7, 4)],
    ),
    (wired(image([5, 4]), nested(MIDDLE), ("image", "block")), [(5, 4)]),
    (
        wired(
            image([4, 3]), node("one", "LSTM", units=2, return_state=True), node("two", "LSTM", units=2),
            ("image", "one"), ("image", "two"),
            ("one", 1, "two", ("initial_state", 0)), ("one", 2, "two", ("initial_state", 1)),
        ),
        [(4, 3)],
    ),
    (wired(image([4, 3]), LOOK, ("image", 0, "look", ("query",)), ("image", 0, "look", ("value",))), [(4, 3)]),
    (
        wired(
            image([5, 3]), node("first", "ops.get_item", key=":, 0, 1:"),
            node("more", "ops.add", x2=[1, 2]), node("m", "ops.mean", axis=-1),
            ("image", "first"), ("first", "more"), ("more", "m"),
        ),
        [(5, 3)],
    ),
    (chain([4, 3], ("Bidirectional", BIDIRECTIONAL), ("Dense", SEEDED)), [(4, 3)]),
    (chain([3], ("Normalization", {"mean": [1, 2, 3], "variance": [1, 2, 2.5]}), ("Dense", {"units": 1})), [(3,)]),
    (chain([3], ("Dense", {"units": 2})).model_copy(update={"outputs": {"it's": "l0"}}), [(3,)]),
]  # fmt: skip


@pytest.mark.parametrize(("design", "inputs"), DESIGNS, ids=range(len(DESIGNS)))
def test_the_printed_network_computes_what_the_built_one_does(design, inputs):
    assert_same(design, *inputs)


def test_an_argument_equal_to_its_default_is_left_out_only_if_nothing_changes():
    code = design_code(chain([9, 9, 1], ("MaxPooling2D", {"pool_size": 2, "strides": 2, "padding": "valid"})))
    assert 'layers.MaxPooling2D(strides=2, name="l0")' in code
    kept = design_code(chain([9, 9, 1], ("MaxPooling2D", {"pool_size": 3, "strides": 2})))
    assert 'layers.MaxPooling2D(pool_size=3, strides=2, name="l0")' in kept


@pytest.mark.parametrize(
    "name",
    ["class", "lambda", "print", "keras", "layers", "0a", "a.b", "a-b", "_", "match", "build_model", "None"],
)
def test_every_id_becomes_a_safe_name(name):
    design = wired(
        image([3]),
        node(name, "Dense", units=2),
        node("a_b", "Dense", units=1),
        ("image", name),
        (name, "a_b"),
    )
    assert_same(design, (3,))


def test_names_that_become_equal_stay_apart():
    names = ["a.b", "a-b", "a_b"]
    design = wired(
        image([3]),
        *(node(name, "Dense", units=3) for name in names),
        *zip(["image", *names], names, strict=False),
    )
    assert_same(design, (3,))


@pytest.mark.parametrize("title", ['"""\nimport os', "a\\", "'''", "\n\n", "é" * 50, "x\u202ey", "{0}", "%s"])
def test_no_title_leaves_its_string(title):
    code = design_code(chain([3], ("Dense", {"units": 2})).model_copy(update={"name": title}))
    imported = [each for each in ast.walk(ast.parse(code)) if isinstance(each, ast.Import | ast.ImportFrom)]
    assert len(imported) == 2
    run(code)


@pytest.mark.parametrize("word", ["it's", '"', "\\", "a\nb", "'); import os; ('", "\U0001f600"])
def test_texts_are_written_as_literals(word):
    design = chain([1], ("StringLookup", {"vocabulary": [word, "b"]}), dtype="string")
    assert run(design_code(design)).get_layer("l0").get_vocabulary()[1:] == [word, "b"]


def test_a_faulty_design_is_not_printed():
    with pytest.raises(Faulty):
        design_code(join("Add", [3], [4]))


def test_a_project_without_data_has_no_script():
    with pytest.raises(Faulty, match="No data is chosen"):
        project_code(Project(design=chain([3], ("Dense", {"units": 2}))))


@pytest.mark.parametrize("template", templates.templates(), ids=lambda template: template.name)
def test_every_template_has_a_script_with_the_model_in_it(template):
    code = project_code(template.project)
    assert max(map(len, code.splitlines())) <= 120
    scope = {}
    exec(code.partition("\nfeatures, target = load_data()")[0], scope)
    assert scope["build_model"]().count_params() == build_model(template.project.design).count_params()


def test_a_script_stands_alone():
    for template in templates.templates():
        tree = ast.parse(project_code(template.project))
        modules = {
            alias.name for each in ast.walk(tree) if isinstance(each, ast.Import) for alias in each.names
        }
        modules |= {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in modules} <= {"keras", "numpy", "sklearn"}


def test_the_script_watches_what_a_run_watches():
    design = chain([64], ("Dense", {"units": 10, "activation": "softmax"}))
    for monitor, validation, line in [
        ("val_accuracy", 0.15, 'if -history[-1]["val_accuracy"] < best:'),
        ("val_loss", 0.15, 'if history[-1]["val_loss"] < best:'),
        ("val_loss", 0.0, 'if history[-1]["loss"] < best:'),
        ("accuracy", 0.15, 'if -history[-1]["accuracy"] < best:'),
    ]:
        split = SplitSpec(train=0.85 - validation, validation=validation)
        training = Training(early_stopping=EarlyStopping(monitor=monitor, patience=3))
        code = project_code(
            Project(design=design, data=DataSpec(source="digits", split=split), training=training)
        )
        assert line in code
        assert "if waited >= 3:" in code
        assert ("validation_data" in code) == (validation > 0)
