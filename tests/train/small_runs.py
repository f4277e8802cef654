"""Small networks on a few digits, trained in this process in executions of two steps."""

import signal
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from builder.design.document import Design, Edge, Node
from builder.project.document import DataSpec, Project, SplitSpec, Training
from builder.train import devices, saving
from builder.train.pace import Pace


@pytest.fixture
def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker's program runs in here, in executions of two steps, with a checkpoint after each."""
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


PLAIN = (
    layer("flat", "Flatten"),
    layer("hidden", "Dense", units=8, activation="relu"),
    layer("gaps", "Dropout", rate=0.2),
)
