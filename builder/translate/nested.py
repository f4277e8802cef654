"""What does a nested network give for what is wired into it? As declared where that fits, else walked once more."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from builder.translate.faults import Refusal
from builder.translate.outcomes import Outcome, Weights
from builder.translate.plan import Plan, Step
from builder.translate.specs import Spec
from builder.translate.wiring import Tensor, tensors

if TYPE_CHECKING:
    from builder.translate.ghost import Checker, Walk

INSIDE = "Inside:"
DIFFERS = "Differs:"


def outcome(checker: "Checker", step: Step, prefix: str, known: Mapping[Tensor, Spec]) -> Outcome:
    """Outputs, weights and work of a call of a nested network."""
    graph, holder = step.graph, prefix + step.layer
    if graph is None:
        return Outcome(refusal=Refusal(f"{INSIDE} nothing is drawn in it.", making=False))
    declared = checker.graphs[holder]
    given = _given(graph, step, known)
    differing = [
        node_id for node_id, spec in given.items() if spec.shape != declared.known[Tensor(node_id)].shape
    ]
    held = sum((checker.weights[path] for path in declared.holders), Weights())
    if not differing:
        return Outcome(_outputs(graph, declared), held, declared.flops, kept_bytes=declared.kept_bytes)
    misfit = next((node_id for node_id in differing if not _fits(given[node_id], declared, node_id)), None)
    if misfit:
        return Outcome(refusal=Refusal(f"{DIFFERS} {declared.known[Tensor(misfit)].words}", making=False))
    return _walked_again(checker, step, graph, holder, given, held)


def _given(graph: Plan, step: Step, known: Mapping[Tensor, Spec]) -> dict[str, Spec]:
    """The specs that come in, by the id of the inner input."""
    wired = step.arguments.get("inputs", ())
    if isinstance(wired, dict):
        return {node_id: known[next(tensors(wired[str(key)]))] for key, node_id in graph.inputs}
    flat = tensors(wired)
    return {node_id: known[tensor] for (_, node_id), tensor in zip(graph.inputs, flat, strict=True)}


def _outputs(graph: Plan, walk: "Walk") -> tuple[Spec, ...]:
    """The specs of the outputs in Keras' flatten order: keys sorted."""
    ends = sorted(graph.outputs, key=lambda end: end[0] or "")
    return tuple(walk.known[Tensor(node_id, port)] for _, node_id, port in ends)


def _fits(given: Spec, declared: "Walk", node_id: str) -> bool:
    """Whether a tensor may enter an input: equal rank, and equal lengths wherever both are known."""
    wanted = declared.known[Tensor(node_id)].shape
    pairs = zip(given.shape, wanted, strict=False)
    return len(given.shape) == len(wanted) and all(one == two or None in (one, two) for one, two in pairs)


def _walked_again(
    checker: "Checker", step: Step, graph: Plan, holder: str, given: dict[str, Spec], held: Weights
) -> Outcome:
    """The network once more with what comes in; where it is drawn, the nodes inside then show these shapes."""
    again = type(checker)(checker.cache, thorough=checker.thorough)
    again.first, again.graphs, again.weights = dict(checker.first), checker.graphs, dict(checker.weights)
    walk = again.walk(graph, f"{holder}/", given)
    if not step.is_again:
        checker.nodes.update(again.nodes)
    if any(Tensor(node_id, port) not in walk.known for _, node_id, port in graph.outputs):
        inner = () if step.is_again else tuple(issue for issue in again.issues if issue not in checker.issues)
        return Outcome(refusal=Refusal(f"{INSIDE} {again.issues[0].message}", making=False, inner=inner))
    return Outcome(_outputs(graph, walk), held, walk.flops, kept_bytes=walk.kept_bytes)
