"""Menus, the list of keys, notes, bypass and undo, by mouse and keyboard."""

import re

import pytest
from gestures import (
    draw_chain,
    expect_wires,
    hold,
    in_sync,
    node,
    open_empty_canvas,
    said,
    settled,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_menu_at_the_pointer_does_what_it_says_for_layer_wire_and_canvas(
    page: Page, canvas_address: str
) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dropout")
    node(page, "dense").click(button="right", position={"x": 60, "y": 14})
    menu = page.get_by_role("menu", name="Layer")
    expect(menu).to_be_visible()
    expect(node(page, "dense")).to_have_class(re.compile("layer-selected"))
    page.get_by_test_id("do-duplicate").click()
    expect(node(page, "dense_1")).to_be_visible()
    page.keyboard.press("Control+z")
    in_sync(page)
    page.wait_for_timeout(1000)  # a port keeps the reach of a message line that has just gone
    x, y = settled(node(page, "dense").get_by_test_id("port-out"))
    page.mouse.click(x, y + 16, button="right")
    expect(page.get_by_role("menu", name="Wire")).to_be_visible()
    page.get_by_test_id("do-remove-wire").click()
    expect_wires(page, "input_layer dense")
    page.keyboard.press("Control+z")
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    page.mouse.click(canvas["x"] + 60, canvas["y"] + 300, button="right")
    expect(page.get_by_role("menu", name="Drawing")).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(page.get_by_role("menuitem", name="Add a layer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_test_id("canvas")).to_be_focused()


def test_the_list_of_keys_fits_the_window_and_names_what_the_menus_do(
    page: Page, canvas_address: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_empty_canvas(page, canvas_address)
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    for words in ("Add a layer", "Bypass", "Add a note", "Group into a block", "Undo", "By mouse"):
        expect(sheet).to_contain_text(words)
    box = sheet.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 720
    assert sheet.evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_a_note_is_written_moved_sized_coloured_kept_and_removed(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense")
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    page.mouse.click(canvas["x"] + 150, canvas["y"] + 420, button="right")
    page.get_by_test_id("do-add-note").click()
    page.get_by_test_id("note-field").fill("Why <b>32</b>?")
    page.keyboard.press("Escape")
    note = page.get_by_test_id("note")
    expect(note).to_have_text("Why <b>32</b>?")
    x, y = settled(note)
    hold(page, (x, y), (x + 60, y - 100))
    page.mouse.up()
    moved = settled(note)
    assert moved[0] > x + 30
    assert moved[1] < y - 60
    page.wait_for_timeout(1000)
    in_sync(page)
    before = note.bounding_box()
    hold(page, settled(page.get_by_test_id("note-corner")), (moved[0] + 200, moved[1] + 130))
    page.mouse.up()
    page.wait_for_timeout(800)
    after = note.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] + 40
    note.click(button="right")
    page.get_by_test_id("do-tone-violet").click()
    expect(note).to_have_attribute("data-tone", "violet")
    note.dblclick()
    page.keyboard.type(" Try 64.")
    page.keyboard.press("Control+Enter")
    expect(note).to_have_text("Why <b>32</b>? Try 64.")
    page.keyboard.press("Control+d")
    expect(note).to_have_count(2)
    page.keyboard.press("Delete")
    expect(note).to_have_count(1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(note).to_have_count(1)
    in_sync(page)
    page.wait_for_timeout(1000)
    page.reload()
    in_sync(page)
    expect(note).to_have_text("Why <b>32</b>? Try 64.")
    expect(note).to_have_attribute("data-tone", "violet")


def test_a_bypassed_layer_is_passed_by_and_comes_back(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dense")
    in_sync(page)
    expect(page.get_by_test_id("total-params")).to_have_text("3\u2009136")
    node(page, "dense").click(position={"x": 60, "y": 14})
    page.keyboard.press("b")
    expect(node(page, "dense").get_by_test_id("node-bypassed")).to_be_visible()
    in_sync(page)
    expect(page.get_by_test_id("total-params")).to_have_text("2\u2009080")
    expect(said(page)).to_contain_text("Bypassed dense.")
    page.keyboard.press("b")
    in_sync(page)
    expect(page.get_by_test_id("total-params")).to_have_text("3\u2009136")


def test_undo_says_what_it_undoes_and_selects_what_was_selected(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense")
    node(page, "dense").click(position={"x": 60, "y": 14})
    page.keyboard.press("Delete")
    expect(page.get_by_test_id("undo")).to_have_attribute("title", re.compile("Undo remove dense"))
    page.get_by_test_id("undo").click()
    expect(node(page, "dense")).to_have_class(re.compile("layer-selected"))
    expect(page.get_by_test_id("redo")).to_have_attribute("title", re.compile("Redo remove dense"))
    page.get_by_test_id("canvas").focus()
    for _ in range(10):
        press_and_see(page, "b", "Undo bypass dense")
        press_and_see(page, "b", "Undo use dense")
    for _ in range(9):
        press_and_see(page, "Control+z", "Undo bypass dense")
        press_and_see(page, "Control+z", "Undo use dense")
    press_and_see(page, "Control+z", "Undo bypass dense")
    expect(node(page, "dense").get_by_test_id("node-bypassed")).to_be_visible()


def press_and_see(page: Page, key: str, title: str) -> None:
    page.keyboard.press(key)
    expect(page.get_by_test_id("undo")).to_have_attribute("title", re.compile(title))
