"""Pictures of data: points, images and class counts; the numbers first, then the drawing."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.figures.classes import bars_figure, bars_info
from builder.figures.images import grid_figure, grid_html, grid_info, grid_pixels
from builder.figures.scatter import scatter_figure, scatter_info
from builder.figures.theme import THEMES, Mode

LIGHT = THEMES[Mode.LIGHT]
POINTS = np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -4.0]])


def test_points_are_grouped_by_class_and_the_axes_are_even():
    info = scatter_info(POINTS, [0, 1, 0], ("violet", "green"))
    assert [group.name for group in info.groups] == ["violet", "green"]
    assert info.groups[0].x.tolist() == [1, 0] and info.groups[1].y.tolist() == [0.5]
    assert info.reach == pytest.approx(4.2)


def test_two_classes_are_violet_circles_and_green_squares():
    first, second = scatter_figure(scatter_info(POINTS, [0, 1, 0], ("a", "b")), LIGHT).data
    assert (first.marker.color, first.marker.symbol) == ("#7A3FC4", "circle")
    assert (second.marker.color, second.marker.symbol) == ("#4C7A0C", "square")


def test_a_regression_is_coloured_by_its_values_evenly_about_zero():
    info = scatter_info(POINTS, [-0.5, 0.2, 0.9])
    figure = scatter_figure(info, LIGHT)
    assert info.bound == pytest.approx(0.9) and not figure.layout.showlegend
    assert (figure.data[0].marker.cmin, figure.data[0].marker.cmax) == pytest.approx((-0.9, 0.9))


def test_a_class_without_points_and_points_all_at_zero_can_be_drawn():
    info = scatter_info(np.zeros((2, 2)), [0, 0], ("a", "b"))
    assert info.reach == 1 and len(info.groups[1].x) == 0
    assert len(scatter_figure(info, LIGHT).data) == 2


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.zeros((3, 3)), np.zeros(4)])
def test_what_are_no_points_is_refused(points: np.ndarray):
    with pytest.raises(ValueError, match="needed is"):
        scatter_info(points, np.zeros(len(points)))


@given(count=st.integers(1, 13), columns=st.integers(1, 6), size=st.integers(1, 5))
def test_every_image_is_found_again_on_the_sheet(count: int, columns: int, size: int):
    images = [np.full((size, size), number + 1.0) for number in range(count)]
    info = grid_info(images, columns=columns)
    for number, (top, left) in enumerate(info.corners):
        assert np.allclose(info.sheet[top : top + size, left : left + size], (number + 1) / count)
    assert np.isfinite(info.sheet).sum() == count * size * size


def test_pixels_are_squares_without_a_blur_and_gaps_are_clear():
    sheet = grid_pixels(grid_info([np.eye(2), np.eye(2)]), LIGHT, zoom=3)
    assert sheet.shape == (6, 15, 4) and sheet.dtype == np.uint8
    assert sheet[:3, :3].reshape(-1, 4).tolist() == [[26, 31, 29, 255]] * 9
    assert sheet[0, 3].tolist() == [255, 255, 255, 255]
    assert (sheet[:, 6:9, 3] == 0).all()


def test_an_all_black_image_is_paper_not_a_fault():
    assert np.array_equal(grid_info([np.zeros((2, 2))]).sheet, np.zeros((2, 2)))


def test_images_of_different_sizes_or_none_are_refused():
    for images, columns in (([], 5), ([np.eye(2), np.eye(3)], 5), ([np.eye(2)], 0)):
        with pytest.raises(ValueError, match="images of one size"):
            grid_info(images, columns=columns)
    with pytest.raises(ValueError, match="zoom"):
        grid_pixels(grid_info([np.eye(2)]), LIGHT, zoom=0)


def test_the_grid_figure_is_crisp_has_no_axes_and_names_the_image_under_the_pointer():
    figure = grid_figure(grid_info([np.eye(2)] * 3, ("a", "<b>", "c"), columns=2), LIGHT)
    (heatmap,) = figure.data
    assert heatmap.zsmooth is False and not figure.layout.xaxis.visible
    words = np.asarray(heatmap.text)
    assert words[0, 0] == "a" and words[1, 4] == "&lt;b>" and words[4, 1] == "c"


def test_the_grid_as_html_is_a_png_with_escaped_words():
    from base64 import b64decode

    from PIL import Image

    html = grid_html(grid_info([np.eye(2)], ('"><script>',)), LIGHT)
    assert "<script>" not in html and "pixelated" in html
    png = b64decode(html.partition("base64,")[2].partition('"')[0])
    assert Image.open(BytesIO(png)).size == (2, 2)


def test_bars_tell_rows_and_shares():
    info = bars_info(("0", "1"), (1500, 500))
    assert info.labels == ("1\u2009500 (75.0 %)", "500 (25.0 %)") and info.imbalance == 3


def test_an_empty_class_is_infinitely_rare_and_can_be_drawn():
    info = bars_info(("a", "<i>b"), (3, 0))
    assert info.imbalance == float("inf")
    figure = bars_figure(info, LIGHT)
    assert list(figure.data[0].y) == ["a", "&lt;i>b"]
    assert figure.layout.yaxis.type == "category"


@pytest.mark.parametrize(("names", "rows"), [((), ()), (("a",), (1, 2)), (("a",), (-1,))])
def test_counts_that_make_no_bars_are_refused(names: tuple[str, ...], rows: tuple[int, ...]):
    with pytest.raises(ValueError, match="one count"):
        bars_info(names, rows)
