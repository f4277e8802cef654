"""What else must hold in a real browser: files, classes, other addresses, crashes, a keyboard instead of a mouse."""

import json
import os
import re
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gestures import SLOW_MS, in_sync, node, open_empty_canvas
from playwright.sync_api import Browser, Page, expect
from serving import Served

from builder.project.read import read_document
from builder.project.templates import template
from builder.runs.records import RunState
from builder.runs.store import Store

pytestmark = pytest.mark.browser

FINISHED = "[data-testid=live-curves][data-state=finished]"
SOME = re.compile(r"[1-9]\d*")
PIXELS = {"id": "pixels", "type": "InputLayer", "params": {"shape": [64]}}
DENSE = {"id": "dense", "type": "Dense", "params": {"units": 4}, "position": [0, 120]}
WIRE = {"source": "pixels", "target": "dense"}


def train(page: Page, address: str, epochs: str) -> None:
    """From the train page: so many epochs, and go."""
    page.goto(f"{address}/train")
    field = page.get_by_label("Epochs", exact=True)
    field.fill(epochs, timeout=SLOW_MS)
    field.press("Enter")
    page.get_by_role("button", name="Train", exact=True).click(timeout=SLOW_MS)
    expect(page.get_by_test_id("live-curves").first).to_have_attribute("data-seq", SOME, timeout=SLOW_MS)


def test_a_stranger_trains_the_digits_network_with_one_click(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.get_by_role("button", name="Train it").click(timeout=SLOW_MS)
    page.locator(FINISHED).first.wait_for(timeout=SLOW_MS)
    run = Store(served.home / "layerloom.db").runs(None)[0]
    assert run.state is RunState.FINISHED
    assert run.metrics is not None
    assert run.metrics["val_accuracy"] >= 0.95


def test_a_saved_project_opens_again_and_a_broken_file_is_one_clear_line(
    page: Page, served: Served, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(template("cnn-digits").project.model_dump_json())
    page.goto(f"{served.address}/build")
    in_sync(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open").click()
        page.get_by_test_id("open-file").click()
    chooser.value.set_files(saved)
    expect(page.get_by_test_id("node")).to_have_count(
        len(template("cnn-digits").project.design.nodes), timeout=SLOW_MS
    )
    in_sync(page)
    broken = tmp_path / "broken.json"
    broken.write_text("[" * 100_000)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open").click()
        page.get_by_test_id("open-file").click()
    chooser.value.set_files(broken)
    expect(page.get_by_text("nests brackets more than")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_test_id("node")).to_have_count(len(template("cnn-digits").project.design.nodes))


def test_a_project_is_saved_to_a_file_that_reads_back_equal(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/build")
    in_sync(page)
    with page.expect_download(timeout=SLOW_MS) as caught:
        page.get_by_role("button", name="Export").click()
        page.get_by_test_id("export-project").click()
    store = Store(served.home / "layerloom.db")
    assert read_document(caught.value.path().read_bytes()) == store.projects(None)[0].project


def test_a_killed_worker_is_told_in_plain_words_and_its_epochs_are_kept(page: Page, served: Served) -> None:
    train(page, served.address, "5000")
    store = Store(served.home / "layerloom.db")
    deadline = time.monotonic() + 60
    while store.runs(None)[0].epoch < 3 and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    run = store.runs(None)[0]
    os.kill(run.pid, signal.SIGKILL)
    expect(page.get_by_test_id("live-curves").first).to_contain_text("Stopped unexpectedly", timeout=50_000)
    assert store.run(run.id).state is RunState.LOST
    assert store.run(run.id).epoch >= run.epoch


def test_a_run_goes_on_when_the_server_is_killed_and_is_found_again(page: Page, served: Served) -> None:
    train(page, served.address, "5000")
    store = Store(served.home / "layerloom.db")
    run = store.runs(None)[0]
    served.restart()
    page.goto(f"{served.address}/train")
    expect(page.get_by_test_id("live-curves").first).to_have_attribute("data-run", run.id, timeout=SLOW_MS)
    seq = int(page.get_by_test_id("live-curves").first.get_attribute("data-seq") or 0)
    deadline = time.monotonic() + 60
    while int(page.get_by_test_id("live-curves").first.get_attribute("data-seq") or 0) <= seq:
        assert time.monotonic() < deadline
        page.wait_for_timeout(200)
    assert len(store.runs(None)) == 1, "none was doubled"
    page.get_by_role("button", name="Stop", exact=True).click()
    while not store.run(run.id).ended:
        assert time.monotonic() < deadline + 60
        page.wait_for_timeout(100)
    assert store.run(run.id).state is RunState.STOPPED


def test_under_another_base_path_everything_is_found(browser: Browser, tmp_path: Path) -> None:
    served = Served(tmp_path, base="/lab/loom")
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{served.address}/build")
        expect(page.get_by_test_id("node")).to_have_count(4, timeout=SLOW_MS)
        in_sync(page)
        page.goto(f"{served.address}/train")
        page.get_by_role("button", name="Train", exact=True).click(timeout=SLOW_MS)
        page.locator(FINISHED).first.wait_for(timeout=SLOW_MS)
        with page.expect_download(timeout=SLOW_MS) as caught:
            page.get_by_role("link", name="Project file").click()
        assert json.loads(caught.value.path().read_text())["format"] == "layerloom-project/1"
        page.close()
    finally:
        served.stop()


def test_in_a_class_two_browsers_have_networks_and_runs_of_their_own(
    browser: Browser, tmp_path: Path
) -> None:
    served = Served(tmp_path, LAYERLOOM_MODE="classroom")
    try:
        ann, bob = (browser.new_context(viewport={"width": 1280, "height": 720}).new_page() for _ in range(2))
        for page in (ann, bob):
            page.goto(served.address)
            page.get_by_role("button", name="Train it").wait_for(timeout=SLOW_MS)
        ann.get_by_role("button", name="Train it").click()
        ann.locator(FINISHED).first.wait_for(timeout=SLOW_MS)
        run = ann.get_by_test_id("live-curves").first.get_attribute("data-run")
        bob.goto(f"{served.address}/runs")
        expect(bob.get_by_text("Runs will be listed here")).to_be_visible(timeout=SLOW_MS)
        assert bob.request.get(f"{served.address}/api/runs/{run}/points").status == 404
        assert ann.request.get(f"{served.address}/api/runs/{run}/points").status == 200
        owners = {record.owner for record in Store(tmp_path / "layerloom.db").projects(None)}
        assert len(owners) == 2
    finally:
        served.stop()


def test_a_network_is_drawn_by_keyboard_alone(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    page.get_by_test_id("canvas").focus()
    for layer in ("InputLayer", "Dense"):
        page.keyboard.press("Control+k")
        page.get_by_test_id("finder-input").wait_for()
        page.keyboard.type(layer)
        page.keyboard.press("Enter")
    expect(page.get_by_test_id("node")).to_have_count(2)
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    page.keyboard.press("Delete")
    expect(page.get_by_test_id("node")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(node(page, "dense")).to_be_visible()
    in_sync(page)


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (3840, 2160)], ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_needs_scrolling_sideways(
    browser: Browser, served: Served, size: tuple[int, int], scheme: str
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for name in ("", "data", "build", "train", "runs"):
        page.goto(f"{served.address}/{name}")
        page.get_by_test_id("stMainBlockContainer").wait_for(timeout=SLOW_MS)
        page.wait_for_timeout(1500)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name or 'start'} is {wide} px too wide"
    context.close()
    assert asked - {""} == {urlsplit(served.address).netloc}, "nothing is fetched from elsewhere"


BROKEN = {
    "unknown": ({"nodes": [PIXELS, DENSE | {"type": "Dens"}]}, "dense", "no layer has that name"),
    "wrong": ({"nodes": [PIXELS, DENSE | {"params": {"units": "many"}}]}, "dense", "units"),
    "missing": ({"nodes": [PIXELS, DENSE | {"params": {}}]}, "dense", "units"),
    "huge": ({"nodes": [PIXELS, DENSE | {"params": {"units": 10**9}}]}, "dense", "units"),
    "circle": ({"edges": [WIRE, {"source": "dense", "target": "dense"}]}, "dense", "circle"),
    "dangling": ({"edges": [WIRE, {"source": "dense", "target": "ghost"}]}, "dense", "ghost"),
    "double": ({"nodes": [PIXELS, DENSE, DENSE]}, None, "2 layers are called dense"),
    "no input": ({"nodes": [DENSE], "edges": []}, None, "no input layer"),
}
UNREADABLE = {
    "not json": ("nonsense", "is not JSON"),
    "not a number": ('{"format": "layerloom/1", "name": "n", "nodes": [], "ui": {"x": NaN}}', "NaN"),
    "newer": ('{"format": "layerloom/9"}', "layerloom/9"),
}


def open_file(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open").click()
        page.get_by_test_id("open-file").click()
    chooser.value.set_files(path)


def test_a_drawing_without_data_leads_to_where_they_are_chosen(
    page: Page, served: Served, tmp_path: Path
) -> None:
    page.goto(f"{served.address}/build")
    in_sync(page)
    path = tmp_path / "drawn.json"
    shape = {"shape": [4]}
    path.write_text(
        json.dumps({"format": "layerloom/1", "nodes": [{"id": "x", "type": "InputLayer", "params": shape}]})
    )
    open_file(page, path)
    page.get_by_test_id("choose-data").click(timeout=SLOW_MS)
    page.wait_for_url("**/data", timeout=SLOW_MS)


def test_every_broken_drawing_opens_and_says_on_the_canvas_what_is_wrong(
    page: Page, served: Served, tmp_path: Path
) -> None:
    page.goto(f"{served.address}/build")
    in_sync(page)
    for name, (parts, node_id, words) in BROKEN.items():
        design = {"format": "layerloom/1", "name": name, "nodes": [PIXELS, DENSE], "edges": [WIRE]} | parts
        path = tmp_path / "broken.json"
        path.write_text(json.dumps(design))
        open_file(page, path)
        expect(page.get_by_test_id("project-name")).to_have_text(name, timeout=SLOW_MS)
        in_sync(page)
        place = node(page, node_id).first if node_id else page.get_by_test_id("stMainBlockContainer")
        expect(place).to_contain_text(words, timeout=SLOW_MS)
        expect(page.get_by_test_id("node")).to_have_count(len(design["nodes"]))
    for name, (text, words) in UNREADABLE.items():
        path = tmp_path / f"{name}.json"
        path.write_text(text)
        open_file(page, path)
        expect(page.get_by_text(words).first).to_be_visible(timeout=SLOW_MS)
        expect(page.get_by_test_id("node")).to_have_count(1), "the drawing before is still there"


def test_two_runs_are_laid_over_each_other_and_a_click_on_the_model_picks_a_layer(
    page: Page, served: Served
) -> None:
    for epochs in ("3", "5"):
        train(page, served.address, epochs)
        page.locator(FINISHED).first.wait_for(timeout=SLOW_MS)
    page.goto(f"{served.address}/runs")
    table = page.get_by_test_id("stDataFrame").first
    table.wait_for(timeout=SLOW_MS)
    page.wait_for_timeout(1500)
    place = table.bounding_box()
    assert place is not None
    row_height = place["height"] / 3
    for row in (1, 2):
        page.mouse.click(place["x"] + 17, place["y"] + row_height * (row + 0.5))
        page.wait_for_timeout(800)
    expect(page.get_by_text("Runs 2, 1")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_test_id("live-curves").first).to_contain_text("run 1", timeout=SLOW_MS)
    expect(page.get_by_test_id("live-curves").first).to_contain_text("run 2")

    model = page.frame_locator("iframe").locator("canvas").first
    model.wait_for(timeout=SLOW_MS)
    page.wait_for_timeout(1000)
    drawn = page.locator("iframe").first.bounding_box()
    assert drawn is not None
    page.mouse.click(drawn["x"] + drawn["width"] / 2, drawn["y"] + drawn["height"] * 0.62)
    expect(page.get_by_text("hidden", exact=True)).to_be_visible(timeout=SLOW_MS)
