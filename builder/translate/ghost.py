"""What comes out of every layer, what does it hold, and what is wrong? Asked of Keras, allocating nothing."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from builder.design.document import Design
from builder.issues import Issue, IssueCode, Severity
from builder.translate import limits, masks, needs, nested, reload, rows, trace, verdict
from builder.translate.outcomes import Cache, Outcome, Weights
from builder.translate.plan import Kind, Plan, Step, plan
from builder.translate.report import CheckReport, NodeReport, Totals, report
from builder.translate.specs import Spec, spec_tree
from builder.translate.wiring import Tensor


def check(
    design: Design, cache: Cache | None = None, has_data: bool = False, thorough: bool = False
) -> CheckReport:
    """Shapes, counts and issues of a design. Never raises for what is drawn; allocates nothing.

    Args:
        cache: Remembers outcomes from check to check; not for use by two threads at once.
        has_data: There will be training rows, so layers that learn from data need no warning.
        thorough: Trace every call as a graph in training mode too, as it is done once before training; several
            times the cost. Wants a cache of its own.
    """
    return look(design, cache, has_data, thorough).report


@dataclass(frozen=True, slots=True)
class Looked:
    """A check, with what it rests on."""

    plan: Plan
    calls: "dict[str, Called]"
    """What was asked about, by path."""
    report: CheckReport


def look(
    design: Design, cache: Cache | None = None, has_data: bool = False, thorough: bool = False
) -> Looked:
    """As `check`, and what every call gave."""
    planned = plan(design)
    checker = Checker(Cache() if cache is None else cache, planned.issues, thorough)
    walk = _undisturbed(lambda: checker.walk(planned, ""))
    held = {path: checker.weights[path] for path in walk.holders}
    issues = [*planned.issues, *checker.issues, *limits.of_network(held), *reload.lost(planned, held)]
    if not has_data:
        issues += needs.unfitted(planned)
    found = report(checker.nodes, _totals(held.values(), walk), _sorted(issues))
    return Looked(planned, checker.calls, found)


def _undisturbed(work: "Callable[[], Walk]") -> "Walk":
    """Keras draws the seeds of new layers from Python's generator: looking must not change what is built next."""
    drawn = random.getstate()
    try:
        return work()
    finally:
        random.setstate(drawn)


def _totals(held: Iterable[Weights], walk: "Walk") -> Totals:
    parts = [part for part in held if part.params]
    return Totals(
        params=sum(part.params for part in parts),
        trainable_params=sum(part.trainable for part in parts),
        flops=walk.flops,
        size_bytes=sum(part.size_bytes for part in parts),
        trainable_bytes=sum(part.trainable_bytes for part in parts),
        largest_bytes=max((part.largest_bytes for part in parts), default=0),
        kept_bytes=walk.kept_bytes,
    )


def _sorted(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Errors first, then warnings, then what is only told."""
    ranks = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return tuple(sorted(dict.fromkeys(issues), key=lambda issue: ranks[issue.severity]))


@dataclass(slots=True)
class Walk:
    """What was found on the way through one graph."""

    known: dict[Tensor, Spec] = field(default_factory=dict)
    """The specs of all outputs that could be found."""
    masked: set[Tensor] = field(default_factory=set)
    """The outputs that surely carry a mask."""
    blocked: dict[str, str] = field(default_factory=dict)
    """For each node without outputs the path of the node at fault: itself, or the one it waits for."""
    holders: dict[str, None] = field(default_factory=dict)
    """Paths of the layers that the outputs depend on, each once, in order."""
    flops: int | None = 0
    kept_bytes: int | None = 0
    """What one row keeps in memory until its gradients have passed."""

    def add(self, outcome: Outcome) -> None:
        """Count the work and memory of one more call."""
        self.flops = None if None in (outcome.flops, self.flops) else (self.flops or 0) + (outcome.flops or 0)
        known = None not in (outcome.kept_bytes, self.kept_bytes)
        self.kept_bytes = (self.kept_bytes or 0) + (outcome.kept_bytes or 0) if known else None


@dataclass(frozen=True, slots=True)
class Called:
    """One call as it was found on the way."""

    step: Step
    incoming: tuple[Spec, ...]
    outcome: Outcome
    counts: bool
    """Whether it leads to an output of its network."""


class Checker:
    """Walks through a plan and the networks nested in it, and collects reports and issues by path."""

    def __init__(self, cache: Cache, issues: Iterable[Issue] = (), thorough: bool = False) -> None:
        self.cache = cache
        self.thorough = thorough
        self.nodes: dict[str, NodeReport] = {}
        self.calls: dict[str, Called] = {}
        """What was asked about, by path."""
        self.issues: list[Issue] = []
        self.weights: dict[str, Weights] = {}
        self.graphs: dict[str, Walk] = {}
        """Walks through nested networks as they are declared, by path."""
        self.first: dict[str, trace.Incoming] = {}
        """What each layer was called with first: what its weights are made for."""
        told = [issue for issue in issues if issue.node]
        self._faulty = {str(issue.node) for issue in told if issue.severity is Severity.ERROR}
        self._told = {str(issue.node) for issue in told if issue.severity is not Severity.WARNING}
        self._circles = [str(issue.node) for issue in told if issue.code is IssueCode.CYCLE]

    def walk(self, planned: Plan, prefix: str, given: dict[str, Spec] | None = None) -> Walk:
        """Every node of a graph once; `given` replaces what its inputs declare."""
        if given is None:
            self._walk_nested(planned, prefix)
        walk = Walk()
        for step in planned.steps:
            self._step(planned, step, prefix, walk, given or {})
        self._passed_through(planned, prefix, walk)
        self._left_over(planned, prefix, walk)
        return walk

    def _walk_nested(self, planned: Plan, prefix: str) -> None:
        for path, graph in planned.graphs.items():
            if prefix + path not in self.graphs:
                self.graphs[prefix + path] = self.walk(graph, f"{prefix}{path}/")

    def _step(self, planned: Plan, step: Step, prefix: str, walk: Walk, given: dict[str, Spec]) -> None:
        path = prefix + step.id
        blocker = self._blocker(step, prefix, walk)
        if blocker:
            self._block(step.id, prefix, blocker, walk)
            return
        specs = tuple(walk.known[tensor] for tensor in step.tensors)
        issue = verdict.before(step, specs) or masks.issue(step, specs, walk.masked)
        outcome = Outcome() if issue else self._outcome(step, prefix, walk, given)
        if outcome.refusal is not None and outcome.refusal.inner:
            self.issues += outcome.refusal.inner
            self._block(step.id, prefix, outcome.refusal.inner[0].node or path, walk)
            return
        issue = issue or verdict.after(step, specs, outcome)
        told = issue or rows.warning(step, specs)
        if told:
            self.issues.append(told.model_copy(update={"node": path}))
        self.calls[path] = Called(step, specs, outcome, step.id in planned.needed)
        self._keep(planned, step, prefix, walk, outcome, failed=issue is not None)

    def _keep(
        self, planned: Plan, step: Step, prefix: str, walk: Walk, outcome: Outcome, failed: bool
    ) -> None:
        if failed:
            walk.blocked[step.id] = prefix + step.id
        else:
            walk.known.update({Tensor(step.id, port): spec for port, spec in enumerate(outcome.outputs)})
            if masks.is_masked(step, walk.masked):
                walk.masked.add(Tensor(step.id))
        if step.id in planned.needed:
            self._count(step, prefix + step.layer, outcome, walk)
            if not failed:
                walk.add(outcome)
        self.nodes[prefix + step.id] = _node_report(step, outcome)

    def _count(self, step: Step, holder: str, outcome: Outcome, walk: Walk) -> None:
        inner = self.graphs[holder].holders if step.kind is Kind.MODEL else {holder: None}
        walk.holders.update(inner)
        if step.kind is not Kind.MODEL:
            self.weights.setdefault(holder, outcome.weights)

    def _outcome(self, step: Step, prefix: str, walk: Walk, given: dict[str, Spec]) -> Outcome:
        if step.kind is Kind.INPUT and step.id in given:
            return Outcome((given[step.id],), flops=0, kept_bytes=trace.row_bytes(given[step.id]))
        if step.kind is Kind.MODEL:
            return nested.outcome(self, step, prefix, walk.known)
        holder = prefix + step.layer
        incoming = tuple((name, spec_tree(wired, walk.known)) for name, wired in step.arguments.items())
        first = self.first.setdefault(holder, incoming)
        built_on = None if first == incoming else first
        key = trace.key(step, incoming, built_on)
        return self.cache.get(key, lambda: trace.outcome(step, incoming, built_on, self.thorough))

    def _blocker(self, step: Step, prefix: str, walk: Walk) -> str | None:
        """Path of the node that keeps this one from being asked about: itself, if its fault is already told."""
        if prefix + step.id in self._faulty:
            return prefix + step.id
        for tensor in step.tensors:
            if tensor not in walk.known and Tensor(tensor.node) not in walk.known:
                return walk.blocked.get(tensor.node, prefix + tensor.node)
            if tensor not in walk.known:
                self.issues.append(verdict.no_such_output(step, tensor, prefix))
                return prefix + step.id
        return self._inner_fault(step, prefix)

    def _inner_fault(self, step: Step, prefix: str) -> str | None:
        if step.graph is None:
            return None
        inner = self.graphs[prefix + step.layer]
        faulty = (inner.blocked.get(node_id) for _, node_id, _ in step.graph.outputs)
        lost = any(Tensor(node_id, port) not in inner.known for _, node_id, port in step.graph.outputs)
        return next((path for path in faulty if path), prefix + step.layer if lost else None)

    def _passed_through(self, planned: Plan, prefix: str, walk: Walk) -> None:
        """A bypassed node shows what passes through it, and holds nothing."""
        for node_id, end in planned.passed.items():
            spec = walk.known.get(end) if end else None
            if spec is not None:
                passed = Outcome((spec,), flops=0)
                self.nodes[prefix + node_id] = _report_of(passed, Weights())
            elif end is not None and end.node in walk.blocked:
                self._block(node_id, prefix, walk.blocked[end.node], walk)

    def _left_over(self, planned: Plan, prefix: str, walk: Walk) -> None:
        """Nodes without a step: their fault is told already, or they wait for a circle to be opened."""
        for node_id in planned.sources:
            if prefix + node_id not in self.nodes:
                circle = next((path for path in self._circles if path.startswith(prefix)), prefix + node_id)
                told = prefix + node_id in self._told
                self._block(node_id, prefix, prefix + node_id if told else circle, walk)

    def _block(self, node_id: str, prefix: str, blocker: str, walk: Walk) -> None:
        path = prefix + node_id
        walk.blocked[node_id] = blocker
        if blocker == path:
            self.nodes[path] = NodeReport()
            return
        self.nodes[path] = NodeReport(blocked_by=blocker)
        self.issues.append(
            Issue(
                code=IssueCode.BLOCKED,
                severity=Severity.INFO,
                node=path,
                message=f"{node_id} waits for {blocker}.",
            )
        )


def _node_report(step: Step, outcome: Outcome) -> NodeReport:
    return _report_of(outcome, Weights() if step.is_again else outcome.weights)


def _report_of(outcome: Outcome, held: Weights) -> NodeReport:
    if not outcome.outputs:
        return NodeReport()
    shapes = tuple(spec.sample for spec in outcome.outputs)
    dtypes = tuple(spec.dtype for spec in outcome.outputs)
    single = len(shapes) == 1
    return NodeReport(
        shape=shapes[0] if single else shapes,
        dtype=dtypes[0] if single else dtypes,
        params=held.params,
        trainable_params=held.trainable,
        flops=outcome.flops,
    )
