"""Does `ops.reshape` deal the rows of a batch anew? Keras allows it, and then nothing fits the targets any more."""

from math import prod

from builder.issues import Issue, IssueCode, Severity
from builder.translate.plan import Step
from builder.translate.specs import Spec


def warning(step: Step, incoming: tuple[Spec, ...]) -> Issue | None:
    """A warning where other rows come out than go in: it may be meant, if the rows are put together again."""
    wanted = step.node.args.get("newshape")
    if step.holder.type != "ops.reshape" or not incoming or not isinstance(wanted, list) or len(wanted) < 1:
        return None
    sizes = [size for size in wanted if isinstance(size, int)]
    row = [dim for dim in incoming[0].sample if dim is not None]
    if len(sizes) < len(wanted) or len(row) < len(incoming[0].sample):
        return None
    if sizes[0] > 0:
        return _issue(step, f"always gives {sizes[0]} rows", f"Begin newshape of {step.id} with -1.")
    if sizes[0] == -1 and prod(sizes[1:]) != prod(row):
        found = f"turns each row of {incoming[0].words} numbers into rows of {prod(sizes[1:])}"
        return _issue(step, found, f"Let what follows -1 in newshape multiply to {prod(row)}.")
    return None


def _issue(step: Step, found: str, fix: str) -> Issue:
    return Issue(
        code=IssueCode.SHAPE_MISMATCH,
        severity=Severity.WARNING,
        node=step.id,
        argument="newshape",
        message=f"{step.id} {found}, so that they no longer belong to the targets one by one.",
        fix=fix,
    )
