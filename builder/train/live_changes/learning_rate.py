"""`learning_rate`: how far each step goes; counts from the next step on."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from builder.project.document import OptimizerSpec, Project
from builder.project.optimizers import ARGUMENTS, RATE
from builder.train.live_change import LiveChange

if TYPE_CHECKING:
    from builder.train.session import Session


def _judge(project: Project, node: str | None, value: JsonValue) -> str | None:
    if node is not None:
        return "All layers share one learning rate."
    wrong = RATE.complaint(value)
    return f"The learning rate {wrong}; it is {str(value)[:40]}." if wrong else None


def _fold(project: Project, node: str | None, value: JsonValue) -> Project:
    spec = project.training.optimizer
    optimizer = OptimizerSpec(type=spec.type, params=spec.params | {"learning_rate": value})
    return project.model_copy(
        update={"training": project.training.model_copy(update={"optimizer": optimizer})}
    )


def rate(project: Project) -> float:
    """The learning rate of a project."""
    spec = project.training.optimizer
    found = spec.params.get("learning_rate", ARGUMENTS[spec.type]["learning_rate"].default)
    return float(found) if isinstance(found, int | float) else RATE.default


def _follow(session: "Session", project: Project) -> None:
    session.model.optimizer.learning_rate.assign(rate(project))


CHANGE = LiveChange(
    label="Learning rate",
    is_instant=True,
    is_compiled=False,
    judge=_judge,
    fold=_fold,
    told=lambda project: rate(project),
    follow=_follow,
)
