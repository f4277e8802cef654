"""The figures of all layers, by mouse and keyboard: open, sort, select both ways, follow an edit, take away."""

import csv
import io

import pytest
from gestures import SLOW_MS, in_sync, node, set_param
from playwright.sync_api import Page, expect
from serving import Served

from builder.project.templates import template
from builder.runs.store import Store

pytestmark = pytest.mark.browser


def open_template(page: Page, served: Served, name: str) -> None:
    """The Build page with a ready project on it."""
    store = Store(served.home / "layerloom.db")
    record = store.save_project("local", template(name).project)
    store.set_current_project("local", record.id)
    store.close()
    page.goto(f"{served.address}/build")
    page.get_by_test_id("node").first.wait_for(timeout=SLOW_MS)
    in_sync(page)


def ids(page: Page) -> list[str | None]:
    return [row.get_attribute("data-row-id") for row in page.get_by_test_id("analysis-row").all()]


def test_the_analysis_sorts_follows_the_selection_and_an_edit_and_leaves_as_a_table(
    page: Page, served: Served
) -> None:
    open_template(page, served, "cnn-digits")
    expect(page.get_by_test_id("training-memory")).to_contain_text("at batch 32")
    page.get_by_test_id("analysis-button").click()
    rows = page.get_by_test_id("analysis-row")
    expect(rows).to_have_count(8, timeout=SLOW_MS)
    assert ids(page)[:3] == ["image", "scale", "strokes"]

    page.get_by_test_id("sort-params").click()
    assert ids(page)[0] == "parts"
    expect(page.get_by_role("columnheader", name="Parameters")).to_have_attribute("aria-sort", "descending")

    page.locator('[data-row-id="strokes"]').click()
    expect(page.get_by_test_id("node-name")).to_have_text("strokes")
    expect(page.get_by_test_id("inspector-formula")).to_have_text("(3·3·1 weights + 1 bias) · 16")
    expect(page.get_by_test_id("inspector-sees")).to_contain_text("sees 3×3 pixels")
    node(page, "image").click(position={"x": 60, "y": 14})
    expect(page.locator('[data-row-id="image"]')).to_have_attribute("aria-selected", "true")

    page.get_by_test_id("analysis-table").focus()
    page.keyboard.press("Home")
    expect(page.locator('[data-row-id="parts"]')).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator('[data-row-id="digit"]')).to_have_attribute("aria-selected", "true")
    expect(page.get_by_test_id("node-name")).to_have_text("digit")

    set_param(page, node(page, "digit"), "units", "20")
    expect(page.locator('[data-row-id="digit"]')).to_contain_text("3\u2009220", timeout=SLOW_MS)

    with page.expect_download(timeout=SLOW_MS) as caught:
        page.get_by_test_id("analysis-csv").click()
    assert caught.value.suggested_filename == "digits-cnn-analysis.csv"
    lines = list(csv.DictReader(io.StringIO(caught.value.path().read_text())))
    assert next(line["parameters"] for line in lines if line["name"] == "digit") == "3220"
    assert lines[-1]["name"] == "total"

    page.get_by_test_id("analysis-table").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_test_id("analysis")).to_have_count(0)
