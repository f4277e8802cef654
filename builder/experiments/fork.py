"""How does a second run begin at a kept epoch of a first, with one thing changed?

The fork is a run like any other: queued, stopped, deleted and brought back as they are. Its worker begins with what was
kept of the epoch and copies what was measured up to there, so that both curves share their past.
"""

from dataclasses import dataclass

from pydantic import JsonValue

from builder.errors import BuilderError, NotFound
from builder.experiments.alteration import Altered, Thing, altered
from builder.experiments.moment import as_trained
from builder.runs import artifacts
from builder.runs.records import Origin, RunRecord
from builder.runs.store import Store
from builder.train import launch

BEST, LAST = "best", "last"


@dataclass(frozen=True, slots=True)
class KeptEpoch:
    """An epoch of a run from which another can begin."""

    epoch: int
    is_best: bool
    is_last: bool
    """Whether nothing later was kept."""


def kept_epochs(run: RunRecord) -> list[KeptEpoch]:
    """The epochs that a fork of this run can begin with, newest first."""
    found = artifacts.kept_epochs(run.id)[::-1]
    best = int(run.best["epoch"]) if run.best else None
    return [KeptEpoch(epoch, epoch == best, epoch == found[0]) for epoch in found]


def chosen_epoch(run: RunRecord, wanted: str) -> int:
    """The kept epoch that is meant by `best`, `last` or a number.

    Raises:
        BuilderError: That epoch was not kept.
    """
    kept = kept_epochs(run)
    by_name = {BEST: [one for one in kept if one.is_best], LAST: kept}
    found = by_name.get(wanted, [one for one in kept if str(one.epoch) == wanted])
    if found:
        return found[0].epoch
    listed = ", ".join(str(one.epoch) for one in kept)
    remedy = f"Kept are {listed}." if kept else "An epoch is kept when the run has completed one."
    raise BuilderError(f"Run {run.number} kept no epoch {wanted[:20]!r}.", "", remedy)


def plan(run: RunRecord, epoch: int, key: str, value: JsonValue) -> Altered:
    """The project of the fork, and what is different in it.

    Raises:
        BuilderError: The value cannot be, changes nothing, or leaves no epoch to train.
    """
    changed = altered(as_trained(run, epoch), key, value)
    last = changed.project.training.epochs
    if last <= epoch:
        if key == Thing.EPOCHS:
            raise BuilderError(
                f"The fork would end with epoch {last}.",
                f"It begins after epoch {epoch}.",
                "Give a larger number.",
            )
        training = changed.project.training.model_copy(update={"epochs": epoch + run.project.training.epochs})
        return Altered(changed.project.model_copy(update={"training": training}), changed.words)
    return changed


def fork(store: Store, run: RunRecord, epoch: int, key: str, value: JsonValue) -> RunRecord:
    """Queue a run that goes on from this kept epoch with one thing changed; asked for twice, it is queued once.

    Args:
        store: Where both are.
        run: The first one, read with its owner checked.
        epoch: One of `kept_epochs`.
        key: A `Thing`, or a key below `training`.
        value: Its new value.

    Raises:
        BuilderError: The epoch was not kept, or the change is refused.
        NotFound: The run was deleted meanwhile.
    """
    chosen_epoch(run, str(epoch))
    planned = plan(run, epoch, key, value)
    origin = Origin(run=run.id, number=run.number, epoch=epoch, change=planned.words)
    for other in store.runs(run.owner):
        if not other.ended and other.origin == origin and other.project == planned.project:
            return other
    made = store.create_run(run.owner, planned.project, origin=origin)
    launch.start(store, made.id, run.owner)
    return store.run(made.id, run.owner)


def family(store: Store, run: RunRecord) -> list[RunRecord]:
    """The run with all that share a past with it through forks, oldest first; at least itself."""
    mine = {one.id: one for one in store.runs(run.owner)}
    root = _root(run, mine)
    found = [one for one in mine.values() if _root(one, mine) == root] or [run]
    return sorted(found, key=lambda one: one.number)


def _root(run: RunRecord, runs: dict[str, RunRecord]) -> str:
    """Where it all began; a deleted run keeps its place as a beginning."""
    seen: set[str] = set()
    while run.origin is not None and run.id not in seen:
        seen.add(run.id)
        if run.origin.run not in runs:
            return run.origin.run
        run = runs[run.origin.run]
    return run.id


def described(origin: Origin) -> str:
    """`forked from run 7 at epoch 12: learning rate 0.001 to 0.0001`."""
    change = f": {origin.change}" if origin.change else ""
    return f"forked from run {origin.number} at epoch {origin.epoch}{change}"


def parent(store: Store, origin: Origin, owner: str) -> RunRecord | None:
    """The run that was forked, if it is still there."""
    try:
        return store.run(origin.run, owner)
    except NotFound:
        return None
