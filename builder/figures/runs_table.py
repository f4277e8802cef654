"""Which facts about runs stand side by side in a table? Settings, scores, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean, stdev

import pandas as pd

from builder.figures import numbers
from builder.runs.records import RunRecord, Values

STATES = {
    "queued": "waiting",
    "starting": "starting",
    "running": "training",
    "paused": "paused",
    "stopping": "stopping",
    "finished": "finished",
    "stopped": "stopped",
    "failed": "failed",
    "lost": "lost",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a run, or the runs of a series together."""

    runs: tuple[RunRecord, ...]
    """By number; more than one for a series."""
    is_member: bool = False
    """Whether it stands below its opened series."""


def runs_table(rows: Sequence[Row]) -> pd.DataFrame:
    """In the order given; scores are those of the best epoch on validation rows.

    The column that tells of series and forks is left out where there are none.
    """
    table = pd.DataFrame([_row(row) for row in rows])
    return table if table["Together"].any() else table.drop(columns=["Together"])


def _row(row: Row) -> dict[str, object]:
    run = row.runs[-1]
    training, data = run.project.training, run.project.data
    return {
        "Run": run.number,
        "Together": _together(row),
        "Network": run.name,
        "Data": data.source if data else "",
        "State": _state(row.runs),
        "Best validation": best_score(run) if len(row.runs) == 1 else best_scores(row.runs),
        "At epoch": int(run.best["epoch"]) if run.best and len(row.runs) == 1 else None,
        "Epochs": f"{sum(one.epoch for one in row.runs)} of {sum(one.epochs for one in row.runs)}",
        "Optimizer": str(training.optimizer.type),
        "Learning rate": f"{training.optimizer.params.get('learning_rate', '')}",
        "Batch": training.batch_size,
        "Time": numbers.seconds(sum(one.seconds or 0.0 for one in row.runs)) if run.seconds else "",
        "Started": datetime.fromtimestamp(row.runs[0].created_at).strftime("%d %b %H:%M"),
    }


def _together(row: Row) -> str:
    """What the row has to do with others."""
    first, last = row.runs[0], row.runs[-1]
    if len(row.runs) > 1:
        return f"{len(row.runs)} seeds: {first.number} to {last.number}"
    if row.is_member:
        return f"seed {first.project.training.seed}"
    return f"fork of {first.origin.number} at {first.origin.epoch}" if first.origin else ""


def _state(runs: Sequence[RunRecord]) -> str:
    """The state that all have, or how many are through."""
    states = {run.state for run in runs}
    if len(states) == 1:
        return STATES[states.pop().value]
    return f"{sum(run.ended for run in runs)} of {len(runs)} ended"


def best_scores(runs: Sequence[RunRecord]) -> str:
    """`loss 0.112 ± 0.004, accuracy 96.7 ± 0.3 %`: mean and spread of the best epochs of a series."""
    found = [_validation(run) for run in runs if run.best]
    names = [name for name in (found[0] if found else {}) if all(name in values for values in found)]
    return ", ".join(f"{name} {_spread(name, [values[name] for values in found])}" for name in names[:2])


def _spread(name: str, values: Sequence[float]) -> str:
    mean, spread = fmean(values), stdev(values) if len(values) > 1 else 0.0
    if name.endswith("accuracy"):
        return f"{mean * 100:.1f} ± {spread * 100:.1f} %"
    return numbers.loss_within(mean, spread)


def best_score(run: RunRecord) -> str:
    """`loss 0.112, accuracy 96.7 %` of the best epoch on validation rows, or nothing yet."""
    rows = (run.rows or {}).get("validation", 0)
    values = _validation(run)
    return ", ".join(f"{name} {_written(name, value, rows)}" for name, value in list(values.items())[:2])


def _validation(run: RunRecord) -> Values:
    """Values of the best epoch, without their standard errors."""
    return {
        name.removeprefix("val_"): value
        for name, value in (run.best or {}).items()
        if name != "epoch" and not name.endswith("_se")
    }


def _written(name: str, value: float, rows: int) -> str:
    return numbers.percent(value, rows) if name.endswith("accuracy") else numbers.loss(value)
