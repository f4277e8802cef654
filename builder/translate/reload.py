"""Which calls make a `.keras` file that Keras cannot load again? Training, weights and printed code are not touched.

Keras 3.15 writes a layer of a nested network that is also called from outside twice, and its weights once. Without
weights only a call that leads into the nested network is lost, as it is counted as the layer's first.
"""

from collections.abc import Iterator, Mapping

from builder.issues import Issue, IssueCode, Severity
from builder.translate.outcomes import Weights
from builder.translate.plan import Kind, Plan, Step


def lost(planned: Plan, held: Mapping[str, Weights], prefix: str = "") -> Iterator[Issue]:
    """A warning for each such call, nested ones by path.

    Args:
        held: What each layer that leads to an output holds, by path from the outermost design.
    """
    for step in planned.steps:
        block = _holding(planned, step)
        if block is not None and (_has_weights(held, prefix + step.layer) or _leads(planned, step, block)):
            yield _issue(step, block, prefix)
    for path, graph in planned.graphs.items():
        if "/" not in path and _is_used(planned, path):
            yield from lost(graph, held, f"{prefix}{path}/")


def _holding(planned: Plan, step: Step) -> Step | None:
    """The call of a nested network in which the layer that this step calls from outside is used too."""
    if "/" not in step.layer or step.id not in planned.needed:
        return None
    return next((block for block in planned.steps if _uses(planned, block, step.layer)), None)


def _uses(planned: Plan, block: Step, path: str) -> bool:
    """Whether a step that leads to an output calls a network in which the layer at `path` is used."""
    if block.kind is not Kind.MODEL or block.graph is None or block.id not in planned.needed:
        return False
    return path.startswith(f"{block.layer}/") and _is_used(block.graph, path[len(block.layer) + 1 :])


def _is_used(planned: Plan, path: str) -> bool:
    """Whether the layer or network at `path` leads to an output of this one, at any depth."""
    return any(
        (step.layer == path and step.id in planned.needed) or _uses(planned, step, path)
        for step in planned.steps
    )


def _has_weights(held: Mapping[str, Weights], path: str) -> bool:
    return any(part.params and f"{at}/".startswith(f"{path}/") for at, part in held.items())


def _leads(planned: Plan, step: Step, block: Step) -> bool:
    """Whether what comes out of the step goes into the nested network."""
    seen: set[str] = set()
    todo = [block.id]
    while todo:
        node_id = todo.pop()
        if node_id not in seen:
            seen.add(node_id)
            todo.extend(planned.sources.get(node_id, ()))
    return step.id in seen - {block.id}


def _issue(step: Step, block: Step, prefix: str) -> Issue:
    return Issue(
        code=IssueCode.NOT_RELOADABLE,
        severity=Severity.WARNING,
        node=prefix + step.id,
        argument="of",
        message=(
            f"{step.id} calls {step.layer} from outside of {block.id}. It trains as drawn, "
            "but Keras cannot load the .keras file of such a network again."
        ),
        fix=f"Export Python instead, or give {step.id} a layer of its own.",
    )
