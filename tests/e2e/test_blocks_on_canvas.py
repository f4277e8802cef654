"""Blocks by hand: group, open, edit inside, leave, use again, copy, repeat, show the inside, take apart, undo."""

import pytest
from gestures import SLOW_MS, connect, drop_layer, in_sync, node, open_empty_canvas, set_param
from playwright.sync_api import Locator, Page, expect
from serving import Served

pytestmark = pytest.mark.browser

HEAD = {"x": 60, "y": 14}
"""A place on a node's face, away from its ports."""


def add(page: Page, name: str) -> None:
    """Add a layer behind what is selected, by keyboard."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox").or_(page.get_by_role("searchbox")).last
    field.wait_for()
    page.keyboard.type(name, delay=10)
    page.keyboard.press("Enter")


def names(page: Page) -> set[str | None]:
    return {one.get_attribute("data-node-id") for one in page.get_by_test_id("node").all()}


def shows(page: Page, *wanted: str) -> None:
    """Wait until exactly these nodes are drawn."""
    expect(page.get_by_test_id("node")).to_have_count(len(wanted), timeout=SLOW_MS)
    assert names(page) == set(wanted)


def total(page: Page) -> Locator:
    return page.get_by_test_id("total-params")


def chain(page: Page, address: str) -> None:
    """An input of 4 and three Dense layers of 8 behind it: 40 + 72 + 72 parameters."""
    open_empty_canvas(page, address)
    start = drop_layer(page, "InputLayer", 400, 60)
    set_param(page, start, "shape", "4")
    for number, name in enumerate(("dense", "dense_1", "dense_2")):
        node(page, ("input_layer", "dense", "dense_1")[number]).click(position=HEAD)
        add(page, "Dense")
        set_param(page, node(page, name), "units", "8")
    in_sync(page)
    expect(total(page)).to_contain_text("184")


def group_first_two(page: Page, name: str) -> None:
    node(page, "dense").click(position=HEAD)
    node(page, "dense_1").click(position=HEAD, modifiers=["Control"])
    page.keyboard.press("Control+g")
    field = page.get_by_test_id("node-name-field")
    field.wait_for()
    field.fill(name)
    field.press("Enter")
    page.get_by_test_id("canvas").focus()
    shows(page, "input_layer", name, "dense_2")
    in_sync(page)


def test_layers_are_grouped_opened_edited_left_and_taken_apart(page: Page, served: Served) -> None:
    chain(page, served.address)
    group_first_two(page, "pair")
    expect(total(page)).to_contain_text("184")

    node(page, "pair").dblclick(position=HEAD)
    shows(page, "input_layer", "dense", "dense_1")
    expect(page.get_by_test_id("crumb-here")).to_have_text("pair")
    set_param(page, node(page, "dense_1"), "units", "16")
    in_sync(page)
    page.get_by_test_id("crumb").first.click()
    shows(page, "input_layer", "pair", "dense_2")
    expect(node(page, "pair").get_by_test_id("node-shape")).to_have_text("16")
    expect(total(page)).to_contain_text("320")  # 40 + 144 + 136

    page.keyboard.press("Enter")
    expect(page.get_by_test_id("crumb-here")).to_have_text("pair")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("breadcrumbs")).to_have_count(0)

    node(page, "pair").click(position=HEAD)
    page.keyboard.press("e")
    expect(page.get_by_test_id("inside-row")).to_have_count(3)
    expect(page.get_by_test_id("inside-row").last).to_contain_text("16")
    page.keyboard.press("e")
    expect(page.get_by_test_id("inside")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("inside")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("inside")).to_have_count(0)

    page.keyboard.press("Control+Shift+G")
    shows(page, "input_layer", "dense", "dense_1", "dense_2")
    in_sync(page)
    expect(total(page)).to_contain_text("320")
    page.keyboard.press("Control+z")
    shows(page, "input_layer", "pair", "dense_2")
    for _ in range(3):  # units inside, the name, the group itself
        page.keyboard.press("Control+z")
    shows(page, "input_layer", "dense", "dense_1", "dense_2")
    in_sync(page)
    expect(total(page)).to_contain_text("184")


def test_a_block_is_used_again_copied_and_repeated(page: Page, served: Served) -> None:
    chain(page, served.address)
    set_param(page, node(page, "dense_1"), "units", "4")
    group_first_two(page, "pair")
    expect(total(page)).to_contain_text("116")  # 40 + 36, and 40 of the last

    node(page, "pair").click(position=HEAD)
    page.keyboard.press("Shift+D")
    shows(page, "input_layer", "pair", "dense_2", "pair_1")
    connect(page, node(page, "pair"), node(page, "pair_1"))
    in_sync(page)
    expect(node(page, "pair_1").get_by_test_id("node-params")).to_have_text("shared")
    expect(total(page)).to_contain_text("116")

    node(page, "pair_1").click(button="right", position=HEAD)
    page.get_by_role("menuitem", name="Give it weights of its own").click()
    in_sync(page)
    expect(total(page)).to_contain_text("192")
    page.keyboard.press("Control+z")
    in_sync(page)
    expect(total(page)).to_contain_text("116")
    for _ in range(2):
        page.keyboard.press("Control+z")
    shows(page, "input_layer", "pair", "dense_2")

    node(page, "pair").click(position=HEAD)
    page.keyboard.press("r")
    page.get_by_test_id("repeat-times").fill("4")
    page.keyboard.press("Enter")
    shows(page, "input_layer", "pair", "pair_1", "pair_2", "pair_3", "dense_2")
    in_sync(page)
    expect(total(page)).to_contain_text("344")  # 4 × 76 + 40
    page.keyboard.press("Control+z")
    shows(page, "input_layer", "pair", "dense_2")


def test_a_ready_block_fits_itself_to_what_comes_in(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    image = drop_layer(page, "InputLayer", 400, 60)
    set_param(page, image, "shape", "9, 7, 6")
    in_sync(page)
    image.click(position=HEAD)
    add(page, "U-Net step")
    block = node(page, "unet_step_1")
    expect(block.get_by_test_id("node-shape")).to_have_text("9×7×6", timeout=SLOW_MS)
    in_sync(page)
    expect(page.get_by_test_id("node-issue")).to_have_count(0)
    block.dblclick(position=HEAD)
    expect(node(page, "before").get_by_test_id("node-shape")).to_have_text("9×7×6")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("breadcrumbs")).to_have_count(0)
    block.click(position=HEAD)
    page.keyboard.press("Control+Shift+G")
    expect(page.get_by_test_id("node")).to_have_count(9)
    in_sync(page)
    expect(node(page, "after").get_by_test_id("node-shape")).to_have_text("9×7×6")
