"""Which colours, letters and margins do figures have? The same as the pages around them, light and dark.

The values are those of .streamlit/config.toml and of the components' tokens; a test holds them equal.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.figures.tokens import Appearance, Mode, family_colour, family_tint, ink, line, tokens

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = [
    "THEMES", "Appearance", "Mode", "Theme", "class_colours", "dressed", "family_colour", "family_tint", "ink",
    "line", "theme", "tokens",
]  # fmt: skip

FONT = "Inter, system-ui, sans-serif"
TEXT_SIZE = 12.5
SYMBOLS = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "x",
    "star",
    "triangle-down",
    "hexagon",
    "bowtie",
)
"""One shape a class, since colour never stands alone."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one appearance."""

    surface: str
    ink: str
    quiet: str
    """For axis labels and what is second."""
    line: str
    """For grid lines and frames."""
    train: str
    validation: str
    test: str
    two_classes: tuple[str, str]
    """Violet and green."""
    classes: tuple[str, ...]
    """For three classes and more, in order."""
    sequential: tuple[str, ...]
    """From little to much."""
    diverging: tuple[str, ...]
    """From below to above, with the middle in the middle."""


def _colours(text: str) -> tuple[str, ...]:
    return tuple(text.split())


THEMES: dict[str, Theme] = {
    Mode.LIGHT: Theme(
        surface="#FFFFFF",
        ink="#1A1F1D",
        quiet="#4C5551",
        line="#DFE2DC",
        train="#1F5FC4",
        validation="#B8500A",
        test="#6B3FC0",
        two_classes=("#7A3FC4", "#4C7A0C"),
        classes=_colours("#1F5FC4 #B8500A #6B3FC0 #3D7314 #A82C7C #0B6E86 #82570A #B4232F #4B545C #8C958F"),
        sequential=_colours(
            "#E0F1EE #C2E2DD #A2D2CB #80C0B8 #5DADA4 #3C9A91 #1F867E #0A716B #075A55 #04433F"
        ),
        diverging=_colours("#4A1F86 #7A3FC4 #9E74D8 #C3A9E8 #E6DCF6 #E6F0D2 #C2D996 #96B856 #4C7A0C #2F4D05"),
    ),
    Mode.DARK: Theme(
        surface="#141816",
        ink="#EDF0EE",
        quiet="#B4BDB8",
        line="#2E3532",
        train="#84B4FF",
        validation="#FFA94D",
        test="#BFA2FF",
        two_classes=("#C09BFF", "#A6D25A"),
        classes=_colours("#84B4FF #FFA94D #BFA2FF #9BD062 #F49AD0 #63CBE3 #DDB35A #FF8F8B #B3BDC6 #6D7772"),
        sequential=_colours(
            "#17332F #1B4540 #205852 #266C65 #2D8178 #36968C #41AEA3 #4FC7BC #86DAD2 #BFEDE8"
        ),
        diverging=_colours("#C09BFF #9B78D8 #7657B0 #543B86 #35265A #2A380F #42591B #5F7E2B #83A840 #A6D25A"),
    ),
}


def theme(appearance: Appearance) -> Theme:
    """The colours of figures in one appearance."""
    return THEMES[appearance]


def class_colours(theme: Theme, count: int) -> tuple[str, ...]:
    """A colour for each of `count` classes; two are violet and green, beyond ten they repeat."""
    if count <= len(theme.two_classes):
        return theme.two_classes[:count]
    return tuple(theme.classes[number % len(theme.classes)] for number in range(count))


def scale(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """Colours as a Plotly colour scale from 0 to 1."""
    return [(index / (len(colours) - 1), colour) for index, colour in enumerate(colours)]


def dressed(figure: "go.Figure", theme: Theme, height: int) -> "go.Figure":
    """The figure in the page's letters and colours: transparent, without a title, tight margins, `height` pixels."""
    axis = {"gridcolor": theme.line, "zerolinecolor": theme.line, "linecolor": theme.line, "automargin": True}
    figure.update_layout(
        height=height,
        font={"family": FONT, "size": TEXT_SIZE, "color": theme.quiet},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": None},
        hoverlabel={"font": {"family": FONT, "size": TEXT_SIZE}},
        separators=".\u2009",
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure
