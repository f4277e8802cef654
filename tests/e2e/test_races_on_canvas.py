"""Edits are quicker than answers, two windows draw on one project, the server dies: nothing is lost, nothing jumps."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from gestures import SLOW_MS, draw_chain, in_sync, node, open_empty_canvas, quick_add
from late import Late, late
from playwright.sync_api import Browser, Page, expect
from serving import Served

from builder.design.document import Design
from builder.runs.store import Store

pytestmark = pytest.mark.browser

LATE_S = 0.8
"""For the way up, and again for the way down."""
EDIT_MS = 100


@pytest.fixture
def line(served: Served) -> Iterator[Late]:
    """A line to the server that is quick until a test makes it late."""
    with late(served.port, 0.0) as opened:
        yield opened


def stored(served: Served) -> Design:
    store = Store(served.home / "layerloom.db")
    project = store.current_project("local")
    assert project is not None
    return project.project.design


def shown(page: Page) -> set[str | None]:
    return {one.get_attribute("data-node-id") for one in page.get_by_test_id("node").all()}


def view(page: Page) -> str:
    """Where the drawing stands in the window, and at which size."""
    return str(page.locator(".react-flow__viewport").get_attribute("style"))


def spots(page: Page, *ids: str) -> list[tuple[int, int]]:
    boxes = [node(page, name).bounding_box() for name in ids]
    return [(round(box["x"]), round(box["y"])) for box in boxes if box]


def chosen(page: Page) -> list[str | None]:
    return [one.get_attribute("data-id") for one in page.locator(".react-flow__node.selected").all()]


def test_quick_edits_over_a_late_line_with_a_change_from_the_server_between_them(
    page: Page, served: Served, line: Late
) -> None:
    open_empty_canvas(page, line.address)
    draw_chain(page, "InputLayer", "Dense")
    node(page, "dense").click(position={"x": 60, "y": 14})
    in_sync(page)
    line.delay_s = LATE_S
    for number in range(12):
        page.keyboard.press("Control+d")
        expect(page.get_by_test_id("node")).to_have_count(number + 3)
        if number == 5:
            rename(page, "renamed meanwhile")
        page.wait_for_timeout(EDIT_MS)
    page.wait_for_timeout(400)  # the view follows the copies; from here on nobody does anything
    before, still, last = view(page), spots(page, "input_layer", "dense"), chosen(page)
    assert len(last) == 1
    expect(page.get_by_test_id("canvas-status")).to_contain_text("checking")
    in_sync(page)
    expect(page.get_by_test_id("project-name")).to_have_text("renamed meanwhile", timeout=SLOW_MS)
    in_sync(page)
    assert view(page) == before, "the view jumped"
    assert spots(page, "input_layer", "dense") == still, "layers jumped"
    assert chosen(page) == last, "the selection jumped"
    expect(page.get_by_test_id("node")).to_have_count(14)
    drawn = stored(served)
    assert {one.id for one in drawn.nodes} == shown(page)
    assert drawn.name == "renamed meanwhile"


def rename(page: Page, name: str) -> None:
    """Python carries this out: it comes back as a change of the server."""
    page.get_by_test_id("project-name").click()
    page.get_by_test_id("project-name-field").fill(name)
    page.get_by_test_id("project-name-field").press("Enter")
    page.get_by_test_id("canvas").focus()


def test_edits_that_were_never_confirmed_survive_a_reload_while_the_server_is_killed(
    page: Page, served: Served, line: Late
) -> None:
    open_empty_canvas(page, line.address)
    draw_chain(page, "InputLayer", "Dense")
    in_sync(page)
    line.delay_s = 5.0  # what is drawn now does not get through in time
    page.get_by_test_id("canvas").focus()
    quick_add(page, "Dropout")
    expect(node(page, "dropout")).to_be_visible()
    assert "dropout" not in {one.id for one in stored(served).nodes}
    served.restart()
    line.delay_s = 0.0
    page.reload()
    # A move that got through before the end makes the stored version a newer one: then the kept drawing is offered.
    offer = page.get_by_test_id("offer")
    expect(node(page, "dropout").or_(offer)).to_be_visible(timeout=SLOW_MS)
    if offer.is_visible():
        offer.get_by_role("button").first.click()
    expect(node(page, "dropout")).to_be_visible(timeout=SLOW_MS)
    in_sync(page)
    assert {"input_layer", "dense", "dropout"} <= {one.id for one in stored(served).nodes}


@pytest.mark.parametrize("keep", ["Keep mine", "Take the other"])
def test_two_windows_on_one_project_lose_neither_drawing(
    browser: Browser, page: Page, served: Served, keep: str
) -> None:
    open_empty_canvas(page, served.address)
    draw_chain(page, "InputLayer", "Dense")
    in_sync(page)
    other = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    other.goto(f"{served.address}/build")
    expect(node(other, "dense")).to_be_visible(timeout=SLOW_MS)
    in_sync(other)
    add(page, "Dropout")
    in_sync(page)
    add(other, "Flatten")
    conflict = other.get_by_test_id("conflict")
    expect(conflict).to_contain_text("another window", timeout=SLOW_MS)
    assert "flatten" not in {one.id for one in stored(served).nodes}, "nothing is overwritten unasked"
    conflict.get_by_role("button", name=keep).click()
    mine, theirs = ("flatten", "dropout") if keep == "Keep mine" else ("dropout", "flatten")
    expect(node(other, mine)).to_be_visible(timeout=SLOW_MS)
    expect(node(other, theirs)).to_have_count(0, timeout=SLOW_MS)
    expect(other.get_by_test_id("canvas-notice")).to_contain_text("Kept versions", timeout=SLOW_MS)
    in_sync(other)
    other.get_by_role("button", name="Open").click()
    other.get_by_role("menuitem", name=re.compile("^Drawing of")).click()
    expect(node(other, theirs)).to_be_visible(timeout=SLOW_MS)
    in_sync(other)
    assert theirs in {one.id for one in stored(served).nodes}
    other.get_by_test_id("canvas").focus()
    other.keyboard.press("Control+z")
    expect(node(other, mine)).to_be_visible(timeout=SLOW_MS)
    in_sync(other)
    other.context.close()


def add(page: Page, type_name: str) -> None:
    page.get_by_test_id("canvas").focus()
    quick_add(page, type_name)


def test_what_the_line_swallowed_is_sent_again(page: Page, served: Served, tmp_path: Path) -> None:
    open_empty_canvas(page, served.address)
    draw_chain(page, "InputLayer", "Dense")
    in_sync(page)
    served.process.kill()
    served.process.wait()
    add(page, "Dropout")
    expect(page.get_by_test_id("canvas-status")).to_contain_text("Not connected", timeout=SLOW_MS)
    served.start()
    in_sync(page)
    assert "dropout" in {one.id for one in stored(served).nodes}
