"""The templates: valid files, well drawn, as promised on the start page, and learning what they are for."""

import json
from collections.abc import Iterator

import numpy as np
import pytest

from builder.design.document import Design
from builder.design.order import lint, output_references
from builder.errors import NotFound
from builder.paths import TEMPLATES
from builder.project.document import Project
from builder.project.templates import CARDS, Template, template, templates

NODE_WIDTH, NODE_HEIGHT = 276, 52
ALL = pytest.mark.parametrize("ready", templates(), ids=lambda ready: ready.name)


def test_the_folder_and_the_table_hold_the_same_templates():
    assert {file.stem for file in TEMPLATES.iterdir()} == set(CARDS)
    assert [ready.name for ready in templates()] == list(CARDS)


def test_titles_and_summaries_are_those_of_the_start_page():
    assert [(ready.title, ready.summary) for ready in templates()] == [
        ("Perceptron", "Two classes, one line"),
        ("MLP", "Numbers in, classes out"),
        ("Small CNN", "Sees strokes before digits"),
        ("Deep residual MLP", "Shortcuts carry gradients"),
        ("Two in, two out", "Mixed inputs, two answers"),
        ("Autoencoder", "Down to 2 and back"),
    ]


def test_an_unknown_template_is_told_with_the_nearest():
    with pytest.raises(NotFound, match=r"Did you mean mlp-digits\?"):
        template("mlp-digit")
    with pytest.raises(NotFound, match="There is: perceptron"):
        template("?" * 10_000)


@ALL
def test_a_template_hangs_together(ready: Template):
    assert lint(ready.project.design) == []
    assert ready.project.design.name == ready.project.name


@ALL
def test_a_template_is_written_as_it_would_be_saved(ready: Template):
    raw = json.loads((TEMPLATES / f"{ready.name}.json").read_text(encoding="utf-8"))
    assert Project.model_validate(raw) == ready.project
    assert Design.model_validate(json.loads(ready.project.design.model_dump_json())) == ready.project.design


@ALL
def test_nodes_stand_on_the_grid_below_what_feeds_them_and_never_on_each_other(ready: Template):
    design = ready.project.design
    places = {node.id: node.position for node in design.nodes}
    assert all(x % 160 == 0 and y % 96 == 0 for x, y in places.values())
    assert all(places[edge.source][1] < places[edge.target][1] for edge in design.edges)
    for name, (x, y) in places.items():
        for other, (u, v) in places.items():
            assert name == other or abs(x - u) >= NODE_WIDTH or abs(y - v) >= NODE_HEIGHT + 40


@ALL
def test_every_output_has_its_own_loss_and_metrics(ready: Template):
    outputs = {node for _, node, _ in output_references(ready.project.design)}
    assert isinstance(ready.project.training.loss, dict) and set(ready.project.training.loss) == outputs
    assert isinstance(ready.project.training.metrics, dict) and set(ready.project.training.metrics) == outputs


def test_alcohol_is_not_among_the_inputs_of_two_in_two_out():
    data = template("two-in-two-out").project.data
    assert data is not None and data.inputs is not None and data.targets is not None
    given = [column for columns in data.inputs.values() for column in columns]
    assert "alcohol" not in given and len(given) == len(set(given)) == 12
    assert "alcohol" in data.targets.values()


def built(project: Project) -> object:
    """The network in plain Keras, with normalisation learnt from the training rows."""
    import keras

    from builder.data.prepare import prepare
    from builder.design.order import in_order, input_ids

    design = project.design
    outputs = [node for _, node, _ in output_references(design)]
    data = prepare(project, list(input_ids(design)), outputs)
    tensors = {}
    for node in in_order(design):
        if node.type == "InputLayer":
            tensors[node.id] = keras.Input(**node.params, name=node.id)
            continue
        layer = getattr(keras.layers, node.type)(name=node.id, **node.params)
        sources = [edge.source for edge in design.into(node.id)]
        if node.type == "Normalization":
            layer.adapt(data.inputs[sources[0]][data.split.train])
        given = [tensors[source] for source in sources]
        tensors[node.id] = layer(given if len(given) > 1 else given[0])
    inputs = {name: tensors[name] for name in data.inputs}
    return keras.Model(inputs, {name: tensors[name] for name in outputs}), data


SCORES = {
    "perceptron": {"accuracy": 0.97},
    "mlp-digits": {"accuracy": 0.95},
    "cnn-digits": {"accuracy": 0.95},
    "residual-mlp": {"accuracy": 0.93},
    "two-in-two-out": {"grower_accuracy": 0.92, "alcohol_mean_absolute_error": -0.5},
    "autoencoder-digits": {"loss": -11.0},
}
"""What validation must reach; errors are given as what they must not exceed, with a minus."""


@pytest.mark.oracle
@ALL
def test_a_template_has_the_parameters_that_it_claims_and_learns_with_its_own_settings(ready: Template):
    import keras

    training = ready.project.training
    keras.utils.set_random_seed(training.seed)
    model, data = built(ready.project)
    assert model.count_params() == ready.parameters
    optimizer = getattr(keras.optimizers, training.optimizer.type)(**training.optimizer.params)
    model.compile(
        optimizer, training.loss, metrics=training.metrics, steps_per_execution=8, jit_compile=False
    )
    best = trained(model, data, ready.project)
    for metric, wanted in SCORES[ready.name].items():
        assert best[metric] >= wanted if wanted > 0 else best[metric] <= -wanted, best


def trained(model: object, data: object, project: Project) -> dict[str, float]:
    """The validation scores of the best epoch by loss."""
    train_x, train_y = data.rows(data.split.train)
    check = data.rows(data.split.validation)
    scores = []
    for order in orders(project, len(data.split.train)):
        shuffled = [{name: rows[order] for name, rows in part.items()} for part in (train_x, train_y)]
        model.fit(*shuffled, batch_size=project.training.batch_size, shuffle=False, verbose=0)
        scores.append(model.evaluate(*check, batch_size=512, return_dict=True, verbose=0))
    return min(scores, key=lambda found: found["loss"])


def orders(project: Project, rows: int) -> Iterator[np.ndarray]:
    for epoch in range(project.training.epochs):
        yield np.random.default_rng([project.training.seed, epoch]).permutation(rows)
