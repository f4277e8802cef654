"""A whole network without a mouse: every step is spoken, and the keyboard is never lost."""

import re

import pytest
from gestures import SLOW_MS, expect_wires, in_sync, node, open_empty_canvas, quick_add, said
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FOCUS = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.getAttribute("data-testid") ?? (at?.tagName === "BUTTON" ? at.innerText : at?.tagName) ?? "";
}"""


def focused(page: Page) -> str:
    found = str(page.evaluate(FOCUS))
    assert found != "BODY", "the keyboard is lost"
    return found


def tab_to(page: Page, wanted: str, presses: int = 60) -> None:
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) == wanted:
            return
    raise AssertionError(f"Tab never came to {wanted}")


def test_a_network_is_drawn_mended_and_trained_by_keyboard_alone(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    press = page.keyboard.press
    tab_to(page, "canvas")
    for type_name in ("InputLayer", "Dense", "Dropout", "Dense"):
        quick_add(page, type_name)
        focused(page)
    expect(said(page)).to_contain_text("Added dense_1.")
    press("F2")
    press("Control+a")
    page.keyboard.type("digit")
    press("Enter")
    expect(said(page)).to_contain_text("Renamed dense_1.")
    focused(page)
    tab_to(page, "param-units")
    press("Control+a")
    page.keyboard.type("10")
    press("Enter")
    expect(node(page, "digit")).to_contain_text("10 units")
    page.get_by_role("button", name="Set softmax").wait_for(timeout=SLOW_MS)
    tab_to(page, "take-activation")
    press("Enter")
    focused(page)
    press("Escape")
    if focused(page) == "canvas":
        tab_to(page, "rf__node-digit")

    press("ArrowUp")
    assert focused(page) == "rf__node-dropout"
    press("b")
    expect(node(page, "dropout").get_by_test_id("node-bypassed")).to_be_visible()
    press("Delete")
    expect(said(page)).to_contain_text("Removed dropout.")
    expect_wires(page, "input_layer dense", "dense digit")
    assert focused(page) == "canvas"
    press("Control+z")
    expect(said(page)).to_contain_text("Undone: remove dropout.")
    expect_wires(page, "input_layer dense", "dense dropout", "dropout digit")

    press("w")
    expect(said(page)).to_contain_text("Wire: dense feeds dropout.")
    press("Delete")
    expect(said(page)).to_contain_text("Disconnected.")
    tab_to(page, "rf__node-dense")
    press("c")
    page.get_by_test_id("finder-input").wait_for()
    page.keyboard.type("dropout")
    press("Enter")
    expect_wires(page, "input_layer dense", "dense dropout", "dropout digit")

    press("m")
    page.keyboard.type("Drawn without a mouse")
    press("Escape")
    expect(page.get_by_test_id("note")).to_have_text("Drawn without a mouse")
    tab_to(page, "rf__node-dropout")
    press("Shift+F10")
    expect(page.get_by_role("menu", name="Layer")).to_be_visible()
    press("End")
    focused(page)
    press("Escape")
    press("Control+g")
    page.wait_for_timeout(300)
    expect(said(page)).to_contain_text("Grouped dropout")
    press("Escape")
    press("Control+z")
    expect(node(page, "dropout")).to_be_visible()
    in_sync(page)
    expect(said(page)).to_contain_text("Checked: no fault.")
    focused(page)
    press("Control+Enter")
    page.wait_for_url(re.compile("/train"), timeout=SLOW_MS)


def test_faults_are_told_as_text_and_reached_by_a_key(page: Page, canvas_address: str) -> None:
    open_empty_canvas(page, canvas_address)
    tab_to(page, "canvas")
    press = page.keyboard.press
    for type_name in ("InputLayer", "Dense"):
        quick_add(page, type_name)
    press("Escape")
    quick_add(page, "Conv2D")
    press("Escape")
    tab_to(page, "rf__node-dense")
    press("c")
    page.get_by_test_id("finder-input").wait_for()
    page.keyboard.type("conv2d")
    press("Enter")
    expect_wires(page, "input_layer dense", "dense conv2d")
    in_sync(page)
    expect(said(page)).to_contain_text("Checked: 1 fault.")
    focused(page)
    press("Escape")
    press("Escape")
    press("n")
    assert focused(page) == "rf__node-conv2d"
    label = page.get_by_test_id("rf__node-conv2d").get_attribute("aria-label") or ""
    assert "conv2d needs" in label
    press("Escape")
    expect(page.get_by_test_id("inspector")).to_contain_text("1 fault")
