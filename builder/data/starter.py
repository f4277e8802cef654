"""Which network begins well with a data set, when nothing is drawn yet?"""

from collections.abc import Iterator
from itertools import pairwise

from builder.data.columns import Kind, goal
from builder.data.dataset import Card, Look, Task
from builder.data.losses import default_loss, default_metrics
from builder.data.registry import card
from builder.design.document import Design, Edge, Node, Params
from builder.project.document import DataSpec, EarlyStopping, OptimizerSpec, Project, Training

ROW = 96.0
"""Pixels from one node to the next, downwards."""
HIDDEN = {Look.IMAGES: (64,), Look.TABLE: (32,), Look.POINTS: (32, 32)}
"""Units of the hidden layers: points need two to bend a border twice."""
EPOCHS = {Look.IMAGES: 15, Look.TABLE: 60, Look.POINTS: 60}
INPUT = {Look.IMAGES: "pixels", Look.TABLE: "columns", Look.POINTS: "point"}
WIDE = 3.0
"""A target beyond ±3 is scaled back at the end, so that the last layer need not reach far."""


def default_project(dataset_name: str) -> Project:
    """A small network that learns this data set in seconds, with its settings.

    Raises:
        NotFound: There is no such data set.
    """
    facts = card(dataset_name)
    nodes = tuple(
        Node(id=node_id, type=kind, params=params, position=(0.0, index * ROW))
        for index, (node_id, kind, params) in enumerate(_layers(facts))
    )
    edges = tuple(Edge(source=above.id, target=below.id) for above, below in pairwise(nodes))
    name = f"{facts.name}-mlp"
    design = Design(name=name, nodes=nodes, edges=edges, outputs=(nodes[-1].id,))
    data = DataSpec(source=facts.name, target=facts.target_name)
    return Project(name=name, design=design, data=data, training=_training(facts))


def _layers(facts: Card) -> Iterator[tuple[str, str, Params]]:
    yield INPUT[facts.look], "InputLayer", {"shape": [facts.feature_count]}
    if facts.look is Look.IMAGES:
        yield "scale", "Rescaling", {"scale": 1 / facts.value_range[1]}
    elif facts.look is Look.TABLE:
        yield "even", "Normalization", {}
    hidden = HIDDEN[facts.look]
    for number, units in enumerate(hidden, start=1):
        name = f"hidden_{number}" if len(hidden) > 1 else "hidden"
        yield name, "Dense", {"units": units, "activation": "relu"}
    yield from _answer(facts)


def _answer(facts: Card) -> Iterator[tuple[str, str, Params]]:
    low, high = facts.target_range
    if facts.task is Task.CLASSIFICATION:
        yield facts.target_name, "Dense", {"units": facts.class_count, "activation": "softmax"}
    elif max(abs(low), abs(high)) <= WIDE:
        yield facts.target_name, "Dense", {"units": 1}
    else:
        yield "answer", "Dense", {"units": 1}
        yield facts.target_name, "Rescaling", {"scale": (high - low) / 2, "offset": (high + low) / 2}


def _training(facts: Card) -> Training:
    learnt = goal(facts, None)
    units = facts.class_count if learnt.kind is Kind.CLASS else 1
    return Training(
        loss={facts.target_name: default_loss(learnt, units)},
        metrics={facts.target_name: list(default_metrics(learnt))},
        optimizer=OptimizerSpec(params={"learning_rate": 0.005}),
        epochs=EPOCHS[facts.look],
        early_stopping=None if facts.look is Look.IMAGES else EarlyStopping(patience=20),
    )
