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
    """`loss 0.112, accuracy 96.7 %` of the best epoch, or nothing yet."""
    if not run.best:
        return ""
    rows = (run.rows or {}).get("validation", 0)
    parts = []
    if "val_loss" in run.best:
        parts.append(f"loss {numbers.loss(run.best['val_loss'])}")
    if "val_accuracy" in run.best:
        parts.append(f"accuracy {numbers.percent(run.best['val_accuracy'], rows)}")
    return ", ".join(parts)
