"""The lists one types into, by hand: add where the pointer or a dropped wire is, find, connect."""

import json
from itertools import pairwise

import pytest
from gestures import SLOW_MS, connect, drag, drop_layer, in_sync, node, open_empty_canvas, set_param, settled
from playwright.sync_api import Locator, Page, expect
from serving import Served

pytestmark = pytest.mark.browser


def canvas_point(page: Page, x: float, y: float) -> tuple[float, float]:
    box = page.get_by_test_id("canvas").bounding_box()
    assert box is not None
    return box["x"] + x, box["y"] + y


def options(page: Page) -> list[str]:
    return [option.inner_text().split("\n")[0] for option in page.locator(".choice").all()]


def selected(page: Page, layer: Locator) -> None:
    settled(layer)
    layer.click(position={"x": 60, "y": 14})


def test_ctrl_k_works_from_anywhere_on_the_page_but_not_from_another_field(
    page: Page, served: Served
) -> None:
    open_empty_canvas(page, served.address)
    page.mouse.move(*canvas_point(page, 500, 260))
    page.evaluate("document.activeElement?.blur()")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Control+k")
    finder = page.get_by_test_id("finder-add")
    box = finder.bounding_box()
    x, y = canvas_point(page, 500, 260)
    assert box is not None
    assert abs(box["x"] - x) < 40, "it opens where the pointer is"
    page.keyboard.type("input")
    page.keyboard.press("Enter")
    expect(node(page, "input_layer")).to_be_visible()
    placed = node(page, "input_layer").bounding_box()
    assert placed is not None
    assert abs(placed["x"] + placed["width"] / 2 - x) < 40, "and the layer goes there"
    assert abs(placed["y"] - y) < 60
    page.evaluate(
        "const field = document.createElement('input'); field.id = 'other'; document.body.append(field); field.focus()"
    )
    page.keyboard.press("Control+k")
    expect(finder).to_have_count(0)
    page.evaluate("document.getElementById('other').remove()")
    page.get_by_role("link", name="Data").click()
    page.get_by_text("Split", exact=True).wait_for(timeout=SLOW_MS)
    page.keyboard.press("Control+k")
    expect(finder).to_have_count(0)


def test_a_wire_dropped_on_empty_space_adds_what_fits_there(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    pixels = drop_layer(page, "InputLayer", 400, 100)
    set_param(page, pixels, "shape", "8, 8, 3")
    in_sync(page)
    port = pixels.get_by_test_id("port-out").first
    drag(page, settled(port), canvas_point(page, 400, 320))
    expect(page.get_by_text("Fits after input_layer", exact=True).last).to_be_visible()
    assert options(page)[:2] == ["Rescaling", "Conv2D"]
    page.keyboard.type("lstm")
    expect(page.locator(".choice").first).to_contain_text("needs sequences; images come out here")
    page.get_by_test_id("finder-input").fill("")
    page.get_by_test_id("choice-Conv2D").click()
    in_sync(page)
    expect(node(page, "conv2d").get_by_test_id("node-shape")).to_have_text("6×6×16")

    drag(page, settled(port), canvas_point(page, 760, 320))
    page.keyboard.type("conv2d")
    page.keyboard.press("Enter")
    in_sync(page)
    second = node(page, "conv2d_1")
    drag(page, settled(second.get_by_test_id("port-out").first), canvas_point(page, 600, 520))
    assert options(page)[:2] == ["Add with conv2d", "Concatenate with conv2d"]
    page.get_by_test_id("choice-Concatenate-with-conv2d").click()
    in_sync(page)
    expect(node(page, "concatenate").get_by_test_id("node-shape")).to_have_text("6×6×32")
    page.keyboard.press("Control+z")
    expect(node(page, "concatenate")).to_have_count(0)


def test_selected_layers_are_joined(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    pixels = drop_layer(page, "InputLayer", 400, 80)
    hidden = drop_layer(page, "Dense", 400, 220)
    set_param(page, hidden, "units", "64")
    connect(page, pixels, hidden)
    in_sync(page)
    selected(page, pixels)
    hidden.click(position={"x": 60, "y": 14}, modifiers=["Control"])
    page.mouse.move(5, 5)
    page.keyboard.press("Control+k")
    assert options(page)[:2] == ["Add input_layer and dense", "Concatenate input_layer and dense"]
    page.keyboard.press("Enter")
    expect(page.locator(".react-flow__edge")).to_have_count(3)
    in_sync(page)
    expect(node(page, "add").get_by_test_id("node-shape")).to_have_text("64")


def test_a_wire_drawn_backwards_adds_what_could_feed_the_input(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    conv = drop_layer(page, "Conv2D", 500, 400)
    drag(page, settled(conv.get_by_test_id("port-in").first), canvas_point(page, 500, 180))
    expect(page.get_by_test_id("finder-add")).to_be_visible()
    expect(page.get_by_text("Could feed conv2d")).to_be_visible()
    assert options(page)[0] == "InputLayer"
    page.keyboard.press("Enter")
    expect(node(page, "input_layer")).to_be_visible()
    in_sync(page)
    expect(node(page, "input_layer").get_by_test_id("node-shape")).to_have_text("8×8×16")
    expect(node(page, "conv2d").get_by_test_id("node-shape")).to_have_text("6×6×16")


def test_connect_to_lists_every_port_and_says_why_others_are_refused(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    words = drop_layer(page, "InputLayer", 400, 80)
    set_param(page, words, "shape", "20, 16")
    look = drop_layer(page, "MultiHeadAttention", 400, 260)
    image = drop_layer(page, "Conv2D", 760, 260)
    connect(page, words, look)
    in_sync(page)
    assert image is not None
    selected(page, words)
    page.keyboard.press("c")
    listed = options(page)
    assert "multi_head_attention · value" in listed[:3]
    expect(page.get_by_test_id("choice-conv2d")).to_contain_text("needs images; sequences come out here")
    expect(page.get_by_test_id("choice-input_layer")).to_have_attribute("aria-disabled", "true")
    page.keyboard.type("value")
    page.get_by_test_id("finder-input").fill("multi")
    page.get_by_test_id("choice-multi_head_attention-value").click()
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    in_sync(page)
    expect(node(page, "multi_head_attention").get_by_test_id("node-shape")).to_have_text("20×16")


def chain(name: str, *nodes: dict[str, object]) -> dict[str, object]:
    ids = [str(one["id"]) for one in nodes]
    placed = [one | {"position": [0, 100 * row]} for row, one in enumerate(nodes)]
    edges = [{"source": a, "target": b} for a, b in pairwise(ids)]
    return {"format": "layerloom/1", "name": name, "nodes": placed, "edges": edges}


def test_a_node_is_found_by_setting_by_fault_and_inside_a_block(page: Page, served: Served) -> None:
    block = chain(
        "block",
        {"id": "inside", "type": "InputLayer", "params": {"shape": [16]}},
        {"id": "deep", "type": "Dense", "params": {"units": 16, "activation": "gelu"}},
    )
    whole = chain(
        "nested",
        {"id": "pixels", "type": "InputLayer", "params": {"shape": [16]}},
        {"id": "block", "type": "Model", "graph": block},
        {"id": "hidden", "type": "Dense", "params": {"units": 4, "activation": "relu"}},
        {"id": "image", "type": "Conv2D", "params": {"filters": 4, "kernel_size": 3}},
    )
    open_empty_canvas(page, served.address)
    page.get_by_test_id("open-file-input").set_input_files(
        {"name": "nested.json", "mimeType": "application/json", "buffer": json.dumps(whole).encode()}
    )
    expect(node(page, "hidden")).to_be_visible(timeout=SLOW_MS)
    in_sync(page)
    page.get_by_test_id("canvas").focus()

    def find(words: str) -> None:
        page.keyboard.press("Control+f")
        page.keyboard.type(words)

    find("relu")
    assert options(page) == ["hidden"]
    expect(page.get_by_test_id("choice-hidden")).to_contain_text("4")
    page.keyboard.press("Escape")
    find("fault")
    assert options(page) == ["image"]
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("node-name")).to_have_text("image")
    find("deep")
    assert options(page) == ["block / deep"]
    page.keyboard.press("Enter")
    expect(node(page, "deep")).to_be_visible()
    expect(node(page, "hidden")).to_have_count(0)
    expect(page.get_by_test_id("node-name")).to_have_text("deep")
    find("gelu")
    assert options(page) == ["block / deep"]
