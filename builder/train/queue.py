"""Whose turn is next, and how long will it be? Fair between people, not between runs.

The person with the fewest runs at work goes first; among equals, whose last turn is longest ago, so that even where one
runs at a time people take turns; then whose run has waited longest. `order` is pure: what is known comes in.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.runs.progress import Place
from builder.runs.records import Purpose, RunRecord, RunState
from builder.runs.store import Store
from builder.train import limits
from builder.train.wards import FORECAST_MB

AT_WORK = frozenset({RunState.STARTING, RunState.RUNNING, RunState.STOPPING})
"""States in which a run takes processor time; a paused one only takes memory."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run that waits for its turn."""

    run: str
    owner: str
    since: float
    """When it began to wait."""
    served: float = 0.0
    """When its owner last had a run at work; 0: never."""


def order(waiting: Sequence[Waiting], at_work: Iterable[str], most_each: int | None = None) -> list[Waiting]:
    """The waiting runs in the order of their turns.

    Args:
        waiting: In any order.
        at_work: The owner of each run at work.
        most_each: Runs at work that one person may have; who has so many is passed over. The order behind that point
            assumes that nobody's run ends.
    """
    active, turn_of = Counter(at_work), {one.owner: (0, one.served) for one in waiting}
    lines: dict[str, list[Waiting]] = {}
    for one in sorted(waiting, key=lambda one: (one.since, one.run)):
        lines.setdefault(one.owner, []).append(one)
    heads = [(active[owner], turn_of[owner], lines[owner][0].since, owner) for owner in lines]
    heapq.heapify(heads)
    turns: list[Waiting] = []
    later: list[Waiting] = []
    while heads:
        *_, owner = heapq.heappop(heads)
        one = lines[owner].pop(0)
        (later if most_each is not None and active[owner] >= most_each else turns).append(one)
        active[owner], turn_of[owner] = active[owner] + 1, (1, float(len(turns) + len(later)))
        if lines[owner]:
            heapq.heappush(heads, (active[owner], turn_of[owner], lines[owner][0].since, owner))
    return turns + later


def next_run(waiting: Sequence[Waiting], at_work: Sequence[str], most_each: int | None = None) -> str | None:
    """The run whose turn it is; None where nobody may begin."""
    active = Counter(at_work)
    found = order(waiting, at_work, most_each)
    return next((one.run for one in found if most_each is None or active[one.owner] < most_each), None)


def wait_s(place: int, free: int, left_s: Sequence[float | None], typical_s: float | None) -> float | None:
    """Seconds until the run at `place` (from 1) begins.

    Args:
        place: Its place.
        free: How many may begin at once.
        left_s: Seconds left of each run at work, as far as known.
        typical_s: How long the runs before it will take, each; None: unknown.

    Returns:
        By dealing the runs before it to whoever is free first, each taking `typical_s`; None where that is not known.
    """
    if place <= free:
        return 0.0
    known = [left for left in left_s if left is not None]
    if not known:
        return None
    ends = [0.0] * free + known
    heapq.heapify(ends)
    for _ in range(place - 1):
        if typical_s is None:
            return None
        heapq.heapreplace(ends, ends[0] + typical_s)
    return ends[0]


def waiting_of(runs: Iterable[RunRecord], served: Mapping[str, float]) -> list[Waiting]:
    """What the order needs to know of these runs; `served`: when each owner last had one at work."""
    return [
        Waiting(run.id, run.owner, run.queued_at or run.created_at, served.get(run.owner, 0.0))
        for run in runs
    ]


def place(store: Store, run: RunRecord) -> Place | None:
    """Where this run stands; None when it does not wait."""
    if run.state is not RunState.QUEUED:
        return None
    waiting = store.waiting()
    if run.id not in {other.id for other in waiting}:
        return None  # its turn has just come, or nobody has put it into the queue yet
    held = limits.limits()
    working = store.runs(None, AT_WORK, tuple(Purpose))
    owners = [other.owner for other in working]
    turns = order(waiting_of(waiting, store.last_turns()), owners, held.each_at_once)
    at = 1 + [one.run for one in turns].index(run.id)
    left = [_left_s(other) for other in working]
    known = zip(working, left, strict=True)
    whole = [(other.seconds or 0.0) + more for other, more in known if more is not None]
    typical = sum(whole) / len(whole) if whole else None
    wait = wait_s(at, _free(run, working, held.at_once), left, typical)
    if held.each_at_once is not None and owners.count(run.owner) >= held.each_at_once:
        own = [
            more for owner, more in zip(owners, left, strict=True) if owner == run.owner and more is not None
        ]
        wait = max(wait, min(own)) if own and wait is not None else None
    return Place(place=at, of=len(turns), wait_s=wait)


def _free(run: RunRecord, working: Sequence[RunRecord], at_once: int) -> int:
    """How many may begin at once: as the limit says, and none where memory has no room for this run."""
    taken = [(FORECAST_MB, (other.vitals or {}).get("memory_mb", 0.0)) for other in working]
    expected = (run.vitals or {}).get("forecast_mb", FORECAST_MB)
    if working and not limits.has_room(expected, taken, limits.free_mb()):
        return 0
    return max(0, at_once - len(working))


def _left_s(run: RunRecord) -> float | None:
    """Seconds that a run will still take, from its own epochs so far."""
    own = run.epoch - (run.origin.epoch if run.origin else 0)
    if own <= 0 or not run.seconds:
        return None
    return run.seconds / own * max(0, run.epochs - run.epoch)
