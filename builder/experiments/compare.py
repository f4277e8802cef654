"""Is the difference between two runs, or two series of runs, more than luck?

Series differ in nothing but their seeds, so that the spread among them is the luck of the seed: paired where both used
the same seeds, Welch's interval otherwise. Between two single runs only the rows that they were measured on can decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from builder.errors import BuilderError, NotFound
from builder.experiments import intervals
from builder.experiments.intervals import Difference
from builder.figures import numbers
from builder.runs.records import RunRecord, Values
from builder.runs.store import Store

FEW = 5
"""With fewer seeds than this only large differences show: said beside the result."""


class Method(StrEnum):
    """What the interval rests on."""

    PAIRED = "paired by seed"
    WELCH = "unpaired"
    ONE_AGAINST_SERIES = "one run against a series"
    ROWS = "rows"
    NONE = "none"
    """One run each and nothing that tells the doubt of their values."""


@dataclass(frozen=True, slots=True)
class Side:
    """A run, or the runs of a series, that stand together for one way of training."""

    label: str
    """"run 7" or "runs 7 to 11"."""
    runs: tuple[RunRecord, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What both sides were measured by."""

    metric: str
    """As Keras names it, without `val_`."""
    part: str
    """test or validation."""
    rows: int
    """0 where it is not known."""

    @property
    def is_share(self) -> bool:
        """Whether values are shares of rows, shown as percent."""
        return self.metric.endswith("accuracy")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, what they reached, and whether the difference is more than luck."""

    measured: Measured
    first: Side
    second: Side
    values: tuple[tuple[float, ...], tuple[float, ...]]
    """Of each side, one a run."""
    method: Method
    difference: Difference | None
    """First minus second; None where nothing tells its doubt."""
    words: str
    remarks: tuple[str, ...]

    @property
    def is_more_than_luck(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.difference is not None and self.difference.is_more_than_luck


def side(store: Store, name: str, owner: str | None) -> Side:
    """The run, or the series, with this id.

    Raises:
        NotFound: There is neither, or it is somebody else's.
    """
    series = store.runs(owner, series=name)
    return side_of(series) if series else side_of([store.run(name, owner)])


def side_of(runs: Sequence[RunRecord]) -> Side:
    """Runs that stand together; in the order of their numbers.

    Raises:
        NotFound: There are none.
    """
    if not runs:
        raise NotFound("There are no runs to compare.", "", "Name two runs or two series.")
    ordered = tuple(sorted(runs, key=lambda run: run.number))
    if len(ordered) == 1:
        return Side(f"run {ordered[0].number}", ordered)
    return Side(f"runs {ordered[0].number} to {ordered[-1].number}", ordered)


def compare(first: Side, second: Side) -> Comparison:
    """Both sides by the same measure: test rows where all have them, else validation rows at each run's best epoch.

    Raises:
        BuilderError: They learn different things, or a side has no value yet.
    """
    _check_task(first, second)
    measured = _measure(first, second)
    found = _values(first, measured), _values(second, measured)
    for one, by_seed in zip((first, second), found, strict=True):
        if not by_seed:
            raise BuilderError(f"{one.label.capitalize()} has no score yet.", "", "Wait for its first epoch.")
    method = _method(*found)
    difference = _difference(method, found, measured, (first, second))
    if difference is None:
        method = Method.NONE
    values = tuple(found[0].values()), tuple(found[1].values())
    return Comparison(
        measured,
        first,
        second,
        values,
        method,
        difference,
        _words(measured, (first, second), values, difference),
        tuple(_remarks(measured, method, found, (first, second))),
    )


def summary(side: Side) -> str:
    """`Runs 7 to 11: accuracy 96.1 ± 0.4 % in 5 runs on 269 test rows.`, or that there is no score."""
    measured = _measure(side, side)
    values = list(_values(side, measured).values())
    if not values:
        return f"{side.label.capitalize()}: no score yet."
    name = measured.metric.replace("_", " ")
    rows = (
        f"{numbers.count(measured.rows)} {measured.part} rows" if measured.rows else f"{measured.part} rows"
    )
    return f"{side.label.capitalize()}: {name} {_reached(values, measured)} on {rows}."


_BySeed = dict[int, float]


def _check_task(first: Side, second: Side) -> None:
    one, other = (each.runs[0].project.data for each in (first, second))
    if (one and (one.source, one.target)) != (other and (other.source, other.target)):
        named = [each.source if each else "nothing" for each in (one, other)]
        raise BuilderError(
            f"{first.label.capitalize()} learned from {named[0]}, {second.label} from {named[1]}.",
            "Only runs on the same data can be compared.",
        )


def _measure(first: Side, second: Side) -> Measured:
    runs = [run for run in (*first.runs, *second.runs) if _is_counted(run)]
    part = "test" if runs and all(run.test for run in runs) else "validation"
    names = [set(_scores(run, part)) for run in runs]
    shared = set.intersection(*names) if names else set()
    accuracy = sorted(name for name in shared if name.endswith("accuracy"))
    rows = min(((run.rows or {}).get(part, 0) for run in runs), default=0)
    return Measured(accuracy[0] if accuracy else "loss", part, rows)


def _is_counted(run: RunRecord) -> bool:
    return run.best is not None or run.test is not None


def _scores(run: RunRecord, part: str) -> Values:
    if part == "test":
        return run.test or {}
    return {
        name.removeprefix("val_"): value
        for name, value in (run.best or {}).items()
        if name.startswith("val_")
    }


def _values(side: Side, measured: Measured) -> _BySeed:
    """By seed; of two runs with one seed the later counts."""
    found = ((run.project.training.seed, _scores(run, measured.part)) for run in side.runs)
    return {seed: scores[measured.metric] for seed, scores in found if measured.metric in scores}


def _method(first: _BySeed, second: _BySeed) -> Method:
    fewer, more = sorted((first, second), key=len)
    if len(more) == 1:
        return Method.ROWS
    if len(fewer) == 1:
        return Method.ONE_AGAINST_SERIES
    return Method.PAIRED if fewer.keys() <= more.keys() else Method.WELCH


def _difference(
    method: Method, found: tuple[_BySeed, _BySeed], measured: Measured, sides: tuple[Side, Side]
) -> Difference | None:
    first, second = found
    if method is Method.PAIRED:
        return intervals.paired([first[seed] - second[seed] for seed in first.keys() & second.keys()])
    if method is Method.WELCH:
        return intervals.unpaired(list(first.values()), list(second.values()))
    one, other = next(iter(first.values())), next(iter(second.values()))
    if method is Method.ROWS:
        return _by_rows(one, other, measured, sides)
    if len(first) == 1:
        return intervals.one_against(one, list(second.values()))
    turned = intervals.one_against(other, list(first.values()))
    return Difference(-turned.value, -turned.high, -turned.low)


def _by_rows(first: float, second: float, measured: Measured, sides: tuple[Side, Side]) -> Difference | None:
    if measured.is_share:
        rows = [(one.runs[0].rows or {}).get(measured.part, 0) for one in sides]
        return intervals.shares(first, rows[0], second, rows[1]) if all(rows) else None
    errors = [_scores(one.runs[0], measured.part).get(f"{measured.metric}_se") for one in sides]
    if errors[0] is None or errors[1] is None:
        return None
    return intervals.means(first, errors[0], second, errors[1])


def _words(
    measured: Measured,
    sides: tuple[Side, Side],
    values: tuple[tuple[float, ...], tuple[float, ...]],
    difference: Difference | None,
) -> str:
    one, other = (_reached(found, measured) for found in values)
    name = measured.metric.replace("_", " ")
    beginning = f"{sides[0].label.capitalize()}: {name} {one}, against {other} of {sides[1].label}"
    if difference is None:
        return f"{beginning}. Whether that is luck cannot be told from one run each."
    apart = _gap(abs(difference.value), measured)
    unit = (" point" if apart == "1.0" else " points") if measured.is_share else ""
    verdict = ", more than luck" if difference.is_more_than_luck else ": could be luck"
    low, high = (_gap(bound, measured) for bound in _towards(difference))
    return f"{beginning}: {apart}{unit} apart{verdict} (90 % interval {low} to {high})."


def _towards(difference: Difference) -> tuple[float, float]:
    """The bounds seen from the side that is ahead, so that they surround the distance that is told."""
    if difference.value < 0:
        return -difference.high, -difference.low
    return difference.low, difference.high


def _reached(values: Sequence[float], measured: Measured) -> str:
    """`96.1 ± 0.4 %`: mean and, of several, the spread from run to run."""
    mean = fmean(values)
    if len(values) == 1:
        return numbers.percent(mean, measured.rows or 100) if measured.is_share else numbers.loss(mean)
    spread = stdev(values)
    if measured.is_share:
        return f"{mean * 100:.1f} ± {spread * 100:.1f} % in {len(values)} runs"
    return f"{numbers.loss_within(mean, spread)} in {len(values)} runs"


def _gap(value: float, measured: Measured) -> str:
    if measured.is_share:
        return f"{value * 100 + 0.0:.1f}".replace("-", numbers.MINUS)
    return numbers.loss(value)


def _remarks(
    measured: Measured, method: Method, found: tuple[_BySeed, _BySeed], sides: tuple[Side, Side]
) -> list[str]:
    where = (
        f"{numbers.count(measured.rows)} {measured.part} rows" if measured.rows else f"{measured.part} rows"
    )
    best = "" if measured.part == "test" else ", each at its best epoch"
    said = [f"Measured on {where}{best}."]
    if method is Method.PAIRED:
        said.append("Compared seed by seed; ± is the spread from seed to seed.")
    elif method in (Method.WELCH, Method.ONE_AGAINST_SERIES):
        said.append("± is the spread from seed to seed.")
    if method in (Method.ROWS, Method.NONE):
        said.append("One seed each proves little: another may turn it around. Run both 5 times.")
    elif (fewest := min(map(len, found))) < FEW:
        seeds = "1 seed" if fewest == 1 else f"{fewest} seeds"
        said.append(f"Only {seeds} on one side: with so few, only large differences show.")
    if _splits(sides[0]) != _splits(sides[1]):
        said.append("The rows were dealt out differently: part of the difference may lie in them.")
    lost = sum(len(one.runs) for one in sides) - sum(map(len, found))
    if lost:
        said.append(
            f"{lost} {'run has' if lost == 1 else 'runs have'} no score and {'is' if lost == 1 else 'are'} left out."
        )
    return said


def _splits(side: Side) -> set[object]:
    return {run.project.data and run.project.data.split for run in side.runs}
