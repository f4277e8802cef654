"""Gradients of layers agree on every backend that is installed, and leave the model as it is there too."""

import json
import os
import subprocess
import sys

import pytest

LOOK = """
import json
import numpy as np
import keras
from builder.train.observing.glance import Glance
from builder.train.passes.contract import Rows

one = keras.initializers.Constant
model = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(4, "relu", name="hidden", kernel_initializer=one(0.3), bias_initializer=one(0.1)),
    keras.layers.BatchNormalization(name="norm"),
    keras.layers.Dropout(0.5, seed=1),
    keras.layers.Dense(2, name="end", kernel_initializer=one(-0.2)),
])
model.compile("adam", "mean_squared_error")
random = np.random.default_rng(0)
rows = Rows(random.normal(size=(24, 3)).astype("float32"), random.normal(size=(24, 2)).astype("float32"), 24)
model.train_on_batch(rows.x, rows.y)
held = [*model.variables, *model.optimizer.variables, *model.metrics_variables]
before = [np.array(keras.ops.convert_to_numpy(v.value)) for v in held]
glance = Glance(model, rows, 8)
glance.note()
twice = [glance.look(1).figures for _ in range(2)]
after = [np.array(keras.ops.convert_to_numpy(v.value)) for v in held]
same = all(np.array_equal(a, b) for a, b in zip(before, after))
model.train_on_batch(rows.x, rows.y)
model.get_layer("end").trainable = False
frozen = glance.look(1).figures["end"].grad_rms
figures = {path: told.model_dump() for path, told in twice[0].items()}
print(json.dumps({"figures": figures, "same": same, "steady": twice[0] == twice[1], "frozen": frozen}))
"""


def looked(backend: str) -> dict:
    environment = os.environ | {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_a_look_on_another_backend_sees_what_tensorflow_sees(backend: str) -> None:
    pytest.importorskip(backend)
    ours, theirs = looked("tensorflow"), looked(backend)
    assert theirs["same"]
    assert theirs["steady"]
    assert theirs["frozen"] is None
    assert ours["figures"].keys() == theirs["figures"].keys()
    for path in ("hidden", "norm", "end"):
        one, other = ours["figures"][path], theirs["figures"][path]
        assert other["weight_norm"] == pytest.approx(one["weight_norm"], rel=0.05)
        assert (other["dead"], other["units"]) == (one["dead"], one["units"])
        # each backend drops other units, so that gradients agree in size only
        ratio = other["grad_rms"] / one["grad_rms"]
        assert 0.2 < ratio < 5


def test_looking_leaves_every_variable_as_it_is_and_sees_the_same_twice() -> None:
    seen = looked("tensorflow")
    assert seen["same"]
    assert seen["steady"]
    assert seen["frozen"] is None


MIRRORED = """
import tensorflow as tf
one_cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(one_cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
import json
import numpy as np
import keras
from builder.train.observing.glance import Glance
from builder.train.passes.contract import Rows

with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(2, name="end")])
    model.compile("adam", "mean_squared_error")
x, y = np.random.rand(32, 3).astype("float32"), np.random.rand(32, 2).astype("float32")
glance = Glance(model, Rows(x, y, 32), 8)
glance.note()
model.fit(x, y, batch_size=8, verbose=0)
print(json.dumps(glance.look(4).figures["end"].model_dump()))
"""


def test_a_network_on_two_devices_can_be_looked_at() -> None:
    environment = os.environ | {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", MIRRORED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["grad_rms"] > 0
    assert seen["update_ratio"] > 0
