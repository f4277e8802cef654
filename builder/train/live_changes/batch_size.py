"""`batch_size`: rows between two updates of the weights; counts from the next epoch on."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from builder.project.document import Project
from builder.train.live_change import LiveChange

if TYPE_CHECKING:
    from builder.train.session import Session

MOST = 65_536


def _judge(project: Project, node: str | None, value: JsonValue) -> str | None:
    if node is not None:
        return "All layers share one batch size."
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST:
        return f"The batch size must be a whole number from 1 to {MOST}; it is {str(value)[:40]}."
    return None


def _fold(project: Project, node: str | None, value: JsonValue) -> Project:
    return project.model_copy(update={"training": project.training.model_copy(update={"batch_size": value})})


def _follow(session: "Session", project: Project) -> None:
    session.passes.resize(project.training.batch_size)


CHANGE = LiveChange(
    label="Batch size",
    is_instant=False,
    is_compiled=False,
    judge=_judge,
    fold=_fold,
    told=lambda project: project.training.batch_size,
    follow=_follow,
)
