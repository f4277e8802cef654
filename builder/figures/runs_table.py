"""Which facts about runs stand side by side in a table? Settings, scores, when."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from builder.figures import numbers
from builder.runs.records import RunRecord

STATES = {
    "queued": "waiting",
    "starting": "starting",
    "running": "training",
    "stopping": "stopping",
    "finished": "finished",
    "stopped": "stopped",
    "failed": "failed",
    "lost": "lost",
}


def runs_table(runs: Sequence[RunRecord]) -> pd.DataFrame:
    """One row a run, newest first as given; scores are those of the best epoch on validation rows."""
    return pd.DataFrame([_row(run) for run in runs])


def _row(run: RunRecord) -> dict[str, object]:
    training, data = run.project.training, run.project.data
    return {
        "Run": run.number,
        "Network": run.name,
        "Data": data.source if data else "",
        "State": STATES[run.state.value],
        "Best validation": best_score(run),
        "At epoch": int(run.best["epoch"]) if run.best else None,
        "Epochs": f"{run.epoch} of {run.epochs}",
        "Optimizer": str(training.optimizer.type),
        "Learning rate": f"{training.optimizer.params.get('learning_rate', '')}",
        "Batch": training.batch_size,
        "Time": numbers.seconds(run.seconds) if run.seconds else "",
        "Started": datetime.fromtimestamp(run.created_at).strftime("%d %b %H:%M:%S"),
    }


def best_score(run: RunRecord) -> str:
    """`loss 0.112, accuracy 96.7 %` of the best epoch on validation rows, or nothing yet."""
    rows = (run.rows or {}).get("validation", 0)
    values = {name.removeprefix("val_"): value for name, value in (run.best or {}).items() if name != "epoch"}
    return ", ".join(f"{name} {_written(name, value, rows)}" for name, value in list(values.items())[:2])


def _written(name: str, value: float, rows: int) -> str:
    return numbers.percent(value, rows) if name.endswith("accuracy") else numbers.loss(value)
