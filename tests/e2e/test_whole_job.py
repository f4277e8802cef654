"""The whole job, as a stranger does it: draw, connect, train, watch, stop, take the code away."""

import ast
import time
from collections.abc import Callable

import pytest
from gestures import SLOW_MS, choose_param, connect, drop_layer, in_sync, node, open_empty_canvas, set_param
from playwright.sync_api import Page, expect
from serving import Served

from builder.runs.records import RunState
from builder.runs.store import Store

pytestmark = pytest.mark.browser


def draw_a_network_for_digits(page: Page, address: str) -> None:
    """From an empty canvas, by mouse alone: input of 64, a hidden layer, ten answers."""
    open_empty_canvas(page, address)
    pixels = drop_layer(page, "InputLayer", 400, 120)
    hidden = drop_layer(page, "Dense", 400, 260)
    digit = drop_layer(page, "Dense", 400, 400)
    set_param(page, pixels, "shape", "64")
    set_param(page, hidden, "units", "64")
    choose_param(page, hidden, "activation", "relu")
    set_param(page, digit, "units", "10")
    choose_param(page, digit, "activation", "softmax")
    connect(page, pixels, hidden)
    connect(page, hidden, digit)
    in_sync(page)


def points(page: Page) -> int:
    shown = page.get_by_test_id("live-curves").first.get_attribute("data-points", timeout=SLOW_MS)
    return int(shown or 0)


def eventually(met: Callable[[], bool], page: Page, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, "it did not come true in time"
        page.wait_for_timeout(100)


def set_number(page: Page, label: str, value: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Enter")


def test_a_network_drawn_by_hand_trains_live_survives_a_reload_stops_and_leaves_as_code(
    page: Page, served: Served
) -> None:
    draw_a_network_for_digits(page, served.address)
    expect(page.get_by_test_id("total-params")).to_contain_text("4\u2009810")
    expect(page.get_by_test_id("node-shape").last).to_have_text("10")

    page.get_by_role("link", name="Train").click()
    set_number(page, "Epochs", "3000")
    page.get_by_role("button", name="Train", exact=True).click(timeout=SLOW_MS)
    store = Store(served.home / "layerloom.db")
    eventually(lambda: points(page) > 0, page)
    assert store.runs(None)[0].state is RunState.RUNNING, "points come while the worker runs, not after"
    run_id = page.get_by_test_id("live-curves").first.get_attribute("data-run")
    seen = points(page)
    eventually(lambda: points(page) > seen, page)

    page.reload()
    eventually(lambda: points(page) > 0, page)
    assert page.get_by_test_id("live-curves").first.get_attribute("data-run") == run_id
    seq = int(page.get_by_test_id("live-curves").first.get_attribute("data-seq") or 0)
    eventually(
        lambda: int(page.get_by_test_id("live-curves").first.get_attribute("data-seq") or 0) > seq, page
    )

    asked = time.monotonic()
    page.get_by_role("button", name="Stop", exact=True).click()
    eventually(lambda: store.runs(None)[0].ended, page, seconds=10)
    assert time.monotonic() - asked < 10
    stopped = store.runs(None)[0]
    assert stopped.state is RunState.STOPPED
    assert stopped.epoch > 0
    page.get_by_role("button", name="Train", exact=True).wait_for(timeout=SLOW_MS)

    with page.expect_download(timeout=SLOW_MS) as caught:
        page.get_by_role("link", name="Python code").click()
    code = caught.value.path().read_text()
    ast.parse(code)
    assert "Dense(64" in code
    assert "load_digits" in code
    with page.expect_download(timeout=SLOW_MS) as caught:
        page.get_by_role("link", name="Trained model").click()
    assert caught.value.suggested_filename.endswith(".keras")
    assert caught.value.path().stat().st_size > 10_000


def test_a_drawing_survives_a_page_change_a_reload_and_a_crash_of_the_server(
    page: Page, served: Served
) -> None:
    open_empty_canvas(page, served.address)
    pixels = drop_layer(page, "InputLayer", 400, 120)
    dense = drop_layer(page, "Dense", 400, 300)
    connect(page, pixels, dense)
    set_param(page, dense, "units", "17")
    in_sync(page)

    def still_there() -> None:
        expect(page.get_by_test_id("node")).to_have_count(2, timeout=SLOW_MS)
        expect(node(page, "dense")).to_contain_text("17 units", timeout=SLOW_MS)
        in_sync(page)

    page.get_by_role("link", name="Data").click()
    page.get_by_text("Split", exact=True).wait_for(timeout=SLOW_MS)
    page.get_by_role("link", name="Build").click()
    still_there()
    page.reload()
    still_there()
    served.restart()
    page.goto(f"{served.address}/build")
    still_there()


def test_undo_and_redo_bring_every_step_back(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    pixels = drop_layer(page, "InputLayer", 400, 120)
    dense = drop_layer(page, "Dense", 400, 300)
    connect(page, pixels, dense)
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(page.get_by_test_id("node")).to_have_count(1)
    for _ in range(2):
        page.keyboard.press("Control+Shift+z")
    expect(page.get_by_test_id("node")).to_have_count(2)
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    node(page, "dense").click(position={"x": 60, "y": 14})
    page.keyboard.press("Delete")
    expect(page.get_by_test_id("node")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(node(page, "dense")).to_be_visible()
    in_sync(page)


def test_a_fault_stands_on_its_node_in_words_and_goes_when_it_is_mended(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    image = drop_layer(page, "InputLayer", 400, 100)
    set_param(page, image, "shape", "8, 8, 1")
    conv = drop_layer(page, "Conv2D", 400, 230)
    add = drop_layer(page, "Add", 400, 400)
    connect(page, image, conv)
    connect(page, image, add)
    connect(page, conv, add)
    in_sync(page)
    fault = add.get_by_test_id("node-issue")
    expect(fault).to_be_visible()
    said = fault.inner_text()
    assert "8×8×1" in said
    assert "Error" not in said
    expect(page.get_by_role("button", name="Train").first).to_have_attribute("aria-disabled", "true")
    for _ in range(1):
        page.keyboard.press("Control+z")
    in_sync(page)
    expect(add.get_by_test_id("node-issue")).to_have_count(0)
