"""How many rows does each class have?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.figures.theme import Theme, class_colours, dressed

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW_HEIGHT = 26
"""Pixels of one bar with its gap."""


@dataclass(frozen=True, slots=True)
class ClassBars:
    """Bars of one length a class, first class on top."""

    names: tuple[str, ...]
    rows: tuple[int, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Rows and share of each class in words: `178 (9.9 %)`."""
        total = sum(self.rows) or 1
        return tuple(f"{rows:,} ({100 * rows / total:.1f} %)".replace(",", "\u2009") for rows in self.rows)

    @property
    def imbalance(self) -> float:
        """Rows of the largest class for each of the smallest; 1 is even, infinite when a class has none."""
        return max(self.rows) / min(self.rows) if min(self.rows) else float("inf")


def bars_info(names: Sequence[str], rows: Sequence[int]) -> ClassBars:
    """The bars of these classes.

    Raises:
        ValueError: No class, a count below 0, or not one count for each name.
    """
    if not names or len(names) != len(rows) or min(rows) < 0:
        raise ValueError(
            f"{len(names)} classes and {len(rows)} counts; needed is one count from 0 for each class."
        )
    return ClassBars(tuple(names), tuple(rows))


def bars_figure(info: ClassBars, theme: Theme) -> "go.Figure":
    """The bars as a Plotly figure, lying, with their words at the end; as high as it has classes."""
    import plotly.graph_objects as go

    names = [name.replace("&", "&amp;").replace("<", "&lt;") for name in info.names]
    figure = go.Figure(
        go.Bar(
            x=info.rows,
            y=names,
            orientation="h",
            text=info.labels,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
            marker={"color": class_colours(theme, len(names)), "cornerradius": 3},
        )
    )
    figure = dressed(figure, theme, height=ROW_HEIGHT * len(names) + 16)
    figure.update_layout(bargap=0.3)
    figure.update_xaxes(visible=False, range=[0, max(1, *info.rows) * 1.45])
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, ticks="")
    return figure
