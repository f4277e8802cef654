"""A picture shows the same on every backend that is installed, and leaves the model as it is there too."""

import json
import os
import subprocess
import sys

import pytest

DRAW = """
import json
import numpy as np
import keras
from builder.data.plane import plane
from builder.data.starter import default_project
from builder.train.observing.field import SIZE, UNIT_SIZE, Field

keras.utils.set_random_seed(3)
layers = keras.layers
random = np.random.default_rng(3)
model = keras.Sequential([
    keras.Input((2,)), layers.Dense(6, "tanh", name="hidden"), layers.BatchNormalization(), layers.Dropout(0.5, seed=1),
    layers.Dense(2, "softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
over = plane(default_project("circle"))
for weight in model.trainable_weights:
    weight.assign(random.normal(size=weight.shape))
model.optimizer.build(model.trainable_variables)
held = [*model.variables, *model.optimizer.variables, *model.metrics_variables]
before = [np.array(keras.ops.convert_to_numpy(v.value)) for v in held]
field = Field(model, over)
told = [field.answers(SIZE, once)[0][0] for once in (False, True)]
units = [field.units(UNIT_SIZE, once)[1] for once in (False, True)]
after = [np.array(keras.ops.convert_to_numpy(v.value)) for v in held]
model.train_on_batch(over.train.place, over.train.value)
moved = field.answers(SIZE)[0][0]
def apart(one, other): return int(np.abs(one.astype(int) - other.astype(int)).max())
print(json.dumps({
    "field": told[0][::6, ::8].tolist(),
    "same": all(np.array_equal(a, b) for a, b in zip(before, after)),
    "ways": max([apart(*told), *(apart(a, b) for a, b in zip(*units))]),
    "units": len(units[0]),
    "moved": apart(moved, told[0]),
}))
"""


def drawn(backend: str) -> dict:
    environment = os.environ | {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_a_picture_changes_nothing_and_shows_what_training_changes(backend: str) -> None:
    pytest.importorskip(backend)
    told = drawn(backend)
    assert told["same"], "weights, statistics, seeds, metrics and the optimizer's memory stay"
    assert told["ways"] <= 1, "compiled or not, the answers agree"
    assert told["units"] == 6
    assert told["moved"] > 0, "the next picture shows the new weights"


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_draws_what_tensorflow_draws(backend: str) -> None:
    pytest.importorskip(backend)
    ours, theirs = (drawn(name)["field"] for name in ("tensorflow", backend))
    assert all(
        abs(a - b) <= 1
        for one, other in zip(ours, theirs, strict=True)
        for a, b in zip(one, other, strict=True)
    )
