"""How does a person see and overrule what a run computes with? Fields that say what the rules choose, and why."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TypeVar

import streamlit as st
from pydantic import JsonValue

from builder.project.document import Project, Training
from builder.runs.records import Choice
from builder.train.facts import facts
from builder.train.rules import decide
from builder.translate.machine import Machine
from builder.ui import services

Name = TypeVar("Name", str, int | str)

BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
PRECISIONS = {
    "auto": "Automatic",
    "float32": "float32",
    "mixed_float16": "mixed float16",
    "mixed_bfloat16": "mixed bfloat16",
}
XLA = {"auto": "Automatic", "on": "On", "off": "Off"}
STEPS: Mapping[int | str, str] = {"auto": "Automatic", 1: "1", 8: "8", 32: "32", 128: "128"}


def computing(project: Project, key: str) -> dict[str, JsonValue]:
    """The settings of computing as the person set them, by their names in `Training`."""
    training, machine = project.training, services.machine()
    with st.expander("Compute", icon=":material/memory:"):
        left, right = st.columns(2)
        with left:
            device = _choice("Device", _devices(machine, training.device), training.device, f"{key}.device")
            jit = _choice("XLA", XLA, training.jit, f"{key}.jit", "Compiles each step for this machine.")
        with right:
            precision = _choice("Precision", PRECISIONS, training.precision, f"{key}.precision")
            steps = _choice(
                "Steps per execution",
                _with(STEPS, training.steps_per_execution),
                training.steps_per_execution,
                f"{key}.steps",
                "Steps that are done before Python looks again; fewer where they would take above 0.1 s.",
            )
        backend = _backend(training, key)
        chosen: dict[str, JsonValue] = {
            "device": device,
            "precision": precision,
            "jit": jit,
            "steps_per_execution": steps,
            "backend": backend,
        }
        _reasons(project.model_copy(update={"training": training.model_copy(update=chosen)}), machine)
    return chosen


def _choice(label: str, names: Mapping[Name, str], present: Name, key: str, help_: str | None = None) -> Name:
    known = list(names)
    return st.selectbox(label, known, known.index(present), names.__getitem__, key=key, help=help_)


def _devices(machine: Machine, present: str) -> dict[str, str]:
    """What there is, and what the file says even where it is not there."""
    gpus = {f"gpu:{number}": f"GPU {number}: {gpu.name}" for number, gpu in enumerate(machine.gpus)}
    cpu = "CPU, 1 core" if machine.cores == 1 else f"CPU, {machine.cores} cores"
    names = {"auto": "Automatic", "cpu": cpu, **gpus}
    if len(machine.gpus) > 1:
        names["all"] = f"All {len(machine.gpus)} GPUs"
    return names if present in names else {**names, present: f"{present} (not here)"}


def _with(names: Mapping[int | str, str], present: int | str) -> Mapping[int | str, str]:
    return names if present in names else {**names, present: str(present)}


def _backend(training: Training, key: str) -> str:
    """A field only where there is a choice."""
    names = {name: title for name, title in BACKENDS.items() if find_spec(name) or name == training.backend}
    if len(names) == 1:
        return training.backend
    return _choice("Backend", names, training.backend, f"{key}.backend", "What Keras computes with.")


def _reasons(project: Project, machine: Machine) -> None:
    """What the next run will compute with, one line each; the worker decides again with all figures."""
    setup = decide(project.training, machine, facts(project.design))
    told = [
        _line(choice) for choice in setup.choices if choice.what not in ("threads", "steps_per_execution")
    ]
    st.caption("  \n".join(told))


def _line(choice: Choice) -> str:
    return f"{choice.value}: {choice.reason}"
