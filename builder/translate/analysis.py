"""What does each layer hold, cost and see? One row a layer, the sums, and the memory of training.

Rests on the same walk and cache as the check, so that it costs a few milliseconds more.
"""

from collections.abc import Iterator
from math import ceil

from builder.design.document import Design, Node
from builder.issues import Issue, Severity
from builder.project.document import Project
from builder.translate import memory, receptive
from builder.translate.analysis_report import Analysis, AnalysisRow, Seen, Sums, WeightRow
from builder.translate.ghost import Called, Looked, look
from builder.translate.initializers import initializer
from builder.translate.outcomes import Cache
from builder.translate.plan import Kind, Plan
from builder.translate.receptive import Grid, Sight
from builder.translate.report import NodeReport, Totals
from builder.translate.sizing.reach import Look


def analyse(project: Project, cache: Cache | None = None) -> Analysis:
    """The analysis of a project's network. Never raises for what is drawn; allocates nothing.

    Args:
        cache: That of the check.
    """
    looked = look(project.design, cache, has_data=project.data is not None)
    totals = looked.report.totals
    rows = tuple(_rows(looked, totals, dict(_nodes(project.design, ""))))
    forecast = memory.of_project(totals, project)
    return Analysis(
        ok=looked.report.ok, name=project.name, rows=rows, totals=_sums(totals, rows), memory=forecast
    )


def _sums(totals: Totals, rows: tuple[AnalysisRow, ...]) -> Sums:
    return Sums(
        layers=sum("/" not in row.id for row in rows),
        params=totals.params,
        trainable_params=totals.trainable_params,
        weights_bytes=totals.size_bytes,
        activation_bytes=totals.kept_bytes,
        flops=totals.flops,
    )


def _nodes(design: Design, prefix: str) -> Iterator[tuple[str, Node]]:
    """All drawn nodes by path, those of nested networks too."""
    for node in design.nodes:
        yield prefix + node.id, node
        if node.graph is not None:
            yield from _nodes(node.graph, f"{prefix}{node.id}/")


def _rows(looked: Looked, totals: Totals, nodes: dict[str, Node]) -> Iterator[AnalysisRow]:
    calls = looked.calls
    reaches = {path: called.outcome.reach for path, called in calls.items()}
    specs = {path: called.outcome.outputs[0] for path, called in calls.items() if called.outcome.outputs}
    sights = receptive.sights(looked.plan, reaches, specs)
    issues: dict[str, list[Issue]] = {}
    for issue in looked.report.issues:
        if issue.node:
            issues.setdefault(issue.node, []).append(issue)
    for path in _paths(looked.plan, ""):
        node = looked.report.nodes.get(path, NodeReport())
        called, told = calls.get(path), issues.get(path, [])
        if called is None:
            yield _uncalled(path, node, nodes[path], told)
        else:
            yield _row(path, node, called, sights.get(path), told, totals)


def _paths(planned: Plan, prefix: str) -> Iterator[str]:
    """The paths of all nodes in the order in which they are called; what lies inside a node follows it."""
    called = [step.id for step in planned.steps]
    known = set(called)
    for node_id in (*called, *(each for each in planned.sources if each not in known)):
        yield prefix + node_id
        if node_id in planned.graphs:
            yield from _paths(planned.graphs[node_id], f"{prefix}{node_id}/")


def _uncalled(path: str, node: NodeReport, drawn: Node, issues: list[Issue]) -> AnalysisRow:
    """A layer that is bypassed, waits for another, or whose own fault keeps it from being asked about."""
    return AnalysisRow(
        id=path,
        type=drawn.type,
        nested=drawn.type == "Model",
        state=_state(node, issues),
        output=node.shape,
        dtype=node.dtype,
        params=node.params,
        trainable_params=node.trainable_params,
        flops=node.flops,
        notes=_notes(node, drawn, None, issues),
    )


def _row(
    path: str,
    node: NodeReport,
    called: Called,
    sight: Sight | None,
    issues: list[Issue],
    totals: Totals,
) -> AnalysisRow:
    outcome, step = called.outcome, called.step
    held = () if step.is_again else outcome.arrays
    return AnalysisRow(
        id=path,
        type=step.node.type,
        nested=step.node.type == "Model",
        state=_state(node, issues),
        inputs=tuple(spec.sample for spec in called.incoming),
        output=node.shape,
        dtype=node.dtype,
        params=node.params,
        trainable_params=node.trainable_params,
        weights=tuple(
            WeightRow(name=each.name, shape=each.shape, dtype=each.dtype, trainable=each.trainable)
            for each in held
        ),
        weights_bytes=None if node.params is None else 0 if step.is_again else outcome.weights.size_bytes,
        activation_bytes=outcome.kept_bytes,
        flops=node.flops,
        params_share=_share(node.params, totals.params, called),
        flops_share=_share(node.flops, totals.flops, called),
        receptive_field=_seen(sight, called),
        initializer=initializer(step.spec, step.holder.params, [each.name for each in held]),
        notes=_notes(node, step.node, called, issues),
    )


def _share(part: int | None, whole: int | None, called: Called) -> float | None:
    """Part of the whole network, 0 to 1; None where it is not counted in it."""
    return part / whole if called.counts and part is not None and whole else None


def _seen(sight: Sight | None, called: Called) -> Seen:
    """Positions along each axis; None where there are none (rows of numbers), or it is not known."""
    if sight is Look.WHOLE:
        return "whole"
    if not isinstance(sight, Grid) or not called.outcome.outputs:
        return None
    if sight.is_unmixed and len(called.outcome.outputs[0].sample) < 2:
        return None
    return tuple(ceil(size) for size in sight.sizes)


def _state(node: NodeReport, issues: list[Issue]) -> str:
    if any(issue.severity is Severity.ERROR for issue in issues):
        return "fault"
    return "waits" if node.blocked_by else "fine"


def _notes(node: NodeReport, drawn: Node, called: Called | None, issues: list[Issue]) -> tuple[str, ...]:
    """What a person should know beside the figures, in words."""
    notes = [issue.message for issue in issues if issue.severity is not Severity.INFO]
    if node.blocked_by:
        notes.append(f"Waits for {node.blocked_by}.")
    if drawn.bypass:
        notes.append("Bypassed: its first input passes through unchanged.")
    if called is None:
        return tuple(notes)
    step = called.step
    if step.is_again:
        notes.append(f"Uses the weights of {step.layer}.")
    if node.params and node.trainable_params == 0:
        notes.append("Frozen: training leaves it as it is.")
    if not called.counts:
        notes.append("Leads to no output: not in the totals.")
    if called.outcome.outputs and step.kind is not Kind.INPUT and node.flops is None:
        notes.append("Its work depends on a length that is not known before data comes.")
    return tuple(notes)
