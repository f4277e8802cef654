"""What does the canvas paint on each node? The answer of a check, cut down to that."""

from pydantic import JsonValue

from builder.issues import Issue, IssueCode
from builder.translate.report import CheckReport, NodeReport

Painted = dict[str, JsonValue]


def annotations(report: CheckReport) -> dict[str, Painted]:
    """`{node id: {shape, dtype, params, trainable_params, flops, blocked_by, issues}}` for every node with news.

    Issues inside a nested network (`block/conv`) stand on the node that holds it.
    """
    painted: dict[str, Painted] = {
        node_id: node.model_dump(mode="json") | {"issues": []}
        for node_id, node in report.nodes.items()
        if "/" not in node_id
    }
    for issue in report.issues:
        if issue.node is not None:
            _paint(painted.setdefault(issue.node.partition("/")[0], _unknown()), issue)
    return painted


def _unknown() -> Painted:
    return NodeReport().model_dump(mode="json") | {"issues": []}


def _paint(node: Painted, issue: Issue) -> None:
    """What waits for another node looks blocked and says nothing of its own: one fault, one message."""
    said = node["issues"]
    assert isinstance(said, list)
    if issue.code is not IssueCode.BLOCKED or node["blocked_by"] is None:
        said.append(issue.model_dump(mode="json"))


def whole_network(report: CheckReport) -> list[Painted]:
    """The issues that belong to no single node."""
    return [issue.model_dump(mode="json") for issue in report.issues if issue.node is None]
