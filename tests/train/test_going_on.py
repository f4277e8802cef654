from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from breaking import Bystander, Place, assert_same, break_off, told, trained

from builder.design.document import Design, Edge, Node
from builder.project.document import DataSpec, OptimizerSpec, Project, SplitSpec, Training
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import devices, saving
from builder.train.pace import Pace


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker's program runs in here, in executions of two steps, with a checkpoint after each."""
    import signal

    monkeypatch.setattr(devices, "limit_memory", lambda: None)
    monkeypatch.setattr(Pace, "steps", property(lambda _: 2))
    monkeypatch.setattr(saving, "EVERY_S", 0.0)
    monkeypatch.setattr(saving, "COST_SHARE", 1e9)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def chain(*layers: Node) -> Design:
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(layers))
    return Design(name="net", nodes=layers, edges=edges)


def layer(name: str, kind: str, **params: Any) -> Node:
    return Node(id=name, type=kind, params=params)


def digits(*inner: Node, **training: Any) -> Project:
    """A network for a few digits with these layers in the middle."""
    design = chain(
        layer("pixels", "InputLayer", shape=[8, 8, 1]),
        *inner,
        layer("digit", "Dense", units=10, activation="softmax"),
    )
    split = SplitSpec(train=0.1, validation=0.05, test=0.85)
    settings = {"epochs": 4, "batch_size": 16, "seed": 5} | training
    return Project(
        name="net",
        design=design,
        data=DataSpec(source="digits", split=split),
        training=Training.model_validate(settings),
    )


RANDOM = digits(
    layer("turned", "RandomRotation", factor=0.1),
    layer("flipped", "RandomFlip"),
    layer("noisy", "GaussianNoise", stddev=0.3),
    layer("flat", "Flatten"),
    layer("hidden", "Dense", units=16, activation="relu"),
    layer("steady", "BatchNormalization"),
    layer("gaps", "Dropout", rate=0.3),
)
RECURRENT = digits(
    layer("rows", "Reshape", target_shape=[8, 8]),
    layer("memory", "LSTM", units=8, dropout=0.2, recurrent_dropout=0.3),
    epochs=3,
)
PLAIN = (
    layer("flat", "Flatten"),
    layer("hidden", "Dense", units=8, activation="relu"),
    layer("gaps", "Dropout", rate=0.2),
)


def optimized(kind: str, **params: Any) -> Project:
    return digits(*PLAIN, epochs=3, optimizer=OptimizerSpec(type=kind, params=params).model_dump())


@pytest.mark.parametrize(
    ("project", "broken_at"),
    [
        pytest.param(RANDOM, (2, 6), id="Dropout, noise, augmentation, BatchNormalization, within an epoch"),
        pytest.param(RANDOM, (1, 2), id="right at the beginning"),
        pytest.param(RECURRENT, (2, 4), id="LSTM with recurrent dropout"),
        pytest.param(optimized("SGD", learning_rate=0.1, momentum=0.9, nesterov=True), (2, 2), id="SGD"),
        pytest.param(optimized("RMSprop", learning_rate=0.01, momentum=0.5), (2, 2), id="RMSprop"),
        pytest.param(
            optimized("AdamW", learning_rate=0.01), (2, 12), id="AdamW, before the epoch is measured"
        ),
    ],
)
def test_a_run_that_goes_on_equals_one_that_was_never_broken_off(
    store: Store, monkeypatch: pytest.MonkeyPatch, project: Project, broken_at: Place
) -> None:
    whole, broken = (store.create_run("ann", project).id for _ in range(2))
    trained(monkeypatch, store, whole)
    run = trained(monkeypatch, store, broken, Bystander(broken_at, break_off))
    assert run.state is RunState.FAILED and run.epoch < project.training.epochs
    again = trained(monkeypatch, store, broken)
    assert again.state is RunState.FINISHED
    assert_same(store, whole, broken)
    assert [epoch for epoch, _ in told(store, broken)] == list(range(project.training.epochs + 1))
    assert store.events(broken, kinds=[EventKind.RESUMED])[0].seq == again.rewound
