"""What the canvas paints on each node: also on nodes in nested networks and on those that hold them."""

from builder.components.canvas.annotations import annotations
from builder.issues import Issue, IssueCode, Severity
from builder.translate.report import CheckReport, NodeReport, Totals


def told(*issues: Issue, **nodes: NodeReport) -> dict:
    named = {name.replace("__", "/"): node for name, node in nodes.items()}
    return annotations(CheckReport(ok=False, nodes=named, totals=Totals(), issues=issues))


FAULT = Issue(code=IssueCode.SHAPE_MISMATCH, node="block/conv", message="conv does not fit.")


def test_nodes_of_nested_networks_are_painted_by_their_path() -> None:
    painted = told(block=NodeReport(shape=(4,)), block__conv=NodeReport(shape=(8,), params=3))
    assert painted["block/conv"]["params"] == 3


def test_a_fault_inside_stands_on_the_node_and_on_each_node_that_holds_it() -> None:
    painted = told(FAULT, block=NodeReport(), block__conv=NodeReport())
    assert [painted[path]["issues"][0]["node"] for path in ("block", "block/conv")] == ["block/conv"] * 2


def test_what_waits_inside_says_nothing_outside() -> None:
    waits = Issue(
        code=IssueCode.BLOCKED, severity=Severity.INFO, node="block/out", message="out waits for conv."
    )
    painted = told(waits, block=NodeReport(), block__out=NodeReport(blocked_by="block/conv"))
    assert painted["block"]["issues"] == [] and painted["block/out"]["issues"] == []
