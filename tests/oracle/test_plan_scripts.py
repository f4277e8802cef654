"""Does the exported script learn what the run learned? Both are run, and their curves laid side by side."""

import json
import os
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from builder.design.document import Design, Edge, Node
from builder.project import templates
from builder.project.document import DataSpec, EarlyStopping, Project, Training
from builder.runs.frames import history
from builder.runs.store import Store
from builder.train import launch
from builder.translate.python_code import project_code

pytestmark = pytest.mark.oracle
PER_OUTPUT = {"val_grower_loss", "val_alcohol_loss"}
"""Keras averages the loss of one output over batches, however many rows the last one has: it depends on the batches."""
TELL = """
import json
print("CURVES " + json.dumps(history))
"""


def template(name, **training):
    project = next(each.project for each in templates.templates() if each.name == name)
    settings = project.training.model_dump() | {"early_stopping": None} | training
    return project.model_copy(update={"training": Training.model_validate(settings)})


def irises():
    """Everything that remembers or draws: Normalization, BatchNormalization, Dropout; it stops early."""
    layers = [
        Node(id="flower", type="InputLayer", params={"shape": [4]}),
        Node(id="even", type="Normalization"),
        Node(id="hidden", type="Dense", params={"units": 8, "activation": "relu"}),
        Node(id="steady", type="BatchNormalization"),
        Node(id="gaps", type="Dropout", params={"rate": 0.3}),
        Node(id="kind", type="Dense", params={"units": 3, "activation": "softmax"}),
    ]
    edges = tuple(Edge(source=one.id, target=two.id) for one, two in pairwise(layers))
    stopping = EarlyStopping(monitor="val_accuracy", patience=2)
    training = Training(epochs=12, batch_size=16, seed=3, early_stopping=stopping)
    design = Design(name="irises", nodes=tuple(layers), edges=edges)
    return Project(name="irises", design=design, data=DataSpec(source="iris"), training=training)


def even_inside():
    """Normalization within a nested network, behind a layer: it sees what reaches it, not the raw rows."""
    inner = Design(
        nodes=(Node(id="x", type="InputLayer", params={"shape": [4]}), Node(id="even", type="Normalization")),
        edges=(Edge(source="x", target="even"),),
    )
    layers = [
        Node(id="flower", type="InputLayer", params={"shape": [4]}),
        Node(id="smaller", type="Rescaling", params={"scale": 0.1, "offset": 1.0}),
        Node(id="block", type="Model", graph=inner),
        Node(id="kind", type="Dense", params={"units": 3, "activation": "softmax"}),
    ]
    edges = tuple(Edge(source=one.id, target=two.id) for one, two in pairwise(layers))
    design = Design(nodes=tuple(layers), edges=edges)
    return Project(design=design, data=DataSpec(source="iris"), training=Training(epochs=2))


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "home"))
    made = Store()
    yield made
    made.close()


def begun(store, project):
    """The id of a run that has been started."""
    run_id = store.create_run("ann", project).id
    launch.start(store, run_id, "ann")
    return run_id


def curves_of_run(store, run_id):
    deadline = time.monotonic() + 120
    while not store.run(run_id).ended:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert store.run(run_id).state == "finished", store.run(run_id).error
    return history(store.events(run_id))


def curves_of_script(project, folder):
    script = folder / "script.py"
    script.write_text(project_code(project) + TELL, encoding="utf-8")
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": "", "CUDA_VISIBLE_DEVICES": "-1"}
    done = subprocess.run(
        [sys.executable, "-I", script.name], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert list(folder.glob("*.keras"))
    (line,) = [each for each in done.stdout.splitlines() if each.startswith("CURVES ")]
    epochs = json.loads(line.removeprefix("CURVES "))
    return {name: [epoch[name] for epoch in epochs] for name in epochs[0]}


@pytest.mark.parametrize(
    "project",
    [
        template("cnn-digits", epochs=1),
        template("two-in-two-out", epochs=4),
        irises(),
        even_inside(),
    ],
    ids=["cnn", "two-in-two-out", "irises", "normalization-inside"],
)
def test_the_script_learns_what_the_run_learned(project, store, tmp_path):
    run_id = begun(store, project)
    script, run = curves_of_script(project, tmp_path), curves_of_run(store, run_id)
    assert len(script["loss"]) == len(run["keras_loss"])
    for name in script.keys() - PER_OUTPUT:
        values = script[name]
        assert values == pytest.approx(
            run[name if name.startswith("val_") else f"keras_{name}"], rel=1e-5, abs=1e-5
        )
