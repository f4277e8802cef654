"""The drawing in order: lines to stand in, alignment, both directions, and a view that goes where it is sent."""

import re

import pytest
from gestures import (
    draw_chain,
    drop_layer,
    expect_wires,
    hold,
    in_sync,
    middle,
    node,
    open_empty_canvas,
    settled,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def chain(page: Page, canvas_address: str) -> Page:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dense")
    return page


def corner(page: Page, node_id: str) -> tuple[float, float]:
    """The upper left corner of a layer: a message line below it does not move that."""
    settled(node(page, node_id))
    box = node(page, node_id).bounding_box()
    assert box is not None
    return box["x"], box["y"]


def left(page: Page, node_id: str) -> float:
    return corner(page, node_id)[0]


def select_all(page: Page) -> None:
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+a")


def test_a_dragged_layer_snaps_into_line_with_its_neighbours(chain: Page) -> None:
    alone = drop_layer(chain, "Dropout", 720, 500)
    (x, y), (_, level) = middle(alone), middle(node(chain, "dense"))
    hold(chain, (x - 60, y), (x - 60, level + 40))
    for step in range(40, -40, -4):
        chain.mouse.move(x - 60, level + step)
        chain.wait_for_timeout(40)
        if chain.get_by_test_id("guide").count() and abs(middle(alone)[1] - level) < 2:
            break
    expect(chain.get_by_test_id("guide")).not_to_have_count(0)
    chain.mouse.up()
    expect(chain.get_by_test_id("guide")).to_have_count(0)
    assert settled(alone)[1] == pytest.approx(level, abs=1)


def test_selected_layers_align_and_spread_from_bar_and_menu(chain: Page) -> None:
    node(chain, "dense").click(position={"x": 60, "y": 14})
    for _ in range(5):
        chain.keyboard.press("Alt+ArrowRight")
    assert left(chain, "dense") == pytest.approx(left(chain, "dense_1") + 80, abs=2)
    select_all(chain)
    chain.get_by_test_id("align-menu").click()
    chain.get_by_test_id("align-right").click()
    assert left(chain, "dense_1") == pytest.approx(left(chain, "dense"), abs=1)
    chain.keyboard.press("Control+z")
    assert left(chain, "dense_1") < left(chain, "dense") - 40
    node(chain, "dense").click(button="right")
    chain.get_by_test_id("do-align-left").click()
    assert left(chain, "dense") == pytest.approx(left(chain, "input_layer"), abs=1)


def test_the_drawing_turns_to_the_right_and_its_wires_with_it(chain: Page) -> None:
    chain.get_by_test_id("direction").click()
    chain.wait_for_timeout(600)
    places = [corner(chain, name) for name in ("input_layer", "dense", "dense_1")]
    assert len({round(y) for _, y in places}) == 1
    assert places[0][0] < places[1][0] < places[2][0]
    out, into = (
        settled(node(chain, name).get_by_test_id(f"port-{side}"))
        for name, side in (("input_layer", "out"), ("dense", "in"))
    )
    assert out[1] == pytest.approx(into[1], abs=1)
    assert places[0][0] < out[0] < into[0]
    assert into[0] == pytest.approx(places[1][0], abs=2)
    wire = chain.locator(".react-flow__edge").first.locator(".wire").bounding_box()
    assert wire is not None
    assert wire["x"] == pytest.approx(out[0], abs=2)
    node(chain, "dense").click(position={"x": 60, "y": 14})
    chain.keyboard.press("ArrowRight")
    expect(node(chain, "dense_1")).to_have_class(re.compile("layer-selected"))
    in_sync(chain)
    chain.reload()
    in_sync(chain)
    assert corner(chain, "dense")[1] == pytest.approx(corner(chain, "dense_1")[1], abs=1)
    chain.get_by_test_id("direction").click()
    chain.wait_for_timeout(600)
    assert left(chain, "dense") == pytest.approx(left(chain, "dense_1"), abs=1)


def test_only_what_is_selected_is_laid_out(chain: Page) -> None:
    stays = drop_layer(chain, "Dropout", 700, 500)
    before = settled(stays)
    node(chain, "dense").click(position={"x": 60, "y": 14})
    for _ in range(6):
        chain.keyboard.press("Alt+ArrowRight")
    node(chain, "dense_1").click(position={"x": 60, "y": 14}, modifiers=["Shift"])
    chain.keyboard.press("l")
    chain.wait_for_timeout(600)
    assert left(chain, "dense") == pytest.approx(left(chain, "dense_1"), abs=1)
    assert settled(stays) == before


def test_the_view_zooms_pans_and_fits_by_keys_wheel_and_buttons(chain: Page) -> None:
    zoom = chain.get_by_test_id("zoom")
    chain.get_by_test_id("canvas").focus()
    chain.keyboard.press("1")
    expect(zoom).to_have_text("100 %")
    chain.keyboard.press("+")
    expect(zoom).to_have_text("120 %")
    chain.keyboard.press("-")
    chain.keyboard.press("-")
    expect(zoom).to_have_text("83 %")
    chain.keyboard.press("1")
    expect(zoom).to_have_text("100 %")
    x, y = settled(node(chain, "dense"))
    chain.keyboard.press("Escape")
    chain.keyboard.press("ArrowDown")
    assert settled(node(chain, "dense")) == pytest.approx((x, y - 64), abs=1)
    empty = (x + 220, y + 10)
    hold(chain, empty, (empty[0] + 50, empty[1]))
    chain.mouse.up()
    assert settled(node(chain, "dense"))[0] == pytest.approx(x + 50, abs=4)
    chain.mouse.move(*empty)
    chain.mouse.down(button="middle")
    chain.mouse.move(empty[0] - 50, empty[1], steps=5)
    chain.mouse.up(button="middle")
    assert settled(node(chain, "dense"))[0] == pytest.approx(x, abs=6)
    chain.mouse.wheel(30, 12)
    assert settled(node(chain, "dense"))[0] == pytest.approx(x - 30, abs=6)
    expect(zoom).to_have_text("100 %")
    chain.mouse.wheel(0, 240)
    expect(zoom).not_to_have_text("100 %")
    chain.keyboard.press("f")
    chain.wait_for_timeout(500)
    expect(node(chain, "input_layer")).to_be_in_viewport(ratio=1)
    expect(node(chain, "dense_1")).to_be_in_viewport(ratio=1)


def test_space_drags_the_view_even_over_a_layer(chain: Page) -> None:
    x, y = settled(node(chain, "dense"))
    chain.get_by_test_id("canvas").focus()
    chain.keyboard.down(" ")
    hold(chain, (x - 60, y), (x - 20, y))
    chain.mouse.up()
    chain.keyboard.up(" ")
    assert settled(node(chain, "dense"))[0] == pytest.approx(x + 40, abs=4)
    assert settled(node(chain, "dense_1"))[0] == pytest.approx(x + 40, abs=4)


def test_a_box_selects_and_the_selection_is_brought_into_view(chain: Page) -> None:
    (x, top), (_, bottom) = middle(node(chain, "dense")), middle(node(chain, "dense_1"))
    chain.keyboard.down("Shift")
    hold(chain, (x - 220, top - 20), (x + 40, bottom + 10))
    chain.mouse.up()
    chain.keyboard.up("Shift")
    expect(chain.locator(".layer-selected")).to_have_count(2)
    chain.keyboard.press("-")
    chain.keyboard.press("-")
    chain.keyboard.press("Shift+F")
    expect(chain.get_by_test_id("zoom")).to_have_text("100 %")
    expect_wires(chain, "input_layer dense", "dense dense_1")
