"""Wires by hand: their ends move, layers go onto them and come off, and nothing impossible is drawn."""

import re

import pytest
from gestures import (
    connect,
    draw_chain,
    drop_layer,
    expect_wires,
    hold,
    in_sync,
    middle,
    node,
    open_empty_canvas,
    port,
    settled,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CHAIN = ("input_layer dense", "dense dense_1")


@pytest.fixture
def chain(page: Page, canvas_address: str) -> Page:
    """An input and two Dense layers in a row, and a Dropout that stands alone beside them."""
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dense")
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    drop_layer(page, "Dropout", canvas["width"] - 180, 360)
    expect_wires(page, *CHAIN)
    return page


def test_the_end_of_a_wire_moves_to_another_layer_and_back_as_one_step(chain: Page) -> None:
    x, y = port(chain, "dense_1", "in")
    hold(chain, (x, y - 17), (x + 30, y - 30), port(chain, "dropout", "in"))
    expect(chain.get_by_test_id("loose-wire")).to_be_visible()
    expect(node(chain, "input_layer")).to_have_class(re.compile("layer-refuses"))
    chain.mouse.up()
    expect_wires(chain, "input_layer dense", "dense dropout")
    chain.keyboard.press("Control+z")
    expect_wires(chain, *CHAIN)


def test_the_beginning_of_a_wire_moves_too(chain: Page) -> None:
    x, y = port(chain, "dense", "out")
    hold(chain, (x, y + 15), (x + 30, y + 30), middle(node(chain, "dropout")))
    chain.mouse.up()
    expect_wires(chain, "input_layer dense", "dropout dense_1")
    chain.keyboard.press("Control+z")
    in_sync(chain)
    chain.wait_for_timeout(1000)  # a port keeps the reach of a message line that has just gone
    x, y = port(chain, "dense", "out")
    chain.mouse.click(x, y + 15)
    expect(chain.locator(".wire-selected")).to_have_count(1)
    hold(chain, port(chain, "dense", "out"), (x + 30, y + 30), port(chain, "dropout", "out"))
    chain.mouse.up()
    expect_wires(chain, "input_layer dense", "dropout dense_1")


def test_an_impossible_end_is_refused_with_the_reason_and_escape_puts_the_wire_back(chain: Page) -> None:
    x, y = port(chain, "dense_1", "in")
    hold(chain, (x, y - 17), (x + 30, y - 30), middle(node(chain, "input_layer")))
    expect(chain.get_by_test_id("connect-reason")).to_contain_text("takes no input")
    chain.keyboard.press("Escape")
    expect(chain.get_by_test_id("loose-wire")).to_have_count(0)
    chain.mouse.up()
    expect_wires(chain, *CHAIN)


def test_a_wire_that_does_not_fit_is_drawn_with_a_warning(chain: Page) -> None:
    canvas = chain.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    drop_layer(chain, "Conv2D", 180, 500)
    hold(chain, port(chain, "dense_1", "out"), port(chain, "conv2d", "in"))
    expect(chain.get_by_test_id("connect-reason")).to_contain_text("conv2d needs images")
    chain.mouse.up()
    expect_wires(chain, *CHAIN, "dense_1 conv2d")


def test_a_wire_that_is_let_go_over_nothing_asks_for_a_layer_there(chain: Page) -> None:
    x, y = port(chain, "dense_1", "in")
    canvas = chain.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    hold(chain, (x, y - 17), (canvas["x"] + 160, canvas["y"] + 420))
    chain.mouse.up()
    chain.get_by_test_id("finder-input").wait_for()
    chain.keyboard.press("Escape")
    expect_wires(chain, *CHAIN)
    hold(chain, (x, y - 17), (canvas["x"] + 160, canvas["y"] + 420))
    chain.mouse.up()
    chain.get_by_test_id("finder-input").fill("LayerNormalization")
    chain.keyboard.press("Enter")
    expect_wires(chain, "input_layer dense", "dense layer_normalization")
    chain.keyboard.press("Control+z")
    expect_wires(chain, *CHAIN)


def test_a_lone_layer_goes_onto_a_wire_and_alt_takes_it_off(chain: Page) -> None:
    start = middle(node(chain, "dropout"))
    (x, above), (_, below) = port(chain, "dense", "out"), port(chain, "dense_1", "in")
    grip = (start[0] - 60, start[1])
    hold(chain, grip, (x, (above + below) / 2))
    expect(chain.locator(".wire-landing")).to_have_count(1)
    chain.mouse.up()
    expect_wires(chain, "input_layer dense", "dense dropout", "dropout dense_1")
    place = settled(node(chain, "dropout"))
    assert abs(place[0] - x) < 3, "it stands in the row"
    chain.keyboard.down("Alt")
    hold(chain, (place[0] - 60, place[1]), (place[0] + 260, place[1]))
    chain.mouse.up()
    chain.keyboard.up("Alt")
    expect_wires(chain, *CHAIN)
    for _ in range(2):
        chain.keyboard.press("Control+z")
    expect_wires(chain, *CHAIN)


def test_the_button_of_a_wire_puts_a_layer_on_it_and_the_wire_says_what_flows(chain: Page) -> None:
    in_sync(chain)
    (x, above), (_, below) = port(chain, "input_layer", "out"), port(chain, "dense", "in")
    chain.mouse.move(x, (above + below) / 2)
    expect(chain.get_by_test_id("wire-shape")).to_have_text("64")
    chain.get_by_test_id("wire-insert").click()
    chain.get_by_test_id("finder-input").fill("Rescaling")
    chain.keyboard.press("Enter")
    expect_wires(chain, "input_layer rescaling", "rescaling dense", "dense dense_1")
    chain.keyboard.press("Control+z")
    chain.mouse.dblclick(x, above + 15)
    chain.get_by_test_id("finder-input").wait_for()


def test_delete_joins_the_neighbours_of_a_merge_in_order(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dense", "Concatenate")
    connect(page, node(page, "dense"), node(page, "concatenate"))
    connect(page, node(page, "input_layer"), node(page, "concatenate"))
    in_sync(page)
    expect(node(page, "concatenate")).to_contain_text("dense_1, dense, input_layer")
    node(page, "dense_1").click(position={"x": 60, "y": 14})
    page.keyboard.press("u")
    expect_wires(page, "input_layer dense", "dense concatenate", "input_layer concatenate")
    page.keyboard.press("Control+z")
    node(page, "dense").click(position={"x": 60, "y": 14})
    page.keyboard.press("Delete")
    expect_wires(page, "input_layer dense_1", "dense_1 concatenate", "input_layer concatenate")
    in_sync(page)
    expect(node(page, "concatenate")).to_contain_text("dense_1, input_layer")
