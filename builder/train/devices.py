"""What does a run compute on, and with how much memory at most?"""

import os
import sys
from typing import TYPE_CHECKING

from builder.project.document import Training

if TYPE_CHECKING:
    import keras

MEMORY_VARIABLE = "LAYERLOOM_WORKER_MB"
"""Environment variable: the memory that one worker may take, in MB."""
SHARE_OF_MACHINE = 0.85


def environment(training: Training) -> dict[str, str]:
    """Variables that must be set before the worker's Python starts."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "2", "KERAS_BACKEND": "tensorflow", "PYTHONUNBUFFERED": "1"}
    return quiet | ({"CUDA_VISIBLE_DEVICES": "-1"} if training.device == "cpu" else {})


def limit_memory() -> None:
    """Make memory run out as an exception rather than by taking the machine down; on Linux, without a GPU.

    RLIMIT_DATA, since TensorFlow does not start under RLIMIT_AS.
    """
    if sys.platform != "linux" or has_gpu():
        return
    import resource

    told = os.environ.get(MEMORY_VARIABLE, "")
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = int(told) * 10**6 if told.isdecimal() else int(machine * SHARE_OF_MACHINE)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def has_gpu() -> bool:
    """Whether TensorFlow sees a GPU; it then takes memory as it needs it, not all at once."""
    import tensorflow as tf

    found = tf.config.list_physical_devices("GPU")
    for gpu in found:
        tf.config.experimental.set_memory_growth(gpu, True)
    return bool(found)


def wants_jit(training: Training, model: "keras.Model") -> bool:
    """Whether to compile with XLA: `auto` means on a GPU only, since convolutions on a CPU take 3.5 times as long."""
    if training.jit != "auto":
        return training.jit == "on"
    return has_gpu() and all(layer.supports_jit for layer in model._flatten_layers())


def words(training: Training) -> str:
    """What the run computes on, for its first event."""
    if has_gpu():
        return "Training on the GPU."
    return (
        "Training on the CPU: there is no GPU here." if training.device == "gpu" else "Training on the CPU."
    )
