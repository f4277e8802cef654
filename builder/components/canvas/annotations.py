"""What does the canvas paint on each node? The answer of a check, cut down to that."""

from pydantic import JsonValue

from builder.issues import Issue, IssueCode
from builder.project.document import Project
from builder.translate import memory
from builder.translate.report import CheckReport, NodeReport

Painted = dict[str, JsonValue]


def annotations(report: CheckReport) -> dict[str, Painted]:
    """`{path: {shape, dtype, params, trainable_params, flops, blocked_by, issues}}` for every node with news.

    A fault inside a nested network (`block/conv`) stands on the node itself and on each node that holds it.
    """
    # One dump of the whole report: a dump for each node took five times as long.
    nodes: dict[str, Painted] = report.model_dump(mode="json", include={"nodes"})["nodes"]
    painted: dict[str, Painted] = {path: node | {"issues": []} for path, node in nodes.items()}
    for issue in report.issues:
        for path in _standing(issue):
            _paint(painted.setdefault(path, _unknown()), issue, is_own=path == issue.node)
    return painted


def _standing(issue: Issue) -> tuple[str, ...]:
    """The paths at which an issue is painted: of its node and of every node around that."""
    ids = issue.node.split("/") if issue.node is not None else []
    return tuple("/".join(ids[: depth + 1]) for depth in range(len(ids)))


def _unknown() -> Painted:
    return NodeReport().model_dump(mode="json") | {"issues": []}


def _paint(node: Painted, issue: Issue, is_own: bool) -> None:
    """What waits for another node looks blocked and says nothing of its own: one fault, one message.

    What only waits inside a nested network is no news for the node that holds it.
    """
    said = node["issues"]
    assert isinstance(said, list)
    if issue.code is IssueCode.BLOCKED and (not is_own or node["blocked_by"] is not None):
        return
    said.append(issue.model_dump(mode="json"))


def whole_network(report: CheckReport) -> list[Painted]:
    """The issues that belong to no single node."""
    return [issue.model_dump(mode="json") for issue in report.issues if issue.node is None]


def totals(report: CheckReport, project: Project) -> Painted:
    """The totals, and what training needs beside the program at the project's batch size."""
    forecast = memory.of_project(report.totals, project)
    needed: Painted = {"training_bytes": forecast.training_bytes, "batch_size": forecast.batch_size}
    return report.totals.model_dump(mode="json") | needed
