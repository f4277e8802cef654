"""Which repairs are offered? Each candidate is applied and checked; only what leaves fewer errors is shown."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pydantic import JsonValue

from builder.design import edits
from builder.design.document import Design
from builder.design.edits import Edit, Within
from builder.errors import BuilderError
from builder.issues import Issue, IssueCode, Severity
from builder.project.document import Project
from builder.project.follow import with_design
from builder.translate.candidates import REMOVED, Candidate, defaults, proposed
from builder.translate.fitting import misfits
from builder.translate.ghost import check
from builder.translate.outcomes import Cache
from builder.translate.repair import Repair, RepairReport
from builder.translate.report import CheckReport, NodeReport
from builder.translate.scene import Scene, scene

BUDGET_S = 1.5
"""For one drawing: it is asked for in the background, and the next check must not wait long."""
MOST = 4
"""Offered for one fault: a list that is read at a glance."""
ENOUGH = 3
"""Offered where something would have to be taken away."""
MOST_FAULTS = 24
MOST_TRIED = 32
"""Candidates tried for one fault."""
MOST_CHAINED = 3
"""Candidates that mend a fault but uncover another one behind: for so many, a second step is looked for."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A project and what its check says."""

    project: Project
    report: CheckReport
    faults: tuple[Issue, ...]
    """Errors of the network; while there are none, those that keep it from fitting its data."""
    sound: bool

    @property
    def blocked(self) -> int:
        """Nodes that wait for a fault."""
        return sum(node.blocked_by is not None for node in self.report.nodes.values())

    @property
    def errors(self) -> int:
        """Errors that are told, without those about data while the network has faults of its own."""
        return len(self.faults)


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate, and what it led to."""

    candidate: Candidate
    edits: tuple[Edit, ...]
    """As edits of the whole design."""
    judged: Judged


@dataclass(slots=True)
class Shop:
    """Tries candidates on one drawing within a time limit."""

    before: Judged
    cache: Cache
    clock: Callable[[], float]
    ends: float
    complete: bool = True
    tried: int = 0
    seen: dict[str, Judged] = field(default_factory=dict)

    def late(self) -> bool:
        """Whether the time is over; remembered, so that it can be told."""
        if self.clock() < self.ends:
            return False
        self.complete = False
        return True


def offered(
    project: Project,
    cache: Cache | None = None,
    budget_s: float = BUDGET_S,
    clock: Callable[[], float] = time.perf_counter,
) -> RepairReport:
    """Checked repairs for every fault of a project: at most 4 each, the best first.

    Args:
        cache: Remembers outcomes from check to check; not for use by two threads at once.
        budget_s: After this many seconds nothing more is tried, and the report says so.

    Returns:
        Only repairs after which there are fewer errors and not more nodes that wait for one.
    """
    kept = Cache() if cache is None else cache
    before = judged(project, kept)
    began = clock()
    shop = Shop(before, kept, clock, began + budget_s)
    found: list[Repair] = []
    faults = _one_each(shop.before.faults)[:MOST_FAULTS]
    for number, issue in enumerate(faults):
        # What is left of the time is dealt out evenly among the faults that are left.
        share = began + budget_s - clock()
        shop.ends = clock() + share / (len(faults) - number)
        found += _for_fault(shop, issue)
    return RepairReport(
        repairs=tuple(found), complete=shop.complete, elapsed_ms=round((clock() - began) * 1000, 1)
    )


def applied(project: Project, repair: Repair) -> Project:
    """The project after a repair.

    Raises:
        EditRefused: It does not fit this project.
    """
    design = project.design
    for written in repair.edits:
        design = edits.apply(design, edits.EDIT.validate_python(written))
    return with_design(project, design)


def judged(project: Project, cache: Cache) -> Judged:
    """What a check says about a project; its data are asked only when the network is sound."""
    report = check(project.design, cache, has_data=project.data is not None)
    faults = _errors(report.issues)
    if not faults and project.data is not None:
        return Judged(project, report, _errors(tuple(misfits(project, report))), True)
    return Judged(project, report, faults, report.ok)


def _errors(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    return tuple(issue for issue in issues if issue.severity is Severity.ERROR)


def _one_each(faults: tuple[Issue, ...]) -> list[Issue]:
    """Each fault once: node, code and argument tell them apart."""
    return list({(issue.node, issue.code, issue.argument): issue for issue in reversed(faults)}.values())[
        ::-1
    ]


def _for_fault(shop: Shop, issue: Issue) -> list[Repair]:
    around = _scene(shop.before, issue)
    if around is None:
        return []
    good: list[Tried] = []
    half: list[Tried] = []
    for candidate in proposed(around)[:MOST_TRIED]:
        if shop.late():
            break
        tried = _tried(shop, shop.before, candidate)
        if tried and _is_better(shop.before, tried.judged):
            good.append(tried)
        elif tried and _mends(tried.judged, issue, shop.before):
            half.append(tried)
    if all(tried.candidate.size >= REMOVED for tried in good):
        good += [second for tried in _best(half)[:MOST_CHAINED] for second in _chained(shop, tried)]
    return [_repair(shop.before, issue, tried) for tried in _gentle(_distinct(_best(good)))[:MOST]]


def _gentle(tried: list[Tried]) -> list[Tried]:
    """Taking something away is offered only where little else helps."""
    kept = [one for one in tried if one.candidate.size < REMOVED]
    return kept if len(kept) > 1 else [*kept, *(one for one in tried if one not in kept)][:ENOUGH]


def _scene(found: Judged, issue: Issue) -> Scene | None:
    project = found.project if found.project.data is not None else None
    return scene(issue, found.project.design, found.report, project)


def _tried(shop: Shop, start: Judged, candidate: Candidate) -> Tried | None:
    """What a candidate leads to; None when its edits do not apply."""
    written = tuple(_within(candidate.path, edit) for edit in candidate.edits)
    design: Design = start.project.design
    try:
        for edit in written:
            design = edits.apply(design, edit)
    except BuilderError:
        return None
    shop.tried += 1
    return Tried(candidate, written, judged(with_design(start.project, design), shop.cache))


def _within(path: tuple[str, ...], edit: Edit) -> Edit:
    return Within(path=path, edit=edit) if path else edit


def _is_better(before: Judged, after: Judged) -> bool:
    """Fewer errors, nothing new that waits; and a sound network stays sound."""
    if before.sound and not after.sound:
        return False
    if not before.sound and after.sound:
        return after.blocked <= before.blocked
    return after.errors < before.errors and after.blocked <= before.blocked


def _mends(after: Judged, issue: Issue, before: Judged) -> bool:
    """Whether this fault is gone, though another one came to light: behind it, or at the same layer."""
    return issue not in after.faults and after.errors <= before.errors and after.blocked <= before.blocked


def _chained(shop: Shop, first: Tried) -> Iterator[Tried]:
    """A second step for what the first one brought to light."""
    new = [fault for fault in first.judged.faults if fault not in shop.before.faults]
    for issue in new[:1]:
        around = _scene(first.judged, issue)
        for candidate in proposed(around)[: MOST_TRIED // 2] if around else ():
            if shop.late():
                return
            tried = _tried(shop, first.judged, candidate)
            if tried and _is_better(shop.before, tried.judged):
                yield _both(first, tried)
                return


def _both(first: Tried, second: Tried) -> Tried:
    one, two = first.candidate, second.candidate
    both = replace(
        one,
        title=f"{one.title}, then {two.title[0].lower()}{two.title[1:]}",
        detail=f"{one.detail} {two.detail}",
        size=one.size + two.size,
        changes=(*one.changes, *two.changes),
    )
    return Tried(both, (*first.edits, *second.edits), second.judged)


def _best(tried: list[Tried]) -> list[Tried]:
    """By errors left, nodes that still wait, size of the change, and parameters that the network then has.

    Among repairs that make a network sound those come first with which it also fits its data.
    """

    def rank(one: Tried) -> tuple[int, int, int, int, int]:
        after, size = one.judged, one.candidate.size
        errors, unfit = (0, after.errors) if after.sound else (after.errors, 0)
        return errors, after.blocked, unfit, size, after.report.totals.params

    return sorted(tried, key=rank)


def _added(before: CheckReport, after: CheckReport) -> int:
    """Parameters that came or went with the repair itself; those of layers that waited before are not its doing."""
    waited = {path for path, node in before.nodes.items() if node.params is None}
    grown = sum(node.params or 0 for path, node in _leaves(after) if path not in waited)
    return grown - sum(node.params or 0 for _, node in _leaves(before))


def _leaves(report: CheckReport) -> Iterator[tuple[str, NodeReport]]:
    """Layers, without the networks that hold them."""
    holders = {path.rpartition("/")[0] for path in report.nodes}
    return ((path, node) for path, node in report.nodes.items() if path not in holders)


def _distinct(tried: list[Tried]) -> list[Tried]:
    """The first of those that say or lead to the same."""
    by_title = {one.candidate.title: one for one in reversed(tried)}
    by_meaning = {_meaning(one.judged.project.design): one for one in reversed(tried)}
    return [
        one
        for one in tried
        if by_title[one.candidate.title] is one and by_meaning[_meaning(one.judged.project.design)] is one
    ]


def _meaning(design: Design) -> str:
    """The network as text, without places and without arguments that are set to Keras' default."""
    nodes = tuple(
        node.model_copy(
            update={
                "position": (0.0, 0.0),
                "params": {k: v for k, v in node.params.items() if v != defaults(node.type).get(k, ...)},
            }
        )
        for node in design.nodes
    )
    return design.model_copy(update={"nodes": nodes}).model_dump_json()


def _repair(before: Judged, issue: Issue, tried: Tried) -> Repair:
    candidate, after = tried.candidate, tried.judged
    written: tuple[dict[str, JsonValue], ...] = tuple(edit.model_dump(mode="json") for edit in tried.edits)
    return Repair(
        node=issue.node,
        code=IssueCode(issue.code),
        title=candidate.title,
        detail=candidate.detail,
        edits=written,
        errors_before=before.errors,
        errors_after=0 if after.sound and not before.sound else after.errors,
        blocked_after=after.blocked,
        params_before=before.report.totals.params,
        params_after=after.report.totals.params,
        params_added=_added(before.report, after.report),
        ghost=candidate.ghost,
        changes=candidate.changes,
    )
