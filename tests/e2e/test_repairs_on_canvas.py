"""A person is told what is wrong, and mends it with one click or one key, in a real browser."""

import pytest
from gestures import SLOW_MS, connect, in_sync, node, set_param
from playwright.sync_api import Locator, Page, expect
from serving import Served

from builder.design.document import Design, Edge, Node
from builder.project.document import Project
from builder.runs.store import Store

pytestmark = pytest.mark.browser


def layer(
    node_id: str, kind: str, row: int, column: int = 0, graph: Design | None = None, **params: object
) -> Node:
    place = (300.0 * column, 92.0 * row)
    return Node.model_validate(
        {"id": node_id, "type": kind, "params": params, "graph": graph, "position": place}
    )


def design(nodes: list[Node], *wires: tuple[str, str]) -> Design:
    return Design(name="drawn", nodes=tuple(nodes), edges=tuple(Edge(source=a, target=b) for a, b in wires))


def residual(filters: int) -> Design:
    """The network of the pictures: sound with 16 filters in conv_b."""
    return design(
        [
            layer("pixels", "InputLayer", 0, shape=[8, 8, 1]),
            layer("stem", "Conv2D", 1, filters=16, kernel_size=3, padding="same"),
            layer("conv_a", "Conv2D", 2, filters=16, kernel_size=3, padding="same"),
            layer("conv_b", "Conv2D", 3, filters=filters, kernel_size=3, padding="same"),
            layer("join", "Add", 4),
            layer("pool", "GlobalAveragePooling2D", 5),
            layer("digit", "Dense", 6, units=10, activation="softmax"),
        ],
        ("pixels", "stem"), ("stem", "conv_a"), ("conv_a", "conv_b"), ("stem", "join"), ("conv_b", "join"),
        ("join", "pool"), ("pool", "digit"),
    )  # fmt: skip


def opened(page: Page, served: Served, drawn: Design) -> None:
    """Open the Build page with this network."""
    store = Store(served.home / "layerloom.db")
    record = store.save_project("local", Project(name="drawn", design=drawn))
    store.set_current_project("local", record.id)
    page.goto(f"{served.address}/build")
    page.get_by_test_id("node").first.wait_for(timeout=SLOW_MS)
    in_sync(page)


def card(page: Page) -> Locator:
    return page.get_by_test_id("fault-card")


def ask(page: Page, node_id: str) -> Locator:
    """Click on the line of a fault; the offers on its card."""
    node(page, node_id).get_by_test_id("node-issue").click(position={"x": 60, "y": 12})
    offers = card(page).get_by_test_id("repair")
    offers.first.wait_for(timeout=SLOW_MS)
    return offers


def covers(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    wide = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
    high = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
    return wide > 1 and high > 1


def test_an_add_of_two_shapes_is_mended_by_mouse_and_by_enter_and_undo_brings_the_fault_back(
    page: Page, served: Served
) -> None:
    opened(page, served, residual(16))
    set_param(page, node(page, "conv_b"), "filters", "32")
    expect(card(page), "the card comes by itself").to_be_visible(timeout=SLOW_MS)
    expect(card(page)).to_contain_text("join cannot add these two")
    first = card(page).get_by_test_id("repair").first
    expect(first).to_contain_text("Widen the shortcut", timeout=SLOW_MS)
    assert not covers(card(page), node(page, "join"))
    first.hover()
    expect(page.get_by_test_id("repair-ghost")).to_contain_text("1×1, 32 filters")
    first.click()
    expect(node(page, "conv2d")).to_be_visible()
    expect(page.get_by_test_id("fault-count")).to_have_count(0, timeout=SLOW_MS)
    in_sync(page)
    expect(node(page, "join")).to_have_attribute("data-state", "normal")

    page.keyboard.press("Control+z")
    expect(node(page, "conv2d")).to_have_count(0)
    expect(node(page, "join")).to_have_attribute("data-state", "fault", timeout=SLOW_MS)
    node(page, "join").click(position={"x": 60, "y": 14})
    page.keyboard.press("Enter")
    expect(card(page).get_by_test_id("repair").first).to_be_focused(timeout=SLOW_MS)
    page.keyboard.press("Enter")
    expect(node(page, "conv2d")).to_be_visible()
    in_sync(page)
    expect(node(page, "join")).to_have_attribute("data-state", "normal", timeout=SLOW_MS)


def test_a_missing_flatten_is_put_in_with_room_and_the_card_follows_the_view(
    page: Page, served: Served
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    nodes = [layer("pixels", "InputLayer", 0, shape=[8, 8, 3]), layer("again", "RepeatVector", 1, n=2),
             layer("read", "LSTM", 2, units=4)]  # fmt: skip
    opened(page, served, design(nodes, ("pixels", "again"), ("again", "read")))
    expect(card(page), "what was wrong before opens no card").to_have_count(0)
    offers = ask(page, "again")
    before = card(page).bounding_box()
    page.mouse.move(300, 600)
    page.mouse.wheel(0, 120)
    page.wait_for_timeout(400)
    assert not covers(card(page), node(page, "again"))
    assert card(page).bounding_box() != before
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    offers = ask(page, "again")
    offers.filter(has_text="Insert Flatten").click()
    in_sync(page)
    expect(node(page, "flatten").get_by_test_id("node-shape")).to_have_text("192", timeout=SLOW_MS)
    assert not covers(node(page, "flatten"), node(page, "again"))
    assert not covers(node(page, "flatten"), node(page, "pixels"))


def test_a_fault_inside_a_block_is_mended_from_outside_and_a_field_offers_what_fits(
    page: Page, served: Served
) -> None:
    inner = design(
        [layer("x", "InputLayer", 0, shape=[8]), layer("wide", "Dense", 1, units=6), layer("sum", "Add", 2)],
        ("x", "wide"), ("x", "sum"), ("wide", "sum"),
    )  # fmt: skip
    nodes = [
        layer("row", "InputLayer", 0, shape=[8]),
        layer("block", "Model", 1, graph=inner),
        layer("last", "Dense", 2, units=3),
    ]
    opened(page, served, design(nodes, ("row", "block"), ("block", "last")))
    ask(page, "block").filter(has_text="Set wide to 8 units").click()
    in_sync(page)
    expect(node(page, "last").get_by_test_id("node-shape")).to_have_text("3", timeout=SLOW_MS)
    page.keyboard.press("Control+z")
    expect(node(page, "block").get_by_test_id("node-issue")).to_be_visible(timeout=SLOW_MS)
    node(page, "block").dblclick(position={"x": 60, "y": 14})
    node(page, "wide").click(position={"x": 60, "y": 14})
    offer = page.get_by_test_id("offer-units")
    expect(offer).to_contain_text("sum needs 8 here", timeout=SLOW_MS)
    offer.get_by_role("button").click()
    in_sync(page)
    expect(node(page, "sum")).to_have_attribute("data-state", "normal", timeout=SLOW_MS)


def test_a_join_with_one_wire_is_told_and_wired_by_hand_with_the_card_open(
    page: Page, served: Served
) -> None:
    nodes = [layer("row", "InputLayer", 0, shape=[8]), layer("wide", "Dense", 1, units=8), layer("sum", "Subtract", 2),
             layer("last", "Dense", 3, units=3)]  # fmt: skip
    opened(page, served, design(nodes, ("row", "wide"), ("wide", "sum"), ("sum", "last")))
    ask(page, "sum")
    connect(page, node(page, "row"), node(page, "sum"))
    in_sync(page)
    expect(card(page)).to_have_count(0, timeout=SLOW_MS)
    expect(node(page, "last").get_by_test_id("node-shape")).to_have_text("3")
