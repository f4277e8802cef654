"""Does the network fit the data? If not: where, why, and what to do. Without Keras, and without reading rows."""

from collections.abc import Iterator, Mapping

from builder.data.answers import Answer, answers
from builder.data.columns import Goal, columns
from builder.data.dataset import Card
from builder.data.losses import default_loss, default_metrics, loss_complaint, metric_complaint
from builder.data.outputs import output_issues
from builder.data.registry import card
from builder.data.settings import chosen_loss, chosen_metrics
from builder.data.shapes import Shape, fits, row_shape
from builder.data.split import part_sizes
from builder.data.starter import default_project
from builder.data.suggest import Suggestion, suggest
from builder.data.words import count, mismatch, times
from builder.design.order import input_ids
from builder.errors import BuilderError, NotFound
from builder.issues import Issue
from builder.project.document import Project

__all__ = ["Suggestion", "default_loss", "default_project", "fit_issues", "suggest"]

Shapes = Mapping[str, Shape | tuple[Shape, ...] | None]


def fit_issues(project: Project, output_shapes: Shapes, input_shapes: Shapes) -> list[Issue]:
    """Why this network cannot train on its data, each issue naming its node; empty when it can.

    Args:
        project: Network, data and training settings.
        output_shapes: Shape without batch by node, as `check` reports them (a tuple of shapes for several ports).
            What is not known, because of a fault, is not judged.
        input_shapes: The same for input nodes.
    """
    if project.data is None:
        return [mismatch(None, "No data is chosen yet.", "Choose a data set.")]
    try:
        facts = card(project.data.source)
    except NotFound as missing:
        return [mismatch(None, missing.found, missing.expected, argument="source")]
    drawn, ids = answers(project.design), input_ids(project.design)
    shared = columns(facts, project.data, ids, [answer.name for answer in drawn])
    issues = [*shared.issues, *_ends(ids, drawn), *_split(project, facts)]
    for node, names in shared.inputs.items():
        issues += _input(project, facts, node, len(names), _shape(input_shapes.get(node), 0))
    row = _shape(input_shapes.get(ids[0]), 0) if len(ids) == 1 else None
    for answer in drawn:
        if answer.name in shared.goals:
            goal = shared.goals[answer.name]
            shape = _shape(output_shapes.get(answer.node.id), answer.port)
            found = list(output_issues(answer, goal, facts, shape, row))
            issues += found
            if all(
                issue.argument == "activation" for issue in found
            ):  # of the right size: the loss can be judged
                issues += _settings(project, answer, goal, shape)
    return [*issues, *_stale(project, drawn), *_stopping(project, drawn, shared.goals)]


def _shape(found: Shape | tuple[Shape, ...] | None, port: int) -> Shape | None:
    """The shape of one port, of a node that reports one shape or several."""
    if found is None or not found:
        return () if found == () else None
    if isinstance(found[0], int) or found[0] is None:
        return tuple(size for size in found if size is None or isinstance(size, int))
    several = [shape for shape in found if not isinstance(shape, int) and shape is not None]
    return several[port] if port < len(several) else None


def _ends(ids: tuple[str, ...], drawn: tuple[Answer, ...]) -> Iterator[Issue]:
    if not ids:
        yield mismatch(None, "The network has no input yet.", "Add an InputLayer.")
    elif not drawn:
        yield mismatch(None, "The network has no output yet.", "Connect the input to a Dense layer.")


def _input(project: Project, facts: Card, node: str, numbers: int, shape: Shape | None) -> Iterator[Issue]:
    drawn = project.design.node(node)
    if drawn is not None and drawn.params.get("dtype") == "string":
        yield mismatch(
            node,
            f"{node} takes text, but {facts.name} has numbers.",
            "Set dtype to float32.",
            argument="dtype",
        )
    elif shape is not None and not fits(shape, numbers):
        wanted = ", ".join(map(str, row_shape(numbers, facts.image_shape, shape)))
        takes = f"{times(shape)} numbers" if len(shape) < 2 else times(shape)
        has = (
            count(numbers, "feature")
            if facts.image_shape is None
            else f"images of {times(facts.image_shape)}"
        )
        message = f"{node} takes {takes}, but {facts.name} has {has}."
        if project.data is not None and project.data.inputs is not None:
            message = f"{node} takes {takes}, but {count(numbers, 'column')} of {facts.name} go in."
        yield mismatch(node, message, f"Set shape to {wanted}.", argument="shape")


def _split(project: Project, facts: Card) -> Iterator[Issue]:
    if project.data is None:
        return
    split = project.data.split
    try:
        part_sizes(facts.rows, (split.train, split.validation, split.test))
    except BuilderError as impossible:
        yield mismatch(None, impossible.found, impossible.remedy, argument="split")


def _settings(project: Project, answer: Answer, goal: Goal, shape: Shape | None) -> Iterator[Issue]:
    units = shape[-1] if shape else answer.units
    complaint = loss_complaint(chosen_loss(project.training, answer, goal), answer.name, goal, units)
    if complaint:
        use = f"Use {default_loss(goal, units)}."
        yield mismatch(answer.node.id, complaint, use, argument="loss")
    for metric in chosen_metrics(project.training, answer, goal):
        complaint = metric_complaint(metric, answer.name, goal, units)
        if complaint:
            use = f"Use {default_metrics(goal)[0]}."
            yield mismatch(answer.node.id, complaint, use, argument="metrics")


def _stale(project: Project, drawn: tuple[Answer, ...]) -> Iterator[Issue]:
    """Training refuses settings of outputs that are not there; so they are told before."""
    names = {answer.name for answer in drawn}
    for what, settings in (("loss", project.training.loss), ("metrics", project.training.metrics)):
        for name in settings if isinstance(settings, dict) else ():
            if name not in names:
                verb = "is" if what == "loss" else "are"
                message = f"{what.capitalize()} {verb} set for {name}, which is no output."
                yield mismatch(None, message, f"Remove what is set for {name}.", argument=what)


def _stopping(project: Project, drawn: tuple[Answer, ...], goals: Mapping[str, Goal]) -> Iterator[Issue]:
    stopping, data = project.training.early_stopping, project.data
    if stopping is None or data is None:
        return
    if stopping.monitor.startswith("val_") and data.split.validation == 0:
        message = f"Early stopping watches {stopping.monitor}, but no rows are kept for validation."
        yield mismatch(None, message, "Keep rows for validation, or watch loss.", argument="early_stopping")
    told = [
        chosen_metrics(project.training, answer, goals[answer.name])
        for answer in drawn
        if answer.name in goals
    ]
    if stopping.monitor.endswith("accuracy") and not any("accuracy" in metrics for metrics in told):
        message = f"Early stopping watches {stopping.monitor}, but accuracy is not measured."
        yield mismatch(None, message, "Watch val_loss.", argument="early_stopping")
