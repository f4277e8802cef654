"""What happens between a press on Train and the first step? The network is rehearsed while the canvas stays alive.

The answer is looked for whenever the canvas asks again; a page never stands still for it.
"""

import time
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass

from builder.components.canvas.desk import Desk
from builder.components.canvas.meaning import same_network
from builder.components.canvas.wire import Notice
from builder.errors import EditRefused, Faulty
from builder.issues import Severity
from builder.project.document import Project
from builder.runs.records import RunRecord
from builder.ui import training

AT_ONCE_S = 1.0
"""A warm engine answers nearly every network within this, and the press leads straight to the run."""
WORDS = "Running the whole network once, without data, before it is trained."


@dataclass(frozen=True, slots=True)
class Departure:
    """A training that is about to begin."""

    project: Project
    rehearsal: training.Rehearsal
    asked_at: float
    """Seconds on the monotonic clock."""


def prepare(desk: Desk) -> Departure | None:
    """Look at what is known and have the network rehearsed; None where a run is at work already.

    Raises:
        Faulty: The network has faults or does not fit its data.
    """
    if training.active_run(desk.saved.owner) is not None:
        return None
    faults = training.obstacles(desk.saved, training.CHECK_S)
    if faults:
        raise Faulty(faults)
    return Departure(desk.saved.project, training.rehearse(desk.saved), time.monotonic())


def arrived(desk: Desk, departure: Departure, timeout_s: float = 0.0) -> RunRecord | None:
    """The run, once the rehearsal is over; None while it lasts, with words about it on the desk.

    Raises:
        Faulty: The rehearsal found a fault, which is now shown on its node.
        EditRefused: The drawing was changed meanwhile.
    """
    try:
        report = training.surprises(departure.rehearsal, timeout_s)
    except NotYet:
        if time.monotonic() - departure.asked_at < training.REHEARSAL_S:
            desk.notice, desk.waits = Notice(severity="info", text=WORDS), True
            return None
        report = None
    desk.notice, desk.waits = None, False
    if not same_network(departure.project.design, desk.saved.project.design):
        raise EditRefused("The drawing has changed meanwhile.", remedy="Press Train again.")
    if report is not None:
        desk.meaning.show(report)
        raise Faulty([issue for issue in report.issues if issue.severity is Severity.ERROR])
    return training.begin(desk.saved)
