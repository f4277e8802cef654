"""What has to change so that a network fits: only its ends, told in plain words."""

import pytest

from builder.data.fit import default_project, fit_issues, suggest
from builder.data.registry import card, names
from builder.data.settings import settled
from builder.design.document import Design, Node
from builder.design.order import in_order
from builder.issues import has_errors
from builder.project.document import DataSpec, Project, Training
from builder.project.templates import template, templates

CHAINS = ("perceptron", "mlp-digits", "residual-mlp", "autoencoder-digits")


def shapes(project: Project) -> dict[str, tuple[int, ...]]:
    """Shapes of a network of dense layers, worked out by hand."""
    found: dict[str, tuple[int, ...]] = {}
    for node in in_order(project.design):
        before = [found[edge.source] for edge in project.design.into(node.id)]
        size = node.params.get("units")
        found[node.id] = (
            tuple(node.params["shape"]) if node.type == "InputLayer" else (size,) if size else before[0]
        )
    return found


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("chain", CHAINS)
def test_a_suggestion_fits_whatever_the_network_and_the_data(chain: str, name: str):
    offer = suggest(template(chain).project, card(name))
    found = shapes(offer.project)
    assert offer.undecided == ()
    assert not has_errors(fit_issues(offer.project, found, found))
    assert offer.project.data is not None and offer.project.data.source == name


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("ready", templates(), ids=lambda ready: ready.name)
def test_a_suggestion_has_nothing_left_to_change(ready: object, name: str):
    first = suggest(ready.project, card(name))
    again = suggest(first.project, card(name))
    assert again.changes == () and again.project == first.project


@pytest.mark.parametrize("name", names())
def test_hidden_layers_and_wires_are_never_touched(name: str):
    before = template("residual-mlp").project.design
    after = suggest(template("residual-mlp").project, card(name)).project.design
    assert after.edges == before.edges and len(after.nodes) == len(before.nodes)
    assert all(after.node(node.id) == node for node in before.nodes if node.id not in ("point", "colour"))


def test_changes_are_told_in_plain_words():
    assert suggest(template("mlp-digits").project, card("iris")).changes == (
        "data: iris instead of digits",
        "pixels: shape 4 instead of 64",
        "digit: 3 units instead of 10",
    )
    assert suggest(template("mlp-digits").project, card("diabetes")).changes == (
        "data: diabetes instead of digits",
        "pixels: shape 10 instead of 64",
        "digit: 1 unit instead of 10",
        "digit: activation linear instead of softmax",
        "digit: loss mean_squared_error instead of sparse_categorical_crossentropy",
        "digit: tells mean_absolute_error",
    )


def test_the_right_data_need_no_change():
    for ready in templates():
        assert ready.project.data is not None
        offer = suggest(ready.project, card(ready.project.data.source))
        assert offer.changes == offer.undecided == offer.hints == () and offer.project == ready.project


def test_an_image_input_stays_an_image_for_digits():
    square = Design(nodes=(Node(id="x", type="InputLayer", params={"shape": [28, 28, 1]}), *dense("x")[1:]))
    offer = suggest(Project(design=square), card("digits"))
    assert offer.project.design.node("x") == Node(id="x", type="InputLayer", params={"shape": [8, 8, 1]})
    kept = suggest(template("cnn-digits").project.model_copy(update={"data": None}), card("digits"))
    assert kept.project.design == template("cnn-digits").project.design


def dense(name: str) -> tuple[Node, ...]:
    return Node(id=name, type="InputLayer"), Node(id="y", type="Dense", params={"units": 5})


def test_images_that_become_rows_are_said_to_break_what_looks_at_images():
    offer = suggest(template("cnn-digits").project, card("iris"))
    assert offer.undecided == ("image took 8×8×1. Layers for images will not fit behind it.",)


def test_two_inputs_and_two_outputs_for_other_data_are_not_guessed():
    offer = suggest(template("two-in-two-out").project, card("iris"))
    assert [line.split(",")[0] for line in offer.undecided] == ["minerals", "phenols", "grower", "alcohol"]


def test_an_end_that_is_no_dense_layer_is_told_not_replaced():
    project = template("mlp-digits").project
    cut = Design(nodes=project.design.nodes[:2], edges=project.design.edges[:1])
    offer = suggest(project.model_copy(update={"design": cut}), card("iris"))
    assert offer.undecided == ("scale is a Rescaling layer. Add a Dense layer with 3 units after it.",)


def test_settings_of_outputs_that_are_gone_are_dropped():
    stale = Training(loss={"old": "mean_squared_error", "digit": "sparse_categorical_crossentropy"})
    offer = suggest(template("mlp-digits").project.model_copy(update={"training": stale}), card("digits"))
    assert offer.project.training.loss == {"digit": "sparse_categorical_crossentropy"}
    assert "old: loss dropped, it is no output" in offer.changes


def test_a_fitting_loss_of_ones_own_is_kept():
    own = Training(loss="huber", metrics=["mean_absolute_error"])
    project = default_project("diabetes").model_copy(update={"training": own})
    assert suggest(project, card("diabetes")).project.training.loss == {"progression": "huber"}


def test_early_stopping_on_accuracy_becomes_loss_for_a_number():
    project = template("mlp-digits").project
    training = Training.model_validate({"early_stopping": {"monitor": "val_accuracy"}})
    offer = suggest(project.model_copy(update={"training": training}), card("plane"))
    assert offer.project.training.early_stopping is not None
    assert offer.project.training.early_stopping.monitor == "val_loss"


def test_large_numbers_without_scaling_are_hinted_at():
    hint = "point brings numbers up to 301. Insert Normalization after it."
    assert suggest(template("perceptron").project, card("diabetes")).hints == (hint,)
    left = "scale leaves numbers up to 105, as wine reaches 1\u2009680. Replace it with Normalization."
    assert suggest(template("mlp-digits").project, card("wine")).hints == (left,)


@pytest.mark.parametrize("name", names())
def test_the_first_network_for_any_data_fits_it(name: str):
    project = default_project(name)
    found = shapes(project)
    assert fit_issues(project, found, found) == []
    assert suggest(project, card(name)).changes == suggest(project, card(name)).hints == ()


def test_the_first_network_for_digits_is_the_template():
    ready = template("mlp-digits").project
    assert default_project("digits") == ready


def test_settings_are_written_out_for_every_output_and_nothing_else():
    ready = template("two-in-two-out").project
    bare = ready.model_copy(update={"training": Training(loss={"old": "mse"})})
    training = settled(bare)
    assert training.loss == {"grower": "sparse_categorical_crossentropy", "alcohol": "mean_squared_error"}
    assert training.metrics == {"grower": ["accuracy"], "alcohol": ["mean_absolute_error"]}


def test_one_loss_for_all_and_no_metrics_at_all_are_respected():
    ready = template("mlp-digits").project
    training = settled(
        ready.model_copy(update={"training": Training(loss="sparse_categorical_crossentropy", metrics=[])})
    )
    assert training.loss == {"digit": "sparse_categorical_crossentropy"} and training.metrics == {"digit": []}


def test_without_data_nothing_is_settled():
    assert settled(Project(data=None)).loss == {}
    assert settled(Project(data=DataSpec(source="iris"))).loss == {}
