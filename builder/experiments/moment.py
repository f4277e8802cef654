"""What was a run like when an epoch of it was kept? Its project, with what had been changed while it ran."""

from builder.errors import Unreadable
from builder.project.document import Project
from builder.runs import artifacts
from builder.runs.records import RunRecord
from builder.train import checkpoints
from builder.train.live_change import Live, folded


def as_trained(run: RunRecord, epoch: int) -> Project:
    """The project with the epochs that the run was given at last, and the settings that held at the kept `epoch`."""
    training = run.project.training.model_copy(update={"epochs": run.epochs})
    return folded(run.project.model_copy(update={"training": training}), live_at(run, epoch))


def live_at(run: RunRecord, epoch: int) -> Live:
    """The settings that had been changed when this epoch was kept; none where its file cannot be read."""
    try:
        return checkpoints.facts(artifacts.kept_file(run.id, epoch)).live
    except Unreadable:
        return {}
