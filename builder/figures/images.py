"""What do the images look like, side by side? Crisp: each pixel a square, none blurred."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from builder.figures.theme import Theme

if TYPE_CHECKING:
    import plotly.graph_objects as go

GAP = 1
"""Empty pixels between images."""


@dataclass(frozen=True, slots=True)
class ImageGrid:
    """Images side by side on one sheet."""

    sheet: NDArray[np.float64]
    """Shape (height, width); 0 is paper, 1 is ink, NaN is the gap between images."""
    labels: tuple[str, ...]
    corners: tuple[tuple[int, int], ...]
    """Row and column of each image's top left pixel."""


def grid_info(images: Sequence[ArrayLike], labels: Sequence[str] = (), columns: int = 5) -> ImageGrid:
    """Images of one size laid out row by row, brightest value of all as full ink.

    Raises:
        ValueError: There are no images, they differ in size, or `columns` is below 1.
    """
    arrays = [np.asarray(image, dtype=float) for image in images]
    if (
        not arrays
        or columns < 1
        or any(image.ndim != 2 or image.shape != arrays[0].shape for image in arrays)
    ):
        raise ValueError("A grid needs at least one image and one column, and images of one size.")
    high, wide = arrays[0].shape
    across = min(columns, len(arrays))
    down = -(-len(arrays) // across)
    sheet = np.full((down * (high + GAP) - GAP, across * (wide + GAP) - GAP), np.nan)
    places = [divmod(number, across) for number in range(len(arrays))]
    corners = tuple((row * (high + GAP), column * (wide + GAP)) for row, column in places)
    full = max(float(image.max()) for image in arrays) or 1.0
    for image, (top, left) in zip(arrays, corners, strict=True):
        sheet[top : top + high, left : left + wide] = np.clip(image / full, 0, 1)
    return ImageGrid(sheet, tuple(labels), corners)


def grid_pixels(info: ImageGrid, theme: Theme, zoom: int = 8) -> NDArray[np.uint8]:
    """The sheet as RGBA, shape (height × zoom, width × zoom, 4), ready for PNG; gaps are transparent.

    Raises:
        ValueError: `zoom` is below 1.
    """
    if zoom < 1:
        raise ValueError(f"zoom must be at least 1; it is {zoom}.")
    paper, ink = (np.array(_rgb(colour), dtype=float) for colour in (theme.surface, theme.ink))
    empty = np.isnan(info.sheet)
    share = np.where(empty, 0.0, info.sheet)[:, :, None]
    colours = np.rint(paper + share * (ink - paper)).astype(np.uint8)
    alpha = np.where(empty, 0, 255).astype(np.uint8)[:, :, None]
    sheet = np.concatenate([colours, alpha], axis=2)
    return sheet.repeat(zoom, axis=0).repeat(zoom, axis=1)


def grid_html(info: ImageGrid, theme: Theme, zoom: int = 4) -> str:
    """The sheet as one `<img>` that grows with its column and stays crisp; its alternative text lists the labels."""
    from PIL import Image

    buffer = BytesIO()
    Image.fromarray(grid_pixels(info, theme, 1)).save(buffer, format="PNG")
    data = b64encode(buffer.getvalue()).decode("ascii")
    width = info.sheet.shape[1] * zoom
    return (
        f'<img src="data:image/png;base64,{data}" alt="{escape(", ".join(info.labels))}" '
        f'style="width:100%;max-width:{width}px;image-rendering:pixelated">'
    )


def grid_figure(info: ImageGrid, theme: Theme, height: int = 160) -> "go.Figure":
    """The sheet as a Plotly figure without axes; the label of an image shows under the pointer."""
    import plotly.graph_objects as go

    figure = go.Figure(
        go.Heatmap(
            z=info.sheet,
            text=_hover(info),
            hovertemplate="%{text}<extra></extra>" if info.labels else None,
            hoverinfo="text" if info.labels else "skip",
            colorscale=[(0, theme.surface), (1, theme.ink)],
            zmin=0,
            zmax=1,
            showscale=False,
            zsmooth=False,
            hoverongaps=False,
        )
    )
    figure.update_layout(
        height=height,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
    return figure


def _hover(info: ImageGrid) -> NDArray[np.str_]:
    words = np.full(info.sheet.shape, "", dtype="<U120")
    for word, (top, left) in zip(info.labels, info.corners, strict=False):
        bottom = min((row for row, _ in info.corners if row > top), default=info.sheet.shape[0])
        right = min((column for _, column in info.corners if column > left), default=info.sheet.shape[1])
        words[top:bottom, left:right] = _plain(word)
    return words


def _plain(word: str) -> str:
    """Plotly reads a little HTML: escape it."""
    return word.replace("&", "&amp;").replace("<", "&lt;")


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
