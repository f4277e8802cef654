"""Where in the plane lie the rows of a network that takes two numbers, and what is to be learnt there?

`question` is answered without reading rows; `plane` has the points. Test rows stay closed here as everywhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.data.columns import Goal, Kind, columns
from builder.data.prepare import Prepared, drawn_shapes, prepare
from builder.data.registry import card, names
from builder.design.order import input_ids, output_references
from builder.project.document import Project

Span = tuple[float, float]
"""From and to."""
WIDE, HIGH = 4, 3
"""The picture's sides: it stands beside the curves."""
MARGIN = 0.08
"""Room around the outermost points, as a share of their span."""
POINTS = 2000
"""More points than this hide one another, and what is behind them."""
ALIKE = 2.0
"""Columns whose spans differ less are drawn to the same scale, so that circles are round."""


@dataclass(frozen=True, slots=True)
class Points:
    """Rows of one part of the data."""

    place: NDArray[np.float32]
    """Shape (points, 2): what the network is given."""
    value: NDArray[np.generic]
    """Shape (points,): class numbers, or the target."""
    rows: int
    """Rows of this part; a sample of them is drawn when there are very many."""
    class_rows: tuple[int, ...]
    """Rows of each class; empty for numbers."""


@dataclass(frozen=True, slots=True)
class Plane:
    """All that is known before the network answers."""

    axes: tuple[str, str]
    goal: Goal
    x: Span
    y: Span
    values: Span
    """Least and greatest target that is shown; for classes 0 and 1."""
    train: Points
    validation: Points


def question(project: Project) -> Goal | None:
    """What is to be learnt over the plane; None where the network takes other than one row of two numbers.

    The first output counts. No rows are read.
    """
    inputs = input_ids(project.design)
    if project.data is None or project.data.source not in names() or len(inputs) != 1:
        return None
    ends = _outputs(project)
    found = columns(card(project.data.source), project.data, inputs, ends)
    goal = found.goals.get(ends[0]) if ends else None
    fits = drawn_shapes(project.design).get(inputs[0]) == (2,) and len(found.inputs.get(inputs[0], ())) == 2
    return goal if fits and goal is not None and goal.kind is not Kind.INPUTS else None


def plane(project: Project) -> Plane | None:
    """The plane with its points; None where there is none (see `question`).

    Raises:
        BuilderError: The data cannot be read or split as the project says.
    """
    goal = question(project)
    if goal is None or project.data is None:
        return None
    inputs, ends = input_ids(project.design), _outputs(project)
    data = prepare(project, inputs, ends)
    axes = columns(card(project.data.source), project.data, inputs, ends).inputs[inputs[0]]
    place, value = data.inputs[inputs[0]].astype(np.float32), data.targets[ends[0]].reshape(-1)
    open_rows = np.concatenate([data.split.train, data.split.validation])
    x, y = framed(place[open_rows])
    return Plane(
        axes=(axes[0], axes[1]),
        goal=goal,
        x=x,
        y=y,
        values=_shown(value[open_rows]) if goal.kind is Kind.NUMBER else (0.0, 1.0),
        train=_points(place, value, data, data.split.train, goal),
        validation=_points(place, value, data, data.split.validation, goal),
    )


def framed(place: NDArray[np.float32]) -> tuple[Span, Span]:
    """The part of the plane that is shown, 4 wide and 3 high, around points of shape (rows, 2)."""
    low, high = place.min(axis=0).astype(float), place.max(axis=0).astype(float)
    half = np.maximum((high - low) / 2 * (1 + 2 * MARGIN), 1e-6)
    if 1 / ALIKE <= half[0] / half[1] <= ALIKE:
        half = max(half[0] / WIDE, half[1] / HIGH) * np.array([WIDE, HIGH])
    first, last = (low + high) / 2 - half, (low + high) / 2 + half
    return (float(first[0]), float(last[0])), (float(first[1]), float(last[1]))


def _shown(values: NDArray[np.generic]) -> Span:
    """The targets' range; around 0 when they lie on both sides, so that 0 has the middle colour."""
    low, high = float(np.min(values)), float(np.max(values))
    if low < 0 < high:
        high = max(-low, high)
        low = -high
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _points(
    place: NDArray[np.float32],
    value: NDArray[np.generic],
    data: Prepared,
    rows: NDArray[np.int64],
    goal: Goal,
) -> Points:
    share = len(rows) / max(1, len(data.split.train) + len(data.split.validation))
    most = max(1, round(POINTS * share))
    drawn = rows if len(rows) <= most else np.sort(np.random.default_rng(0).choice(rows, most, replace=False))
    counts = tuple(int(np.sum(value[rows] == number)) for number in range(goal.class_count))
    return Points(place[drawn], value[drawn], len(rows), counts)


def _outputs(project: Project) -> list[str]:
    return [key or node_id for key, node_id, _ in output_references(project.design)]
