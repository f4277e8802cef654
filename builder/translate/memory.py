"""How much memory will training take, on the CPU? A forecast from counts alone, before anything is built.

Fitted to whole processes of `train.worker` on networks that `benchmarks/memory_forecast.py` names; how far it is off on
others stands in benchmarks/RESULTS.md.
"""

from pydantic import BaseModel, ConfigDict

from builder.data import registry
from builder.errors import NotFound
from builder.project.document import DataSpec, Project, Training
from builder.project.optimizers import Optimizer
from builder.translate.report import Totals

MIB = 2**20
PROGRAM_BYTES = 735 * MIB
"""Resident memory of a worker with a network of next to nothing: Python, TensorFlow and Keras."""
ACTIVATION_FACTOR = 1.05
"""Forward values wait for the gradients; a little more is taken for the moment between."""
COPIES_OF_STATE, COPIES_OF_WEIGHTS = 2.5, 1.3
"""A run keeps its last sound state (for a moment also the one before it) and the weights of its best epoch."""


class Forecast(BaseModel):
    """Memory of one training in bytes, by what it is for."""

    model_config = ConfigDict(frozen=True)

    batch_size: int
    optimizer: str
    weights: int
    gradients: int
    """Of one step, and what the optimizer needs beside them while it updates the largest array."""
    optimizer_slots: int
    """What the optimizer remembers of earlier steps."""
    copies: int
    """What the run keeps beside: its last sound state, and the best weights."""
    activations: int | None
    """What a batch keeps until its gradients have passed; None: a length is unknown."""
    data: int
    program: int
    training_bytes: int | None
    """What the network itself needs: everything but the program."""
    peak_bytes: int | None
    """The most that the whole process will have resident."""


def forecast(totals: Totals, training: Training, data_bytes: int = 0) -> Forecast:
    """The forecast for a network with these totals.

    `peak = program + (2 + slots) P + s B + N + copies + 1.05 A batch + 2 data`, with `copies = 2.5 ((1 + slots) P + N)
    + 1.3 (P + N)` and P, B, N the bytes of trained weights, of their largest array and of the others, A those that a
    row keeps.
    """
    slots, spare = _slots(training)
    trained, fixed = totals.trainable_bytes, totals.size_bytes - totals.trainable_bytes
    state = (1 + slots) * trained + fixed
    parts = {
        "weights": totals.size_bytes,
        "gradients": round(trained + spare * totals.largest_bytes),
        "optimizer_slots": slots * trained,
        "copies": round(COPIES_OF_STATE * state + COPIES_OF_WEIGHTS * totals.size_bytes),
        "data": 2 * data_bytes,
    }
    kept = totals.kept_bytes
    activations = None if kept is None else round(ACTIVATION_FACTOR * kept * training.batch_size)
    needed = None if activations is None else sum(parts.values()) + activations
    return Forecast(
        batch_size=training.batch_size,
        optimizer=training.optimizer.type,
        **parts,
        activations=activations,
        program=PROGRAM_BYTES,
        training_bytes=needed,
        peak_bytes=None if needed is None else needed + PROGRAM_BYTES,
    )


def of_project(totals: Totals, project: Project) -> Forecast:
    """The forecast for a project's own settings and data."""
    return forecast(totals, project.training, data_bytes(project.data))


def data_bytes(data: DataSpec | None) -> int:
    """Room for all rows of the chosen data, as 32-bit numbers; 0 where none are chosen."""
    if data is None:
        return 0
    try:
        card = registry.card(data.source)
    except NotFound:
        return 0
    return 4 * card.rows * (card.feature_count + 1)


def _slots(training: Training) -> tuple[int, float]:
    """Arrays that the optimizer keeps for each of weights, and how many of the largest it needs for a moment."""
    optimizer, params = training.optimizer.type, training.optimizer.params
    has_momentum = bool(params.get("momentum"))
    if optimizer is Optimizer.SGD:
        return (1, 2.5) if has_momentum else (0, 1.7)
    if optimizer is Optimizer.RMSPROP:
        return (2 if has_momentum else 1), 4.0
    return 2, 4.0
