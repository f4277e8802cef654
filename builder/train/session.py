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
from builder.train.apart import apart
from builder.train.facts import facts
from builder.train.fingerprint import fingerprint
from builder.train.passes.contract import Passes, Rows
from builder.train.passes.opening import open_passes
from builder.train.rules import Setup, decide
from builder.train.sample import Sample
from builder.translate.machine import machine
from builder.translate.report import CheckReport

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, slots=True)
class Session:
    """One project, ready to be trained."""

    project: Project
    model: "keras.Model"
    passes: Passes
    setup: Setup
    """What it computes with, and why."""
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
    report = looked_over(project)
    steps = -(-len(data.split.train) // training.batch_size) * training.epochs
    setup = decide(training, machine(), facts(project.design, report.totals, steps))
    devices.prepare(setup)
    train = _rows(project, data, data.split.train)
    with devices.sharing(setup) as strategy:
        model = _seeded_model(project)
        adapt(model, train.x)
        compile_model(project, model, setup.jit)
        passes = open_passes(model, train, training.batch_size, training.seed, setup, strategy)
    return Session(
        project=project,
        model=model,
        passes=passes,
        setup=setup,
        sample=_sample(project, data, measured),
        validation=_rows(project, data, data.split.validation) if len(data.split.validation) else None,
        test=_rows(project, data, data.split.test) if len(data.split.test) else None,
        parts=dict(zip(("train", "validation", "test"), data.split.sizes, strict=True)),
        fingerprint=fingerprint(train.x, train.y),
    )


def looked_over(project: Project) -> CheckReport:
    """The report on a network that can be built.

    Raises:
        Faulty: It has faults; each is named.
    """
    from builder.translate.ghost import check

    def told() -> CheckReport:
        return check(project.design, has_data=True)

    text = None if devices.is_awake() else apart(lambda: told().model_dump_json())
    report = told() if text is None else CheckReport.model_validate_json(text)
    if not report.ok:
        raise Faulty([issue for issue in report.issues if issue.severity is Severity.ERROR])
    return report


def compile_model(project: Project, model: "keras.Model", jit: bool = False) -> None:
    """Give the model its optimizer, losses and metrics."""
    from builder.translate.training import compile_arguments

    model.compile(**compile_arguments(project), jit_compile=jit)


def _data(project: Project) -> Prepared:
    names = [key or node_id for key, node_id, _ in output_references(project.design)]
    return prepare(project, input_ids(project.design), names)


def _seeded_model(project: Project) -> "keras.Model":
    """The model as the exported script makes it."""
    import keras

    from builder.translate.keras_model import assemble_design

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
