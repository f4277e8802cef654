"""What is needed to train one project? The compiled model and its rows, made so that runs are repeatable."""

import time
from collections.abc import Callable, Sequence
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
from builder.train.fingerprint import fingerprint
from builder.train.passes.contract import Passes, Rows
from builder.train.passes.opening import open_passes
from builder.train.sample import Sample

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, slots=True)
class Session:
    """One project, ready to be trained."""

    project: Project
    model: "keras.Model"
    passes: Passes
    sample: Sample
    validation: Rows | None
    test: Rows | None
    parts: dict[str, int]
    """Number of rows to train, to validate and to test on."""
    fingerprint: str
    """Of the training rows: a run goes on only with those it began with."""

    @property
    def measured(self) -> Rows:
        """The training rows of the clean evaluation."""
        return self.sample.rows

    @property
    def rows(self) -> dict[str, int]:
        """Number of rows in each part; `measured` is among them, and changes when the sample is settled."""
        return self.parts | {"measured": self.measured.count}

    def settle_sample(self) -> None:
        """Decide, after the first epoch, how many training rows are measured cleanly; once for the whole run."""
        step_s = self.passes.train_pace.mean_s
        if self.sample.is_settled or step_s is None:
            return
        begun = time.perf_counter()
        self.passes.evaluate(self.measured)
        row_s = (time.perf_counter() - begun) / self.measured.count
        self.sample.settle(step_s * self.passes.steps, row_s)


def open_session(
    project: Project, measured: int | None = None, say: Callable[[str], object] = lambda _: None
) -> Session:
    """Read the data, build and compile the model.

    Args:
        project: What is trained.
        measured: Rows of the clean evaluation as they were settled before, where a run goes on.
        say: Told in words what is being done.

    Raises:
        Faulty: The network or its settings have faults, or do not fit the data; each is named.
        BuilderError: There is no such data, or its rows cannot be split as asked.
    """
    training = project.training
    say("Reading the rows")
    data = _data(project)
    say("Building the network")
    model = _seeded_model(project)
    train_x, train_y = _nested(project, data, data.split.train)
    adapt(model, train_x)
    compile_model(project, model)
    return Session(
        project=project,
        model=model,
        passes=open_passes(
            model,
            _rows(project, data, data.split.train),
            training.batch_size,
            training.seed,
            devices.wants_jit(training, model),
        ),
        sample=_sample(project, data, measured),
        validation=_rows(project, data, data.split.validation) if len(data.split.validation) else None,
        test=_rows(project, data, data.split.test) if len(data.split.test) else None,
        parts=dict(zip(("train", "validation", "test"), data.split.sizes, strict=True)),
        fingerprint=fingerprint(train_x, train_y),
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


def _sample(project: Project, data: Prepared, size: int | None) -> Sample:
    train = data.split.train
    return Sample(len(train), project.training.seed, lambda places: _rows(project, data, train[places]), size)


def _rows(project: Project, data: Prepared, indices: NDArray[np.int64]) -> Rows:
    return Rows(*_nested(project, data, indices), len(indices))


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
