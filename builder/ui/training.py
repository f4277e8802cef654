"""May this project be trained, and how is that begun? The same answer for Start, Build and Train.

Before a run is created the whole network is traced once by the engine (`rehearse`): that finds what Keras refuses only
when it runs. It costs about a third of a second for ResNet50, and 4 s more where the engine is still starting.
"""

import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

from pydantic import JsonValue

from builder.components.canvas.meaning import Meaning
from builder.errors import BuilderError, Faulty
from builder.experiments import seeds
from builder.experiments.seeds import Series
from builder.issues import Issue, Severity
from builder.project.document import Project
from builder.runs.records import ProjectRecord, RunRecord
from builder.train import launch, limits
from builder.translate import memory, room
from builder.translate.fitting import misfits
from builder.translate.report import CheckReport
from builder.ui import services

CHECK_S = 20.0
"""A cold engine needs about 5 s to answer its first check."""
LOOK_S = 1.0
"""As long as a page may take before it shows itself."""
REHEARSAL_S = 30.0
"""As long as a person is kept waiting for the rehearsal; a run that fails after that is explained like any other."""

_beginning = threading.Lock()

Rehearsal = Future[dict[str, JsonValue]]
"""Becomes a `CheckReport`."""


def report_of(project: Project, owner: str, timeout_s: float = CHECK_S) -> CheckReport | None:
    """What the project's network means; None when the engine did not answer in time."""
    meaning = Meaning(services.engine, owner)
    meaning.ask(project, None)
    meaning.wait(timeout_s, patient=True)
    return meaning.report


def obstacles(record: ProjectRecord, timeout_s: float = LOOK_S) -> list[Issue]:
    """Everything that keeps this project from being trained, the network's own faults first.

    Nothing while the engine is still warming up: a page does not wait for it, and `start` looks again.
    """
    report = report_of(record.project, record.owner, timeout_s)
    if report is None:
        return []
    faults = _errors([*report.issues, *misfits(record.project, report)])
    return faults or room.lacking(record.project, report, limits.limits().memory_mb)


def _errors(issues: list[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def active_run(owner: str) -> RunRecord | None:
    """The run of this person that is at work or waits, if there is one."""
    return next((run for run in services.store().runs(owner) if not run.ended), None)


def rehearse(record: ProjectRecord) -> Rehearsal:
    """Have the whole network traced once as it will be trained; does not wait."""
    request: dict[str, JsonValue] = {
        "kind": "rehearse",
        "design": record.project.design.model_dump(mode="json"),
    }
    return services.jobs().submit(record.owner, request)


def surprises(rehearsal: Rehearsal, timeout_s: float = REHEARSAL_S) -> CheckReport | None:
    """What the rehearsal says, if it found a fault.

    None where all is well, and where the engine has no answer: the run itself will tell.

    Raises:
        TimeoutError: There is no answer yet.
    """
    try:
        report = CheckReport.model_validate(rehearsal.result(timeout_s))
    except NotYet:
        raise
    except BuilderError:
        return None
    return None if report.ok else report


def start(record: ProjectRecord) -> RunRecord:
    """Begin a run with this project. Asked for twice, it begins once: a double click is one run.

    Raises:
        Faulty: The network has faults or does not fit its data.
    """
    running = active_run(record.owner)
    if running is not None:
        return running
    faults = obstacles(record, CHECK_S) or _rehearsed(record)
    if faults:
        raise Faulty(faults)
    return begin(record)


def start_series(record: ProjectRecord, count: int) -> Series | None:
    """As `start`, with `count` runs that differ in their seed; None where this person has a run at work already.

    Raises:
        Faulty: The network has faults or does not fit its data.
        BuilderError: `count` is too small or too large.
    """
    if active_run(record.owner) is not None:
        return None
    faults = obstacles(record, CHECK_S) or _rehearsed(record)
    if faults:
        raise Faulty(faults)
    forecast_mb = forecast(record)
    with _beginning:
        if active_run(record.owner) is not None:
            return None
        return seeds.begin(services.store(), record.owner, record.project, count, forecast_mb)


def _rehearsed(record: ProjectRecord) -> list[Issue]:
    try:
        report = surprises(rehearse(record))
    except NotYet:
        return []
    return [] if report is None else _errors(list(report.issues))


def begin(record: ProjectRecord) -> RunRecord:
    """Create the run and put it into the queue; the project has been looked over.

    Raises:
        LimitReached: This person may not begin it.
    """
    store = services.store()
    forecast_mb = forecast(record)
    with _beginning:  # two tabs that press at the same moment begin one run
        running = active_run(record.owner)
        if running is not None:
            return running
        run = store.create_run(record.owner, record.project)
        launch.start(store, run.id, record.owner, forecast_mb)
    return run


def forecast(record: ProjectRecord) -> float | None:
    """Memory that its process will take, in MB; None where it cannot be told at once."""
    report = report_of(record.project, record.owner, 0.25)
    peak = None if report is None else memory.of_project(report.totals, record.project).peak_bytes
    return None if peak is None else peak / 1e6
