"""Which loss and metrics does each output get in the end? What the project says, else what suits the data."""

from collections.abc import Mapping

from builder.data.answers import Answer, answers
from builder.data.columns import Goal, columns
from builder.data.losses import default_loss, default_metrics
from builder.data.registry import card
from builder.design.order import input_ids
from builder.project.document import Project, Training


def settled(project: Project) -> Training:
    """The training settings with loss and metrics written out for every output, and for nothing else.

    Outputs whose target is not decided are left out (`fit_issues` names them).

    Raises:
        NotFound: There is no such data set.
    """
    drawn = answers(project.design)
    goals = goals_of(project, drawn)
    loss = {a.name: chosen_loss(project.training, a, goals[a.name]) for a in drawn if a.name in goals}
    metrics = {a.name: chosen_metrics(project.training, a, goals[a.name]) for a in drawn if a.name in goals}
    return project.training.model_copy(update={"loss": loss, "metrics": metrics})


def goals_of(project: Project, drawn: tuple[Answer, ...]) -> Mapping[str, Goal]:
    """What each output learns, as far as it is decided; nothing without data."""
    if project.data is None:
        return {}
    names = [answer.name for answer in drawn]
    return columns(card(project.data.source), project.data, input_ids(project.design), names).goals


def chosen_loss(training: Training, answer: Answer, goal: Goal) -> str:
    """The loss of one output: as set for it or for all, else what suits."""
    named = training.loss.get(answer.name) if isinstance(training.loss, dict) else training.loss
    return named or default_loss(goal, answer.units)


def chosen_metrics(training: Training, answer: Answer, goal: Goal) -> list[str]:
    """The metrics of one output: as set for it or for all, else what suits."""
    named = training.metrics.get(answer.name) if isinstance(training.metrics, dict) else training.metrics
    return list(default_metrics(goal)) if named is None else list(named)
