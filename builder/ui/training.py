"""May this project be trained, and how is that begun? The same answer for Start, Build and Train."""

from builder.components.canvas.meaning import Meaning
from builder.errors import Faulty
from builder.issues import Issue, Severity
from builder.project.document import Project
from builder.runs.records import ProjectRecord, RunRecord
from builder.train import launch
from builder.translate.fitting import misfits
from builder.translate.report import CheckReport
from builder.ui import services

CHECK_S = 20.0
"""A cold engine needs about 5 s to answer its first check."""
LOOK_S = 1.0
"""As long as a page may take before it shows itself."""


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
    issues = [*report.issues, *misfits(record.project, report)]
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def active_run(owner: str) -> RunRecord | None:
    """The run of this person that is at work or waits, if there is one."""
    return next((run for run in services.store().runs(owner) if not run.ended), None)


def start(record: ProjectRecord) -> RunRecord:
    """Begin a run with this project. Asked for twice, it begins once: a double click is one run.

    Raises:
        Faulty: The network has faults or does not fit its data.
    """
    running = active_run(record.owner)
    if running is not None:
        return running
    faults = obstacles(record, CHECK_S)
    if faults:
        raise Faulty(faults)
    store = services.store()
    run = store.create_run(record.owner, record.project)
    launch.start(store, run.id, record.owner)
    return run
