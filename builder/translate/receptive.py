"""How much of the input does one position of each output see? Windows, added up along the wires.

Over branches the widest counts. Pure: what each call looks at is given. Source: Araujo, Norris & Sim, Distill 2019.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from builder.translate.plan import Kind, Plan, Step
from builder.translate.sizing.reach import Look, Reach, Window
from builder.translate.specs import Spec
from builder.translate.wiring import Tensor, tensors


@dataclass(frozen=True, slots=True)
class Grid:
    """What one position sees, on each axis of space or time."""

    sizes: tuple[Fraction, ...]
    """Positions of the input."""
    apart: tuple[Fraction, ...] | None
    """How far apart in the input neighbours lie; None: they are no longer in a grid."""

    @property
    def is_unmixed(self) -> bool:
        """Whether each position is still one of the input."""
        return all(size == 1 for size in self.sizes)


Sight = Grid | Look
"""A grid; else WHOLE or UNKNOWN."""


def fresh(spec: Spec) -> Grid:
    """What comes in: every position sees itself. In a row of numbers each is one; else the last axis is channels."""
    axes = max(1, len(spec.sample) - 1)
    return Grid((Fraction(1),) * axes, (Fraction(1),) * axes)


def through(reach: Reach, came: Sequence[Sight], out: Spec) -> Sight:
    """What one position sees behind a call.

    Args:
        reach: How far the call looks.
        came: What each incoming tensor has seen.
        out: The first output.
    """
    if reach is Look.WHOLE or Look.WHOLE in came:
        return Look.WHOLE
    seen = widest(came)
    if not isinstance(seen, Grid) or reach is Look.UNKNOWN:
        return Look.UNKNOWN
    if reach is Look.NEW:
        return fresh(out) if seen.is_unmixed else Grid(seen.sizes, None)
    if reach is Look.FIXED:
        return fresh(out) if seen.is_unmixed else Grid(seen.sizes, None)
    return _looked(reach, seen) if isinstance(reach, Window) else seen


def _looked(window: Window, seen: Grid) -> Sight:
    if seen.apart is None or len(seen.sizes) != len(window.sizes):
        return Look.UNKNOWN
    sizes = tuple(
        before + (size - 1) * apart
        for before, size, apart in zip(seen.sizes, window.sizes, seen.apart, strict=True)
    )
    return Grid(sizes, tuple(apart * step for apart, step in zip(seen.apart, window.steps, strict=True)))


def widest(came: Sequence[Sight]) -> Sight:
    """The widest of several branches, axis by axis."""
    grids = [sight for sight in came if isinstance(sight, Grid)]
    if len(grids) < len(came) or not grids:
        return Look.WHOLE if Look.WHOLE in came else Look.UNKNOWN
    if len({len(grid.sizes) for grid in grids}) > 1:
        return Look.UNKNOWN
    sizes = tuple(max(axis) for axis in zip(*(grid.sizes for grid in grids), strict=True))
    steps = [grid.apart for grid in grids if grid.apart is not None]
    apart = tuple(max(axis) for axis in zip(*steps, strict=True)) if len(steps) == len(grids) else None
    return Grid(sizes, apart)


def sights(planned: Plan, reaches: Mapping[str, Reach], specs: Mapping[str, Spec]) -> dict[str, Sight]:
    """What one position of each node's outputs sees, by path; inside nested networks as they are called first.

    Args:
        planned: The network.
        reaches: How far each call looks, by path; what is missing is unknown.
        specs: The first output of each node, by path; nodes without one are left out.
    """
    found: dict[str, Sight] = {}
    _walk(planned, "", reaches, specs, found, {})
    return found


def _walk(
    planned: Plan,
    prefix: str,
    reaches: Mapping[str, Reach],
    specs: Mapping[str, Spec],
    found: dict[str, Sight],
    given: Mapping[str, Sight],
) -> dict[str, Sight]:
    """What the nodes of one graph see, by id; `found` keeps the first by path."""
    here: dict[str, Sight] = {}
    for step in planned.steps:
        spec = specs.get(prefix + step.id)
        if spec is None:
            continue
        came = [here.get(tensor.node, Look.UNKNOWN) for tensor in step.tensors]
        if step.kind is Kind.INPUT:
            seen: Sight = given.get(step.id, fresh(spec))
        elif step.kind is Kind.MODEL and step.graph is not None:
            seen = _inside(step, step.graph, prefix, reaches, specs, found, here)
        else:
            seen = through(reaches.get(prefix + step.id, Look.UNKNOWN), came, spec)
        here[step.id] = seen
        found.setdefault(prefix + step.id, seen)
    return here


def _inside(
    step: Step,
    graph: Plan,
    prefix: str,
    reaches: Mapping[str, Reach],
    specs: Mapping[str, Spec],
    found: dict[str, Sight],
    here: Mapping[str, Sight],
) -> Sight:
    """Through a nested network, from its inputs to its first output."""
    wired = step.arguments.get("inputs", ())
    if isinstance(wired, dict):
        ends = [next(tensors(wired[str(key)]), Tensor("")) for key, _ in graph.inputs]
    else:
        ends = list(tensors(wired))
    given = {
        node_id: here.get(end.node, Look.UNKNOWN)
        for (_, node_id), end in zip(graph.inputs, ends, strict=False)
    }
    inner = _walk(graph, f"{prefix}{step.layer}/", reaches, specs, found, given)
    return inner.get(graph.outputs[0][1], Look.UNKNOWN) if graph.outputs else Look.UNKNOWN
