"""Copies leave the drawing and come back: within it, into another person's window, and never anything foreign."""

import json

import pytest
from gestures import draw_chain, expect_wires, in_sync, middle, node, open_empty_canvas, said
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def put_text(page: Page, text: str) -> None:
    """Paste a text as the browser does when it lies in the system's clipboard."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_copies_go_to_the_pointer_and_into_another_window(
    page: Page, canvas_address: str, browser: Browser
) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dropout")
    node(page, "dense").click(position={"x": 60, "y": 14})
    node(page, "dropout").click(position={"x": 60, "y": 14}, modifiers=["Shift"])
    page.keyboard.press("Control+c")
    expect(said(page)).to_contain_text("Copied 2 layers.")
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    pointer = (canvas["x"] + canvas["width"] - 200, canvas["y"] + 400)
    page.mouse.move(*pointer)
    page.keyboard.press("Control+v")
    expect_wires(page, "input_layer dense", "dense dropout", "dense_1 dropout_1")
    (x, top), (_, bottom) = middle(node(page, "dense_1")), middle(node(page, "dropout_1"))
    assert abs(x - pointer[0]) < 20
    assert abs((top + bottom) / 2 - pointer[1]) < 20
    expect(page.locator(".layer-selected")).to_have_count(2)

    other = browser.new_context(viewport={"width": 1440, "height": 900})
    theirs = other.new_page()
    open_empty_canvas(theirs, canvas_address)
    theirs.get_by_test_id("canvas").focus()
    theirs.keyboard.press("Control+v")
    expect_wires(theirs, "dense dropout")
    in_sync(theirs)
    other.close()


def test_cut_and_duplicate_are_single_steps(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense", "Dropout")
    node(page, "dense").click(position={"x": 60, "y": 14})
    page.keyboard.press("Control+d")
    expect(node(page, "dense_1")).to_be_visible()
    page.keyboard.press("Control+z")
    node(page, "dense").click(position={"x": 60, "y": 14})
    page.keyboard.press("Control+x")
    expect_wires(page, "input_layer dropout")
    page.mouse.move(5, 5)
    page.keyboard.press("Control+v")
    expect(node(page, "dense")).to_be_visible()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect_wires(page, "input_layer dense", "dense dropout")


def test_a_whole_design_is_taken_and_foreign_text_is_left_with_one_line(
    page: Page, canvas_address: str
) -> None:
    open_empty_canvas(page, canvas_address)
    page.get_by_test_id("canvas").focus()
    for text in (
        "hello",
        '{"format": "layerloom-nodes/1", "nodes": [{"id": "<img onerror=x>", "type": "Dense"}]}',
    ):
        put_text(page, text)
        expect(page.get_by_test_id("canvas-notice")).to_contain_text("The clipboard holds no layers.")
    expect(page.get_by_test_id("node")).to_have_count(0)
    design = {
        "format": "layerloom/1",
        "name": "pasted",
        "nodes": [
            {"id": "image", "type": "InputLayer", "params": {"shape": [8]}, "position": [0, 0]},
            {"id": "answer", "type": "Dense", "params": {"units": 10}, "position": [0, 96]},
        ],
        "edges": [{"source": "image", "target": "answer"}],
        "ui": {"notes": [{"id": "note-1", "text": "from a file", "position": [300, 0]}]},
    }
    put_text(page, json.dumps(design))
    expect_wires(page, "image answer")
    expect(page.get_by_test_id("note")).to_have_text("from a file")
    in_sync(page)
    expect(page.get_by_test_id("total-params")).to_have_text("90")
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("node")).to_have_count(0)


def test_text_in_a_field_is_copied_as_text(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    draw_chain(page, "InputLayer", "Dense")
    node(page, "dense").click(position={"x": 60, "y": 14})
    field = page.get_by_test_id("param-units")
    field.fill("77")
    field.press("Control+a")
    field.press("Control+c")
    field.press("Escape")
    page.get_by_test_id("palette-search").focus()
    page.keyboard.press("Control+v")
    expect(page.get_by_test_id("palette-search")).to_have_value("77")
    expect(page.get_by_test_id("node")).to_have_count(2)
