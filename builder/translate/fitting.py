"""Does a network that is sound also fit its data? One answer for pages and command line. No Keras here."""

from builder.data import fit
from builder.issues import Issue
from builder.project.document import Project
from builder.translate.report import CheckReport


def misfits(project: Project, report: CheckReport | None) -> list[Issue]:
    """Why a sound network cannot train on the chosen data.

    Args:
        project: Network, data and training settings.
        report: What a check said about the network; None when that is not known yet.

    Returns:
        Empty when it fits, and while the network itself has faults or is not known: these come first.
    """
    if report is None or not report.ok:
        return []
    shapes = {node_id: node.shape for node_id, node in report.nodes.items() if node.shape is not None}
    return fit.fit_issues(project, shapes, shapes)
