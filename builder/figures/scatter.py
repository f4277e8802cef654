"""Where do points lie, and which class or height do they have?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from builder.figures.theme import SYMBOLS, Theme, class_colours, dressed, scale

if TYPE_CHECKING:
    import plotly.graph_objects as go

MARGIN = 0.05
"""Room around the farthest point, as a share of the reach."""
MARKER = 7


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points that look the same: one class, or all of a regression."""

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    values: NDArray[np.float64] | None = None
    """What colours each point; None: the group has one colour."""


@dataclass(frozen=True, slots=True)
class ScatterInfo:
    """All that the picture shows, before it is drawn."""

    groups: tuple[PointGroup, ...]
    axes: tuple[str, str]
    reach: float
    """Both axes go from -reach to +reach, so that circles are round and 0 is in the middle."""
    bound: float
    """For coloured values: the colour scale goes from -bound to +bound; 0 for classes."""


def scatter_info(
    points: ArrayLike,
    target: ArrayLike,
    class_names: tuple[str, ...] = (),
    axes: tuple[str, str] = ("x", "y"),
) -> ScatterInfo:
    """Points by class, or with their values when there are no classes.

    Args:
        points: Shape (rows, 2).
        target: Shape (rows,): class numbers, or values.
        class_names: By class number; empty for regression.
        axes: Names of the two columns.

    Raises:
        ValueError: There are no rows, or not two columns.
    """
    place, values = np.asarray(points, dtype=float), np.asarray(target, dtype=float)
    if place.ndim != 2 or place.shape[1] != 2 or not len(place):
        raise ValueError(f"points have shape {place.shape}; needed is (rows, 2) with a row at least.")
    reach = float(np.abs(place).max()) * (1 + MARGIN) or 1.0
    if not class_names:
        group = PointGroup("", place[:, 0], place[:, 1], values)
        return ScatterInfo((group,), axes, reach, float(np.abs(values).max()))
    chosen = [values == number for number in range(len(class_names))]
    groups = [PointGroup(name, *place[rows].T) for name, rows in zip(class_names, chosen, strict=True)]
    return ScatterInfo(tuple(groups), axes, reach, 0.0)


def scatter_figure(info: ScatterInfo, theme: Theme, height: int = 420) -> "go.Figure":
    """The points as a Plotly figure: violet circles and green squares, or a colour scale from violet to green."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for number, group in enumerate(info.groups):
        figure.add_scatter(
            x=group.x, y=group.y, name=group.name, mode="markers", marker=_marker(info, number, theme)
        )
    figure.update_layout(showlegend=len(info.groups) > 1)
    figure = dressed(figure, theme, height)
    span = [-info.reach, info.reach]
    figure.update_xaxes(range=span, title=info.axes[0], dtick=2, constrain="domain")
    figure.update_yaxes(range=span, title=info.axes[1], dtick=2, constrain="domain", scaleanchor="x")
    return figure


def _marker(info: ScatterInfo, number: int, theme: Theme) -> dict[str, object]:
    outline = {"width": 0.8, "color": theme.surface}
    values = info.groups[number].values
    if values is None:
        colour = class_colours(theme, len(info.groups))[number]
        symbol = SYMBOLS[number % len(SYMBOLS)]
        return {"size": MARKER, "symbol": symbol, "color": colour, "line": outline}
    return {
        "size": MARKER,
        "color": values,
        "colorscale": scale(theme.diverging),
        "cmin": -info.bound,
        "cmax": info.bound,
        "line": {"width": 0.8, "color": theme.line},
        "colorbar": {"thickness": 10, "outlinewidth": 0},
    }
