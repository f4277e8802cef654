"""Which networks are drawn inside an argument, as in TimeDistributed of a whole network, and are they sound?

Such a network stands where a layer may stand: `{"type": "Model", "graph": {…}}`. It has one input and one output.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import JsonValue, ValidationError

from builder.design import order
from builder.design.document import Design, Node
from builder.issues import Issue, IssueCode, Severity
from builder.translate import needs

if TYPE_CHECKING:
    from builder.translate.plan import Plan

DEEPEST = 6
"""Networks within networks within an argument; each is planned and traced by itself."""


def networks(params: Mapping[str, JsonValue], prefix: str = "") -> Iterator[tuple[str, Design]]:
    """Every network directly inside these arguments with its place, such as `layer` or `layer.layer`.

    Raises:
        ValidationError: One of them is no design.
    """
    for name, value in params.items():
        if not isinstance(value, dict):
            continue
        inner = value.get("params")
        if value.get("type") == "Model":
            yield prefix + name, Design.model_validate(value.get("graph"))
        elif isinstance(inner, dict):
            yield from networks(inner, f"{prefix}{name}.")


def replaced(
    params: Mapping[str, JsonValue], by: Callable[[str], JsonValue], prefix: str = ""
) -> dict[str, JsonValue]:
    """The arguments with something else in the place of each network; `by` is given the place."""
    return {name: _replaced(value, by, prefix + name) for name, value in params.items()}


def _replaced(value: JsonValue, by: Callable[[str], JsonValue], place: str) -> JsonValue:
    if not isinstance(value, dict):
        return value
    if value.get("type") == "Model":
        return by(place)
    inner = value.get("params")
    return {**value, "params": replaced(inner, by, f"{place}.")} if isinstance(inner, dict) else value


def issues(node: Node, plan: "Callable[[Design], Plan]") -> Iterator[Issue]:
    """What is wrong with the networks inside a node's arguments, told on the node; structure and arguments only."""
    if _depth(node.params) > DEEPEST:
        message = f"{node.id} holds networks within networks, more than {DEEPEST} deep."
        yield Issue(
            code=IssueCode.TOO_LARGE, node=node.id, message=message, fix="Draw fewer inside each other."
        )
        return
    try:
        found = list(networks(node.params))
    except ValidationError:
        yield _told(node, "layer", "the network inside cannot be read.", "Draw it again.")
        return
    for place, design in found:
        yield from _of_network(node, place, design, plan(design))


def _of_network(node: Node, place: str, design: Design, planned: "Plan") -> Iterator[Issue]:
    argument = place.partition(".")[0]
    for issue in planned.issues:
        if issue.severity is Severity.ERROR:
            yield _told(node, argument, issue.message, issue.fix)
    if len(order.input_ids(design)) > 1 or len(planned.outputs) > 1:
        message = "the network inside must have one input and one output."
        yield _told(node, argument, message, "Join them inside, or draw it as a network of its own.")
    for issue in needs.unfitted(planned):
        message = f"{issue.node} learns from the training rows, which do not reach it here."
        yield _told(node, argument, message, "Give its values by hand, or put it before this layer.")


def _told(node: Node, argument: str, message: str, fix: str | None) -> Issue:
    return Issue(
        code=IssueCode.BAD_ARGUMENT,
        node=node.id,
        argument=argument,
        message=f"Inside {node.id}: {message}",
        fix=fix,
    )


def _depth(value: JsonValue) -> int:
    """How many networks lie within each other."""
    if isinstance(value, list):
        return max(map(_depth, value), default=0)
    if not isinstance(value, dict):
        return 0
    return max(map(_depth, value.values()), default=0) + ("graph" in value)
