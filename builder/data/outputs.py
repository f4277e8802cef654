"""Does an output have the size and the reach that its target needs?"""

from collections.abc import Iterator
from math import inf

from builder.data.answers import ALL_NUMBERS, BENDABLE, Answer
from builder.data.columns import Goal, Kind
from builder.data.dataset import Card
from builder.data.registry import load
from builder.data.shapes import Shape
from builder.data.words import count, figure, mismatch, times
from builder.issues import Issue, Severity


def output_issues(
    answer: Answer, goal: Goal, card: Card, shape: Shape | None, row: Shape | None
) -> Iterator[Issue]:
    """What keeps this output from learning its goal.

    Args:
        answer: The output as drawn.
        goal: What it learns.
        card: Facts about the data.
        shape: The output's shape without batch; None: not known, sizes are not judged.
        row: The shape of the only input, for learning it again.
    """
    if goal.kind is Kind.INPUTS:
        if shape is not None and row is not None and tuple(shape) != tuple(row):
            yield _other_shape(answer, shape, row)
            return
        yield from _reach(answer, card.name, card.value_range)
    elif shape is not None and len(shape) != 1:
        yield _not_one_row(answer, goal, shape)
    elif goal.kind is Kind.CLASS:
        yield from _scores(answer, goal, card, shape)
    elif shape is not None and shape[0] != 1:
        yield _resize(answer, f"has {_units(shape)}, but {goal.column} is one number.", 1)
    else:
        yield from _reach(answer, goal.column, _target_range(card, goal, answer))


def _scores(answer: Answer, goal: Goal, card: Card, shape: Shape | None) -> Iterator[Issue]:
    units, classes = (shape[0] if shape else answer.units), goal.class_count
    if units is None:
        return
    if units == 1 and classes == 2:
        if answer.activation is not None and answer.activation not in ("sigmoid", "hard_sigmoid"):
            always = ", which always answers 1" if answer.activation == "softmax" else ""
            message = f"{answer.node.id} has 1 unit with {answer.activation}{always}."
            yield _rebend(answer, f"{message} For 2 classes it needs sigmoid.", "sigmoid")
    elif units != classes:
        softly = (
            " and softmax, which always answers 1" if units == 1 and answer.activation == "softmax" else ""
        )
        has = f"has {count(units, 'unit')}{softly}, but {card.name} has {count(classes, 'class', 'classes')}."
        yield _resize(answer, has, classes)
    elif answer.activation in ("sigmoid", "hard_sigmoid"):
        message = f"{answer.node.id} judges each of {classes} classes alone; they exclude each other."
        yield _rebend(answer, message, "softmax", Severity.WARNING)
    elif answer.activation not in ("softmax", None):
        message = f"{answer.node.id} answers with {answer.activation} numbers; classes need shares that add up to 1."
        yield _rebend(answer, message, "softmax")


def _reach(answer: Answer, what: str, wanted: tuple[float, float] | None) -> Iterator[Issue]:
    low, high = answer.bend.reach if answer.bend is not None else ALL_NUMBERS
    if wanted is None or (low <= wanted[0] and wanted[1] <= high):
        return
    if answer.activation == "softmax" and answer.units == 1:
        message = f"{answer.node.id} has 1 unit with softmax, which always answers 1."
    else:
        ends = f"from {figure(wanted[0])} to {figure(wanted[1])}"
        message = f"{answer.node.id} answers {_span(low, high)}, but {what} goes {ends}."
    yield _rebend(answer, message, "linear")


def _span(low: float, high: float) -> str:
    if high == inf:
        return f"from {figure(low)} up"
    return f"from {figure(low)} to {figure(high)}" if low > -inf else f"up to {figure(high)}"


def _target_range(card: Card, goal: Goal, answer: Answer) -> tuple[float, float] | None:
    if answer.bend is None or answer.bend.reach == ALL_NUMBERS:
        return None
    if goal.column == card.target_name:
        return card.target_range
    values = load(card.name).column(goal.column)
    return float(values.min()), float(values.max())


def _units(shape: Shape) -> str:
    return count(shape[0], "unit") if isinstance(shape[0], int) else "unknown length"


def _resize(answer: Answer, has: str, units: int) -> Issue:
    if answer.head is None:
        fix = f"Add a Dense layer with {count(units, 'unit')} after it."
        return mismatch(answer.node.id, f"{answer.node.id} {has}", fix)
    also = " of " + answer.head.id if answer.head.id != answer.node.id else ""
    fix = f"Set units{also} to {units}."
    return mismatch(answer.node.id, f"{answer.node.id} {has}", fix, argument="units")


def _rebend(answer: Answer, message: str, activation: str, severity: Severity = Severity.ERROR) -> Issue:
    bending = answer.bend.node if answer.bend is not None else None
    fix = f"End with {activation}."
    if bending is not None and bending.type in BENDABLE:
        also = "" if bending.id == answer.node.id else f" of {bending.id}"
        fix = f"Set activation{also} to {activation}."
    return mismatch(answer.node.id, message, fix, severity, argument="activation")


def _not_one_row(answer: Answer, goal: Goal, shape: Shape) -> Issue:
    wanted = f"{goal.class_count} scores" if goal.kind is Kind.CLASS else "one number"
    gives = times(shape) if shape else "a single number"
    message = f"{answer.node.id} gives {gives} for each row, but {goal.column} needs a row of {wanted}."
    if not shape:
        return mismatch(answer.node.id, message, "End with a Dense layer.")
    return mismatch(answer.node.id, message, "Insert Flatten before the last Dense layer.")


def _other_shape(answer: Answer, shape: Shape, row: Shape) -> Issue:
    message = f"{answer.node.id} gives {times(shape)}, but the input that it learns again is {times(row)}."
    if len(row) == len(shape) == 1 and isinstance(row[0], int) and answer.head is not None:
        also = " of " + answer.head.id if answer.head.id != answer.node.id else ""
        return mismatch(answer.node.id, message, f"Set units{also} to {row[0]}.", argument="units")
    return mismatch(answer.node.id, message, f"End with Reshape to {times(row)}.")
