"""How much of a result is the luck of its seed? The same training several times, with another seed each."""

from dataclasses import dataclass

from builder.errors import BuilderError
from builder.project.document import Project
from builder.runs.owners import new_id
from builder.runs.records import RunRecord
from builder.runs.store import Store
from builder.train import launch, limits

FEWEST, MOST = 2, 20
USUAL = 5
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Series:
    """Runs that differ in nothing but their seed, in the order of their numbers."""

    id: str
    runs: tuple[RunRecord, ...]

    @property
    def label(self) -> str:
        """`digits, 5 seeds`."""
        return f"{self.runs[0].name}, {len(self.runs)} {'seed' if len(self.runs) == 1 else 'seeds'}"

    @property
    def numbers(self) -> str:
        """`7 to 11`."""
        first, last = self.runs[0].number, self.runs[-1].number
        return str(first) if first == last else f"{first} to {last}"


def seeds_from(first: int, count: int) -> list[int]:
    """The seeds of `count` runs: `first` and those after it, from 0 again behind the largest."""
    return [(first + index) % (LARGEST_SEED + 1) for index in range(count)]


def check_count(count: int) -> None:
    """Refuse a number of runs that is too small or too large.

    Raises:
        BuilderError: It is not from 2 to 20.
    """
    if not FEWEST <= count <= MOST:
        raise BuilderError(
            f"{count} runs were asked for.", f"A series has {FEWEST} to {MOST}.", f"Try {USUAL}."
        )


def begin(store: Store, owner: str, project: Project, count: int, forecast_mb: float | None = None) -> Series:
    """Queue `count` runs of this project, the first with its own seed: all of them, or none.

    Args:
        store: Where they are to be.
        owner: Whose they are.
        project: What is trained, and how.
        count: From 2 to 20.
        forecast_mb: Memory that each process is expected to take, in MB.

    Raises:
        BuilderError: `count` is not from 2 to 20.
        LimitReached: This person may not begin so many.
    """
    check_count(count)
    _check_room(store, owner, count)
    series = new_id()
    made: list[RunRecord] = []
    for seed in seeds_from(project.training.seed, count):
        run = store.create_run(owner, _with_seed(project, seed), series=series)
        try:
            launch.start(store, run.id, owner, forecast_mb)
        except limits.LimitReached:
            for begun in made:
                store.hide_run(begun.id, owner)
            raise
        made.append(run)
    return Series(series, tuple(store.run(run.id, owner) for run in made))


def _check_room(store: Store, owner: str, count: int) -> None:
    """All are put into the queue at once, so that all must be allowed to wait."""
    most = limits.limits().waiting
    waiting = sum(run.owner == owner for run in store.waiting())
    if most is not None and waiting + count > most:
        raise limits.LimitReached(
            f"{count} runs would wait, and {waiting} of yours do.",
            f"Here {most} may wait for each person.",
            f"Run it {max(FEWEST, most - waiting)} times, or wait until some have begun.",
        )


def _with_seed(project: Project, seed: int) -> Project:
    return project.model_copy(update={"training": project.training.model_copy(update={"seed": seed})})


def grouped(runs: list[RunRecord]) -> list[Series | RunRecord]:
    """Runs, newest first, with each series as one thing in the place of its newest run."""
    found: dict[str, list[RunRecord]] = {}
    for run in runs:
        found.setdefault(run.series or run.id, []).append(run)
    return [
        Series(series, tuple(sorted(members, key=lambda run: run.number)))
        if members[0].series
        else members[0]
        for series, members in found.items()
    ]
