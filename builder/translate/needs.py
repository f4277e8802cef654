"""Which layers must see data first? They are adapted on the training rows; without data they get a warning."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.issues import Issue, IssueCode, Severity

if TYPE_CHECKING:
    from builder.translate.plan import Plan, Step

FITTED_BY = {
    "Normalization": "mean",
    "TextVectorization": "vocabulary",
    "StringLookup": "vocabulary",
    "IntegerLookup": "vocabulary",
    "Discretization": "bin_boundaries",
}
"""Layer type and the argument that makes looking at data unnecessary."""


def must_see_data(step: "Step") -> bool:
    """Whether the layer of this step learns something from data outside of training."""
    given_by = FITTED_BY.get(step.holder.type)
    return given_by is not None and step.holder.params.get(given_by) is None


def unfitted(planned: "Plan", prefix: str = "") -> Iterator[Issue]:
    """A warning for each layer that must see data first, nested ones by path."""
    for step in planned.steps:
        if must_see_data(step) and not step.is_again:
            yield Issue(
                code=IssueCode.NEEDS_FIT,
                severity=Severity.WARNING,
                node=prefix + step.id,
                message=f"{step.id} learns from the training rows before the first epoch; no rows are chosen.",
                fix="Choose data and train, or give its values by hand.",
            )
    for path, graph in planned.graphs.items():
        if "/" not in path:
            yield from unfitted(graph, f"{prefix}{path}/")
