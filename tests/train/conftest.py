import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from builder.design.document import Design, Edge, Node
from builder.project.document import DataSpec, Project, Training
from builder.runs.store import Store

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A fresh store in a home of its own."""
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "home"))
    made = Store()
    yield made
    made.close()


@pytest.fixture
def project() -> Project:
    """A small classifier of irises with everything that remembers: Normalization, BatchNormalization, Dropout."""
    layers = {
        "flower": Node(id="flower", type="InputLayer", params={"shape": [4]}),
        "even": Node(id="even", type="Normalization"),
        "hidden": Node(id="hidden", type="Dense", params={"units": 8, "activation": "relu"}),
        "steady": Node(id="steady", type="BatchNormalization"),
        "gaps": Node(id="gaps", type="Dropout", params={"rate": 0.3}),
        "kind": Node(id="kind", type="Dense", params={"units": 3, "activation": "softmax"}),
    }
    names = list(layers)
    edges = tuple(Edge(source=a, target=b) for a, b in pairwise(names))
    design = Design(name="irises", nodes=tuple(layers.values()), edges=edges)
    training = Training(epochs=4, batch_size=16, seed=3)
    return Project(name="irises", design=design, data=DataSpec(source="iris"), training=training)
