"""Are settings made by mouse and by keyboard as the inspector promises?"""

import re
from pathlib import Path

import pytest
from gestures import SLOW_MS, choose_param, connect, drop_layer, in_sync, node, open_empty_canvas, set_param
from playwright.sync_api import Browser, Locator, Page, expect
from serving import Served

from builder.runs.store import Store

pytestmark = pytest.mark.browser


def stored(served: Served, node_id: str) -> dict[str, object]:
    """Settings of a node as they are kept."""
    found = Store(served.home / "layerloom.db").projects(None)[0].project.design.node(node_id)
    assert found is not None
    return dict(found.params)


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-field="{name}"]')


def test_an_image_network_is_set_by_mouse(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    image = drop_layer(page, "InputLayer", 400, 100)
    image.click(position={"x": 60, "y": 14})
    page.get_by_test_id("input-kind").click()
    page.get_by_test_id("input-kind-image").click()
    expect(page.get_by_test_id("param-shape-channels")).to_have_value("1")
    conv = drop_layer(page, "Conv2D", 400, 240)
    connect(page, image, conv)
    conv.click(position={"x": 60, "y": 14})
    expect(field(page, "strides")).not_to_have_class(re.compile("field-set"))
    page.get_by_test_id("param-filters-more").click(modifiers=["Shift"])
    page.get_by_test_id("param-padding-same").click()
    choose_param(page, conv, "activation", "tanh")
    page.get_by_test_id("param-l2_strength-more").click()
    page.get_by_test_id("link-kernel_size").click()
    page.get_by_test_id("param-kernel_size-2").fill("5")
    page.get_by_test_id("param-kernel_size-2").press("Enter")
    in_sync(page)
    assert stored(served, "conv2d") == {
        "filters": 26,
        "kernel_size": [3, 5],
        "padding": "same",
        "activation": "tanh",
        "kernel_regularizer": {"type": "L2", "params": {"l2": 0.002}},
    }
    expect(page.get_by_test_id("inspector-shapes")).to_have_attribute("aria-label", re.compile("26 goes out"))
    page.get_by_test_id("code-fold").click()
    expect(page.get_by_test_id("layer-code")).to_contain_text("kernel_size=(3, 5)")
    field(page, "padding").hover()
    page.get_by_test_id("reset-padding").click()
    field(page, "strides").hover()
    page.get_by_test_id("help-strides").click()
    expect(page.get_by_test_id("help-text-strides")).to_contain_text("Keras' default: 1, 1.")
    in_sync(page)
    assert "padding" not in stored(served, "conv2d")


def test_by_keyboard_from_the_node_through_its_fields_and_back(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    pixels = drop_layer(page, "InputLayer", 400, 100)
    dense = drop_layer(page, "Dense", 400, 240)
    connect(page, pixels, dense)
    # Sound and fitting: on a layer with a fault Enter opens its repairs instead.
    set_param(page, dense, "units", "10")
    choose_param(page, dense, "activation", "softmax")
    in_sync(page)
    dense.click(position={"x": 60, "y": 14})
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("param-units")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("0")
    expect(page.get_by_test_id("fault-units")).to_contain_text("it is 0")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("param-units")).to_have_value("10")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_test_id("offer-units")).to_contain_text("10 classes", timeout=SLOW_MS)
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("take-units")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("param-activation")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("soft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("param-activation")).to_be_focused()
    page.keyboard.press("Alt+r")
    expect(page.get_by_test_id("param-activation")).to_contain_text("linear")
    page.keyboard.press("F1")
    expect(page.get_by_test_id("help-text-activation")).to_be_visible()
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    expect(page.locator('.react-flow__node[data-id="dense"]')).to_be_focused()
    expect(page.get_by_test_id("node")).to_have_count(2)
    in_sync(page)
    assert stored(served, "dense") == {"units": 20}


def test_a_layer_in_a_layer_has_its_own_form(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    steps = drop_layer(page, "InputLayer", 400, 100)
    set_param(page, steps, "shape", "12, 3")
    both = drop_layer(page, "Bidirectional", 400, 240)
    connect(page, steps, both)
    both.click(position={"x": 60, "y": 14})
    page.get_by_test_id("param-layer").click()
    page.get_by_test_id("param-layer-GRU").click()
    page.get_by_test_id("param-layer.units").fill("6")
    page.get_by_test_id("param-layer.units").press("Enter")
    page.get_by_test_id("more-layer").click()
    page.get_by_test_id("param-layer.recurrent_initializer").click()
    page.get_by_test_id("param-layer.recurrent_initializer-search").fill("ident")
    page.keyboard.press("Enter")
    page.get_by_test_id("param-layer.recurrent_initializer.gain").fill("0.5")
    page.get_by_test_id("param-layer.recurrent_initializer.gain").press("Enter")
    in_sync(page)
    initializer = {"type": "Identity", "params": {"gain": 0.5}}
    assert stored(served, "bidirectional")["layer"] == {
        "type": "GRU",
        "params": {"units": 6, "recurrent_initializer": initializer},
    }
    expect(both.get_by_test_id("node-shape")).to_have_text("12")


def test_many_layers_are_set_at_once_and_one_undo_brings_all_back(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    before = drop_layer(page, "InputLayer", 400, 60)
    for at in range(3):
        layer = drop_layer(page, "Dense", 400, 190 + 150 * at)
        connect(page, before, layer)
        before = layer
    names = ["dense", "dense_1", "dense_2"]
    set_param(page, node(page, "dense"), "units", "7")
    for name in names[1:]:
        node(page, name).click(position={"x": 60, "y": 14}, modifiers=["Control"])
    expect(page.get_by_test_id("several")).to_contain_text("3 layers selected")
    expect(page.get_by_test_id("param-units")).to_have_attribute("placeholder", "mixed")
    page.get_by_test_id("param-units").fill("20")
    page.get_by_test_id("param-units").press("Enter")
    page.get_by_test_id("several-freeze").click()
    in_sync(page)
    assert [stored(served, name) for name in names] == [
        stored(served, "dense") | {"units": 20, "trainable": False}
    ] * 3
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    in_sync(page)
    assert [stored(served, name)["units"] for name in names] == [7, 32, 32]


def test_the_full_view_is_kept_over_a_reload_and_needs_no_scrolling_sideways(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    open_empty_canvas(page, served.address)
    drop_layer(page, "LSTM", 300, 100).click(position={"x": 60, "y": 14})
    page.get_by_test_id("inspector-all").click()
    page.get_by_test_id("form-search").fill("dropout")
    expect(page.locator("[data-field]")).to_have_count(2)
    in_sync(page)
    page.reload()
    node(page, "lstm").click(position={"x": 60, "y": 14}, timeout=SLOW_MS)
    expect(page.get_by_test_id("inspector-all")).to_have_attribute("aria-checked", "true")
    inspector = page.get_by_test_id("inspector")
    assert inspector.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    sides = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sides <= 0
    context.close()
