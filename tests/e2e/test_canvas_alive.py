"""The canvas comes alive while it trains: figures on layers, histograms by mouse and keyboard, grey after an edit."""

import re

import pytest
from gestures import SLOW_MS, in_sync, node, set_param
from playwright.sync_api import Page, expect
from serving import Served

from builder.project.templates import template
from builder.runs.store import Store

pytestmark = pytest.mark.browser


def test_layers_tell_how_they_fare_while_the_run_goes_on(page: Page, served: Served) -> None:
    store = Store(served.home / "layerloom.db")
    project = template("mlp-digits").project
    training = project.training.model_copy(update={"epochs": 100_000, "early_stopping": None})
    record = store.save_project("local", project.model_copy(update={"training": training}))
    store.set_current_project("local", record.id)
    store.close()
    page.goto(f"{served.address}/build")
    page.get_by_test_id("node").first.wait_for(timeout=SLOW_MS)
    in_sync(page)
    page.get_by_test_id("train-button").click()
    page.wait_for_url("**/train", timeout=SLOW_MS)
    page.get_by_test_id("live-curves").first.wait_for(timeout=SLOW_MS)
    page.get_by_role("link", name="Build").click()

    hidden = node(page, "hidden").get_by_test_id("live-badge")
    expect(hidden).to_contain_text("%", timeout=SLOW_MS)
    expect(hidden).to_have_attribute("title", re.compile("usual are 0.01 to 1"))
    expect(page.get_by_test_id("live-run")).to_contain_text(
        re.compile(r"Run 1, epoch [\d\u2009]+ of 100\u2009000")
    )
    before = page.get_by_test_id("live-run").text_content()
    expect(page.get_by_test_id("live-run")).not_to_have_text(str(before), timeout=SLOW_MS)

    page.get_by_test_id("quantity-units").click()
    expect(hidden).to_contain_text(re.compile(r"\d+ of 64"))
    expect(node(page, "digit").get_by_test_id("live-badge")).to_have_count(0)
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("v")
    expect(hidden).to_have_count(0)
    page.keyboard.press("v")
    expect(hidden).to_have_attribute("title", re.compile("^Gradient"))

    hidden.click()
    panel = page.get_by_test_id("histograms")
    expect(panel).to_have_attribute("aria-label", "Histograms of hidden")
    slider = page.get_by_test_id("histograms-epoch")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.get_by_test_id("histograms-when")).to_have_text("before training")
    expect(page.get_by_test_id("ridges-weights").get_by_test_id("ridge-on")).to_have_count(1)
    page.keyboard.press("End")
    expect(page.get_by_test_id("histograms-when")).to_contain_text("epoch")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    node(page, "digit").click(position={"x": 60, "y": 14})
    page.keyboard.press("h")
    expect(panel).to_have_attribute("aria-label", "Histograms of digit")
    page.keyboard.press("h")

    set_param(page, node(page, "hidden"), "units", "32")
    expect(hidden).to_contain_text("changed", timeout=SLOW_MS)
    expect(page.get_by_test_id("live-run")).to_contain_text("drawing changed since")
    page.get_by_test_id("undo").click()
    expect(hidden).not_to_contain_text("changed", timeout=SLOW_MS)

    page.get_by_test_id("live-run").click()
    page.wait_for_url("**/train", timeout=SLOW_MS)
    page.get_by_test_id("live-curves").first.wait_for(timeout=SLOW_MS)
