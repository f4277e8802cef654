"""What is there to compute with? Processor cores and GPUs, as the backend that Keras runs on here sees them.

Asking starts nothing on a GPU and takes no memory there. Only in processes that have Keras: engines and workers.
"""

import os

from pydantic import BaseModel, ConfigDict


class Gpu(BaseModel):
    """One graphics processor."""

    model_config = ConfigDict(frozen=True)

    name: str
    compute: float | None = None
    """NVIDIA's compute capability: from 7.0 on half precision is fast, from 8.0 on bfloat16 too. None: not known."""


class Machine(BaseModel):
    """What training can use."""

    model_config = ConfigDict(frozen=True)

    cores: int
    gpus: tuple[Gpu, ...] = ()
    logical_cpus: int = 1
    """More than one only where TensorFlow was told to act as if: tests share a batch among them."""


def machine() -> Machine:
    """This machine, through the backend of this process."""
    import keras

    look = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}[keras.backend.backend()]
    return look(cores())


def cores() -> int:
    """Processor cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _tensorflow(count: int) -> Machine:
    import tensorflow as tf

    found = []
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        major, minor = details.get("compute_capability") or (None, None)
        compute = None if major is None else float(f"{major}.{minor}")
        found.append(Gpu(name=details.get("device_name") or device.name, compute=compute))
    cpu = tf.config.list_physical_devices("CPU")[:1]
    logical = tf.config.get_logical_device_configuration(cpu[0]) if cpu else None
    return Machine(cores=count, gpus=tuple(found), logical_cpus=len(logical or [None]))


def _jax(count: int) -> Machine:
    import jax

    found = [device for device in jax.devices() if device.platform in ("gpu", "cuda", "rocm")]
    return Machine(
        cores=count,
        gpus=tuple(Gpu(name=gpu.device_kind, compute=_number(gpu, "compute_capability")) for gpu in found),
    )


def _number(device: object, name: str) -> float | None:
    text = str(getattr(device, name, ""))
    return float(text) if text.replace(".", "", 1).isdigit() else None


def _torch(count: int) -> Machine:
    import torch

    found = []
    for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        major, minor = torch.cuda.get_device_capability(index)
        found.append(Gpu(name=torch.cuda.get_device_name(index), compute=float(f"{major}.{minor}")))
    return Machine(cores=count, gpus=tuple(found))
