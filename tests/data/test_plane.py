"""Which projects have a picture over the plane, and what is in it before a network answers."""

import numpy as np
import pytest

from builder.data.columns import Kind
from builder.data.plane import HIGH, POINTS, WIDE, framed, plane, question
from builder.data.starter import default_project
from builder.project.document import DataSpec, Project, SplitSpec

FLAT = ("gauss", "circle", "xor", "spiral", "plane")


def iris_by_two(columns: list[str]) -> Project:
    """The spiral's network, fed with two columns of the irises."""
    drawn = default_project("spiral")
    answer = drawn.design.nodes[-1]
    nodes = (*drawn.design.nodes[:-1], answer.model_copy(update={"params": {"units": 3}}))
    design = drawn.design.model_copy(update={"nodes": nodes})
    data = DataSpec(source="iris", inputs={"point": columns}, target="species")
    return drawn.model_copy(update={"design": design, "data": data})


@pytest.mark.parametrize("name", FLAT)
def test_every_set_of_points_has_a_picture(name: str) -> None:
    asked = question(default_project(name))
    assert asked is not None and asked.kind is (Kind.NUMBER if name == "plane" else Kind.CLASS)


@pytest.mark.parametrize("name", ["digits", "iris", "diabetes"])
def test_a_network_that_takes_more_numbers_has_none(name: str) -> None:
    assert question(default_project(name)) is None and plane(default_project(name)) is None


def test_without_data_or_with_a_set_that_is_gone_there_is_none() -> None:
    spiral = default_project("spiral")
    assert question(spiral.model_copy(update={"data": None})) is None
    assert question(spiral.model_copy(update={"data": DataSpec(source="sold")})) is None


def test_a_network_that_learns_its_points_again_has_none() -> None:
    spiral = default_project("spiral")
    again = spiral.model_copy(update={"data": DataSpec(source="spiral", target="$inputs")})
    assert question(again) is None


def test_two_chosen_columns_of_a_wider_set_have_one() -> None:
    names = ["petal length (cm)", "petal width (cm)"]
    over = plane(iris_by_two(names))
    assert over is not None
    assert over.axes == tuple(names)
    assert over.goal.class_count == 3 and sum(over.train.class_rows) == over.train.rows


def test_test_rows_stay_closed() -> None:
    over = plane(default_project("circle"))
    assert over is not None
    assert (over.train.rows, over.validation.rows) == (350, 75)
    assert len(over.train.place) + len(over.validation.place) == 425


def test_the_frame_is_four_by_three_holds_all_points_and_keeps_circles_round() -> None:
    over = plane(default_project("circle"))
    assert over is not None
    (left, right), (bottom, top) = over.x, over.y
    assert (right - left) / (top - bottom) == pytest.approx(WIDE / HIGH)
    places = np.concatenate([over.train.place, over.validation.place])
    assert np.all(places > (left, bottom)) and np.all(places < (right, top))


def test_columns_of_very_different_size_each_fill_the_frame() -> None:
    x, y = framed(np.array([[0, 0], [1, 1000]], np.float32))
    assert x == pytest.approx((-0.08, 1.08)) and y == pytest.approx((-80, 1080))


def test_points_that_all_lie_in_one_place_have_a_frame_around_them() -> None:
    (left, right), (bottom, top) = framed(np.array([[2, 3], [2, 3]], np.float32))
    assert left < 2 < right and bottom < 3 < top


def test_numbers_on_both_sides_of_zero_are_shown_around_it() -> None:
    over = plane(default_project("plane"))
    assert over is not None
    assert over.values[0] == -over.values[1] and 0.9 < over.values[1] < 1.3


def test_very_many_rows_are_drawn_as_a_sample_and_counted_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.data.plane.POINTS", 100)
    over = plane(default_project("xor"))
    assert over is not None and POINTS == 2000
    assert len(over.train.place) + len(over.validation.place) == 100
    assert over.train.rows == 350


def test_without_validation_rows_there_are_no_hollow_points() -> None:
    spiral = default_project("spiral")
    assert spiral.data is not None
    split = SplitSpec(kind="random", train=0.8, validation=0.0, test=0.2, seed=0)
    over = plane(spiral.model_copy(update={"data": spiral.data.model_copy(update={"split": split})}))
    assert over is not None and over.validation.rows == 0 and len(over.validation.place) == 0
