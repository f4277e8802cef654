"""What was a run like when an epoch of it was kept? Its project, with what had been changed while it ran."""

from collections.abc import Mapping

from pydantic import JsonValue

from builder.design import edits
from builder.design.document import Design
from builder.errors import EditRefused, Unreadable
from builder.project import regularization
from builder.project.document import Project, Training
from builder.runs import artifacts
from builder.runs.records import RunRecord
from builder.train import checkpoints


def as_trained(run: RunRecord, epoch: int | None = None) -> Project:
    """The project with the epochs that the run was given at last, and the settings that held at the kept `epoch`.

    None: with the settings that hold now.
    """
    training = run.project.training.model_copy(update={"epochs": run.epochs})
    project = run.project.model_copy(update={"training": training})
    return with_live(project, (run.live or {}) if epoch is None else live_at(run, epoch))


def live_at(run: RunRecord, epoch: int) -> Mapping[str, JsonValue]:
    """The settings that had been changed when this epoch was kept; none where its file cannot be read."""
    try:
        return checkpoints.facts(artifacts.kept_file(run.id, epoch)).live
    except Unreadable:
        return {}


def with_live(project: Project, live: Mapping[str, JsonValue]) -> Project:
    """The project as if it had been begun with these settings."""
    design = project.design
    match live.get("l2"):
        case int() | float() as strength:
            design = regularization.with_l2(design, float(strength))
    rates = live.get("dropout")
    for path, rate in rates.items() if isinstance(rates, dict) else ():
        if isinstance(rate, int | float):
            design = regularization.with_dropout(design, float(rate), path)
    frozen = live.get("frozen")
    if isinstance(frozen, list):
        design = _frozen(design, [str(path) for path in frozen])
    return project.model_copy(update={"design": design, "training": _trained(project.training, live)})


def _trained(training: Training, live: Mapping[str, JsonValue]) -> Training:
    rate, batch = live.get("learning_rate"), live.get("batch_size")
    if isinstance(rate, int | float):
        params = training.optimizer.params | {"learning_rate": float(rate)}
        optimizer = training.optimizer.model_copy(update={"params": params})
        training = training.model_copy(update={"optimizer": optimizer})
    if isinstance(batch, int):
        training = training.model_copy(update={"batch_size": batch})
    return training


def _frozen(design: Design, paths: list[str]) -> Design:
    """These layers stand still, all others learn."""
    for where, node in list(regularization.placed(design)):
        path = "/".join((*where, node.id))
        stands = node.params.get("trainable") is False
        if (path in paths) == stands:
            continue
        edit = edits.SetParams(
            id=node.id,
            params={} if stands else {"trainable": False},
            reset=("trainable",) if stands else (),
        )
        try:
            design = edits.apply(design, edits.inside(where, edit))
        except EditRefused:
            continue  # removed by a fork before this one
    return design
