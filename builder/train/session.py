"""What is needed to train one project? The compiled model and its rows, made so that runs are repeatable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from builder.data.prepare import Arrays, Prepared, prepare
from builder.design.order import input_ids, output_references
from builder.errors import Faulty
from builder.issues import Severity
from builder.project.document import Project
from builder.train import devices
from builder.train.adapt import adapt
from builder.train.passes.contract import Passes, Rows
from builder.train.passes.tensorflow import TensorFlowPasses

if TYPE_CHECKING:
    import keras

MEASURED_SHARE = 1 / 8
"""A forward pass costs a third of a training step: an eighth of the rows is 4 % of the run."""
MEASURED_LEAST = 256


@dataclass(frozen=True, slots=True)
class Session:
    """One project, ready to be trained."""

    project: Project
    model: "keras.Model"
    passes: Passes
    measured: Rows
    """The training rows of the clean evaluation."""
    validation: Rows | None
    test: Rows | None
    rows: dict[str, int]
    """Number of rows in each part."""


def open_session(project: Project) -> Session:
    """Read the data, build and compile the model.

    Raises:
        Faulty: The network or its settings have faults, or do not fit the data; each is named.
        BuilderError: There is no such data, or its rows cannot be split as asked.
    """
    training = project.training
    data = _data(project)
    model = _seeded_model(project)
    train_x, _ = _nested(project, data, data.split.train)
    adapt(model, train_x)
    compile_model(project, model)
    train = _rows(project, data, data.split.train)
    measured = _measured(len(data.split.train), training.seed)
    return Session(
        project=project,
        model=model,
        passes=TensorFlowPasses(
            model, train, training.batch_size, training.seed, devices.wants_jit(training, model)
        ),
        measured=_rows(project, data, data.split.train[measured]),
        validation=_rows(project, data, data.split.validation) if len(data.split.validation) else None,
        test=_rows(project, data, data.split.test) if len(data.split.test) else None,
        rows=dict(zip(("train", "validation", "test"), data.split.sizes, strict=True))
        | {"measured": len(measured)},
    )


def compile_model(project: Project, model: "keras.Model") -> None:
    """Give the model its optimizer, losses and metrics."""
    from builder.translate.training import compile_arguments

    model.compile(**compile_arguments(project), jit_compile=devices.wants_jit(project.training, model))


def _data(project: Project) -> Prepared:
    names = [key or node_id for key, node_id, _ in output_references(project.design)]
    return prepare(project, input_ids(project.design), names)


def _seeded_model(project: Project) -> "keras.Model":
    """The model as the exported script makes it: checking draws random numbers too, hence before the seed is set."""
    import keras

    from builder.translate.ghost import check
    from builder.translate.keras_model import assemble_design

    report = check(project.design, has_data=True)
    if not report.ok:
        raise Faulty([issue for issue in report.issues if issue.severity is Severity.ERROR])
    keras.utils.set_random_seed(project.training.seed)
    return assemble_design(project.design)


def _measured(count: int, seed: int) -> NDArray[np.int64]:
    """Which training rows are evaluated cleanly: always the same, so that the curve shows training and not luck."""
    size = min(count, max(MEASURED_LEAST, round(count * MEASURED_SHARE)))
    chosen: NDArray[np.int64] = np.sort(
        np.random.default_rng([seed, count]).choice(count, size, replace=False)
    )
    return chosen


def _rows(project: Project, data: Prepared, indices: NDArray[np.int64]) -> Rows:
    import tensorflow as tf

    x, y = tf.nest.map_structure(tf.constant, _nested(project, data, indices))
    return Rows(x, y, len(indices))


def _nested(project: Project, data: Prepared, indices: NDArray[np.int64]) -> tuple[Any, Any]:
    """Inputs and targets of these rows, nested as the model takes them."""
    inputs, targets = data.rows(indices)
    drawn = project.design.inputs
    keys: Sequence[str | None] = list(drawn) if isinstance(drawn, dict) else [None] * len(inputs)
    ends = output_references(project.design)
    return _nest(keys, inputs, input_ids(project.design)), _nest(
        [key for key, _, _ in ends], targets, [key or node_id for key, node_id, _ in ends]
    )


def _nest(keys: Sequence[str | None], arrays: Arrays, names: Sequence[str]) -> Any:
    """One array, a list in order, or a dict by key."""
    if any(key is not None for key in keys):
        return {str(key): arrays[name] for key, name in zip(keys, names, strict=True)}
    return arrays[names[0]] if len(names) == 1 else [arrays[name] for name in names]
