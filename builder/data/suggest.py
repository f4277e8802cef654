"""What has to change so that a network fits a data set? Inputs, outputs, loss and metrics; hidden layers never."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.data.answers import ALL_NUMBERS, BENDABLE, Answer, answers
from builder.data.columns import Columns, Goal, Kind, columns
from builder.data.dataset import Card
from builder.data.losses import default_loss, default_metrics, fitting_losses, fitting_metrics
from builder.data.prepare import drawn_shapes
from builder.data.scaling import scaling_hints
from builder.data.settings import chosen_loss, chosen_metrics
from builder.data.shapes import fits, row_shape
from builder.data.words import count, times
from builder.design.document import Design, Node, Params
from builder.design.names import snake
from builder.design.order import input_ids
from builder.project.document import SAME_AS_INPUT, DataSpec, Project, SplitSpec, Training


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A project that fits, what was changed for it, and what only a person can decide."""

    project: Project
    changes: tuple[str, ...]
    """One line each: `pixels: shape 64 instead of 4`."""
    undecided: tuple[str, ...]
    """What could not be guessed, in words; empty when the network fits now."""
    hints: tuple[str, ...]
    """What would make it learn better, in words; nothing was changed for these."""


def suggest(project: Project, dataset: Card) -> Suggestion:
    """Fit the ends of a network to a data set, and leave its middle alone."""
    spec, said = _data(project.data, dataset)
    names = [answer.name for answer in answers(project.design)]
    shared = columns(dataset, spec, input_ids(project.design), names)
    design, shaped = _shaped(project.design, dataset, shared)
    design, answered, open_ends = _answering(design, dataset, shared)
    training, settled = _settings(project.training, answers(design), shared)
    fitted = project.model_copy(update={"design": design, "data": spec, "training": training})
    undecided = (*(issue.line for issue in shared.issues), *open_ends, *_no_images(project.design, design))
    hints = scaling_hints(design, dataset)
    return Suggestion(fitted, (*said, *shaped, *answered, *settled), undecided, hints)


def _data(spec: DataSpec | None, card: Card) -> tuple[DataSpec, list[str]]:
    if spec is not None and spec.source == card.name:
        return spec, []
    again = spec is not None and spec.target == SAME_AS_INPUT
    target = SAME_AS_INPUT if again else card.target_name
    split = SplitSpec() if spec is None else spec.split
    said = [f"data: {card.name}" + (f" instead of {spec.source}" if spec else "")]
    return DataSpec(source=card.name, target=target, split=split), said


def _shaped(design: Design, card: Card, shared: Columns) -> tuple[Design, list[str]]:
    drawn, said = drawn_shapes(design), []
    for node_id, names in shared.inputs.items():
        now = drawn.get(node_id)
        if now is not None and fits(now, len(names)):
            continue
        image = card.image_shape if len(names) == card.feature_count else None
        wanted = row_shape(len(names), image, now)
        design = _with_params(design, node_id, {"shape": [*wanted]})
        said.append(f"{node_id}: shape {times(wanted)}" + (f" instead of {times(now)}" if now else ""))
    return design, said


def _no_images(before: Design, after: Design) -> list[str]:
    were, are = drawn_shapes(before), drawn_shapes(after)
    flat = [node for node, shape in are.items() if len(shape) == 1 and len(were.get(node, shape)) > 1]
    return [f"{node} took {times(were[node])}. Layers for images will not fit behind it." for node in flat]


def _answering(design: Design, card: Card, shared: Columns) -> tuple[Design, list[str], list[str]]:
    said: list[str] = []
    undecided: list[str] = []
    for answer in answers(design):
        goal = shared.goals.get(answer.name)
        units = None if goal is None else _wanted_units(answer, goal, shared)
        if goal is None or units is None:
            continue
        if answer.head is None:
            end = f"{answer.node.id} is a {answer.node.type} layer. Add a Dense layer with {count(units, 'unit')}"
            undecided.append(f"{end} after it.")
            continue
        if answer.units != units:
            design = _with_params(design, answer.head.id, {"units": units})
            said.append(f"{answer.head.id}: {count(units, 'unit')} instead of {answer.units}")
        wanted = _wanted_activation(answer, goal, units, card)
        bend = answer.bend
        if wanted is None:
            continue
        if bend is None or bend.node.type not in BENDABLE or (goal.kind is Kind.CLASS and not bend.last):
            undecided.append(f"{answer.node.id} must end with {wanted}; it ends with {answer.node.type}.")
            continue
        design = _with_params(design, bend.node.id, {"activation": wanted})
        said.append(f"{bend.node.id}: activation {wanted} instead of {bend.function}")
    return design, said, undecided


def _wanted_units(answer: Answer, goal: Goal, shared: Columns) -> int | None:
    if goal.kind is Kind.INPUTS:
        return len(next(iter(shared.inputs.values()))) if len(shared.inputs) == 1 else None
    if goal.kind is Kind.NUMBER:
        return 1
    yes_no = goal.class_count == 2 and answer.units == 1
    return 1 if yes_no else goal.class_count


def _wanted_activation(answer: Answer, goal: Goal, units: int, card: Card) -> str | None:
    """The function to end with; None: what is drawn may stay."""
    if goal.kind is Kind.CLASS:
        wanted = "sigmoid" if units == 1 else "softmax"
        return None if answer.activation == wanted else wanted
    low, high = answer.bend.reach if answer.bend is not None else ALL_NUMBERS
    if goal.kind is Kind.NUMBER:
        return None if (low, high) == ALL_NUMBERS else "linear"
    return None if low <= card.value_range[0] and card.value_range[1] <= high else "linear"


def _settings(training: Training, drawn: Sequence[Answer], shared: Columns) -> tuple[Training, list[str]]:
    loss: dict[str, str] = {}
    metrics: dict[str, list[str]] = {}
    said: list[str] = []
    for answer in drawn:
        goal = shared.goals.get(answer.name)
        if goal is None:
            continue
        before = chosen_loss(training, answer, goal)
        fitting = snake(before) in fitting_losses(goal, answer.units)
        loss[answer.name] = before if fitting else default_loss(goal, answer.units)
        kept = [name for name in chosen_metrics(training, answer, goal) if _fits(name, answer, goal)]
        metrics[answer.name] = kept or list(default_metrics(goal))
        if not fitting:
            said.append(f"{answer.name}: loss {loss[answer.name]} instead of {before}")
        if metrics[answer.name] != chosen_metrics(training, answer, goal):
            said.append(f"{answer.name}: tells {', '.join(metrics[answer.name])}")
    said += [f"{name}: loss dropped, it is no output" for name in _stale(training, drawn)]
    stopping = training.early_stopping
    if (
        stopping
        and stopping.monitor.endswith("accuracy")
        and not any("accuracy" in m for m in metrics.values())
    ):
        stopping = stopping.model_copy(update={"monitor": stopping.monitor.replace("accuracy", "loss")})
        said.append(f"early stopping: watches {stopping.monitor}")
    return training.model_copy(update={"loss": loss, "metrics": metrics, "early_stopping": stopping}), said


def _fits(metric: str, answer: Answer, goal: Goal) -> bool:
    return snake(metric) in fitting_metrics(goal, answer.units)


def _stale(training: Training, drawn: Sequence[Answer]) -> list[str]:
    names = {answer.name for answer in drawn}
    return [name for name in training.loss if name not in names] if isinstance(training.loss, dict) else []


def _with_params(design: Design, node_id: str, params: Params) -> Design:
    """The design with these arguments of one node set; linear is Keras' default and is left out."""
    nodes = tuple(_changed(node, params) if node.id == node_id else node for node in design.nodes)
    return design.model_copy(update={"nodes": nodes})


def _changed(node: Node, params: Params) -> Node:
    merged = {**node.params, **params}
    if node.type == "Dense" and merged.get("activation") == "linear":
        del merged["activation"]
    return node.model_copy(update={"params": merged})
