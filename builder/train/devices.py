"""How does a process come to compute with what was decided, and with how much memory at most?"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from builder.project.document import Training
from builder.train.rules import Setup

MEMORY_VARIABLE = "LAYERLOOM_WORKER_MB"
"""Environment variable: the memory that one worker may take, in MB."""
SHARE_OF_MACHINE = 0.85


def environment(training: Training) -> dict[str, str]:
    """Variables that must be set before the worker's Python starts."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "2", "KERAS_BACKEND": training.backend, "PYTHONUNBUFFERED": "1"}
    if training.device != "cpu":
        return quiet
    return quiet | {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu"}


def limit_mb() -> int:
    """The memory that a worker may take, in MB: as the machine's keeper says, else most of the machine."""
    told = os.environ.get(MEMORY_VARIABLE, "")
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return int(told) if told.isdecimal() else int(machine * SHARE_OF_MACHINE / 10**6)


def limit_memory() -> None:
    """Make memory run out as an exception rather than by taking the machine down; on Linux, without a GPU.

    RLIMIT_DATA, since TensorFlow does not start under RLIMIT_AS.
    """
    from builder.translate.machine import machine

    if sys.platform != "linux" or machine().gpus:
        return
    import resource

    limit = limit_mb() * 10**6
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def is_awake() -> bool:
    """Whether TensorFlow's runtime has started: from then on devices and threads are fixed, and no fork is sound."""
    import keras

    if keras.backend.backend() != "tensorflow":
        return True
    from tensorflow.python.eager import context

    return bool(getattr(context.context(), "_initialized", True))


def prepare(setup: Setup) -> None:
    """Let this process compute with what was decided; before anything is built."""
    import keras

    {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}[keras.backend.backend()](setup)
    keras.config.set_dtype_policy(setup.policy)


def _tensorflow(setup: Setup) -> None:
    """Choose devices and threads; a runtime that is awake already keeps what it has."""
    import tensorflow as tf

    if is_awake():
        return
    found = tf.config.list_physical_devices("GPU")
    if not setup.shares:
        found = [] if setup.gpu is None else [found[setup.gpu]]
        tf.config.set_visible_devices(found, "GPU")
    for gpu in found:
        tf.config.experimental.set_memory_growth(gpu, True)
    if setup.threads is not None:
        tf.config.threading.set_intra_op_parallelism_threads(setup.threads)


def _jax(setup: Setup) -> None:
    import jax

    kind = "cpu" if setup.gpu is None else "gpu"
    config: Any = jax.config
    config.update("jax_default_device", jax.devices(kind)[setup.gpu or 0])


def _torch(setup: Setup) -> None:
    import torch

    if setup.gpu is not None:
        torch.cuda.set_device(setup.gpu)
    if setup.threads is not None:
        torch.set_num_threads(setup.threads)


@contextmanager
def sharing(setup: Setup) -> Iterator[Any]:
    """Around building and compiling: the strategy that shares batches among devices, or None."""
    if not setup.shares:
        yield None
        return
    import tensorflow as tf

    kind = "GPU" if tf.config.list_logical_devices("GPU") else "CPU"
    strategy = tf.distribute.MirroredStrategy(
        [device.name for device in tf.config.list_logical_devices(kind)],
        cross_device_ops=None if kind == "GPU" else tf.distribute.ReductionToOneDevice(),
    )
    with strategy.scope():
        yield strategy
