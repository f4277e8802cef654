"""The live chart in a real browser, following a run that is only played."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).resolve().parents[2]
APP = """
import threading
import time
from pathlib import Path

import streamlit as st
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from builder.errors import NotFound
from builder.project.document import Project, Training
from builder.runs import packing
from builder.runs.records import Event, EventKind, Origin, RunState
from builder.runs.store import Store

STORE = Store(Path("store.sqlite"))
LENGTH = {"long": 10_000, "short": 40, "hidden": 60, "parent": 30, "fork": 30, "seed1": 20, "seed2": 20}
AT_ONCE = {"parent", "fork", "seed1", "seed2"}
IDS = {}


def row(epoch):
    loss = 0.1 + 2 / (epoch + 1)
    values = {"loss": loss, "val_loss": loss + 0.05, "accuracy": 1 - loss / 3, "val_accuracy": 0.9 - loss / 4}
    values |= {"loss_se": 0.01, "val_loss_se": 0.02, "learning_rate": 0.01 if epoch < 10 else 0.001}
    events = [Event(kind=EventKind.EPOCH, epoch=epoch, values=values)]
    if epoch == 10:
        events.append(Event(kind=EventKind.CHANGE, epoch=10, step=1, text="Learning rate 0.01 to 0.001"))
    return events


def play():
    for name, epochs in LENGTH.items():
        origin = Origin(run="parent", number=4, epoch=12, change="l2 0 to 0.01") if name == "fork" else None
        IDS[name] = STORE.create_run("ann", Project(name="moons", training=Training(epochs=epochs)), origin=origin).id
        rows = {"train": 200, "validation": 100, "test": 0, "measured": 200}
        STORE.update_run(IDS[name], state=RunState.RUNNING, steps_per_epoch=7, rows=rows, vitals={"memory_mb": 212.0})
        if name in AT_ONCE:
            STORE.append(IDS[name], [event for epoch in range(epochs + 1) for event in row(epoch)])
            STORE.update_run(IDS[name], state=RunState.FINISHED, epoch=epochs)


def go(name):
    STORE.update_run(IDS[name], started_at=time.time())
    for epoch in range(LENGTH[name] + 1):
        STORE.append(IDS[name], row(epoch))
        STORE.update_run(IDS[name], epoch=epoch, seconds=epoch / 10 + 0.1, metrics=row(epoch)[0].values)
        time.sleep(0.1)
    STORE.update_run(IDS[name], state=RunState.FINISHED)


play()
GOING = set(AT_ONCE)


def points(request):
    query, name = request.query_params, request.path_params["run"]
    if name in IDS and name not in GOING:  # a run begins when somebody looks
        GOING.add(name)
        threading.Thread(target=go, args=(name,), daemon=True).start()
    try:
        run = STORE.run(IDS.get(name, "none"), "ann")
    except NotFound:
        return JSONResponse({"error": "no such run"}, 404)
    told = packing.packed(STORE, run, int(query["after"]), query["stamp"])
    return Response(status_code=204) if told is None else Response(told, media_type="application/json")


app = st.App("frame.py", routes=[Route("/api/runs/{run}/points", points)])
"""
FRAME = """
import streamlit as st
from builder.components.live.chart import Mode, RunGroup, RunView, live_chart

run = st.query_params["run"]
if run == "several":
    runs = [RunView(name, f"run {n}") for n, name in enumerate(("parent", "fork", "seed1", "seed2"), 4)]
    live_chart(runs, key="chart", mode=Mode.OVERLAY, groups=[RunGroup("2 seeds", ("seed1", "seed2"))])
    st.stop()
ghosts = [RunView("parent", "run 4")]
ended = live_chart([RunView(run, "run 7")], key="chart", active="ended" not in st.session_state, ghosts=ghosts)
if ended:
    st.session_state.ended = st.session_state.get("ended", 0) + 1
st.button("Rerun")
st.write(f"told {st.session_state.get('ended', 0)} times")
"""
INSIDE = "[...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('.live')).shadowRoot"


def _browser() -> str:
    spec = importlib.util.spec_from_file_location(
        "find_browser", PROJECT / "tests" / "e2e" / "find_browser.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.installed()
    assert found, "no browser: run python tests/e2e/find_browser.py --install"
    return str(found)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("live")
    (folder / "app.py").write_text(APP, "utf-8")
    (folder / "frame.py").write_text(FRAME, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        *options,
        "--browser.gatherUsageStats=false",
    ]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, cwd=folder, env=environment) as server:
        try:
            _answers(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _answers(url: str, timeout_s: float = 30) -> None:
    end = time.monotonic() + timeout_s
    while True:
        try:
            urlopen(url, timeout=2).close()
            return
        except OSError:
            assert time.monotonic() < end, f"{url} does not answer"
            time.sleep(0.1)


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=_browser(), args=options)
        yield browser.new_page(viewport={"width": 1280, "height": 720})
        browser.close()


def chart(page: Page, url: str) -> Locator:
    page.goto(url)
    page.wait_for_selector("[data-testid=live-curves] .main-svg", state="attached")
    return page.get_by_test_id("live-curves")


def points(root: Locator) -> int:
    return int(root.get_attribute("data-points") or 0)


def grown(page: Page, root: Locator, more_than: int) -> int:
    page.wait_for_function(
        f"n => Number({INSIDE}.querySelector('.live').dataset.points) > n", arg=more_than, timeout=10_000
    )
    return points(root)


def ranges(page: Page) -> list[list[float]]:
    return page.evaluate(
        f"[...{INSIDE}.querySelectorAll('.plot')].slice(0, 2).map(p => p._fullLayout.xaxis.range)"
    )


def test_curves_grow_and_the_zoom_stays_while_they_do(page: Page, address: str) -> None:
    root = chart(page, f"{address}/?run=long")
    before = grown(page, root, 3)
    box = page.locator(".plot").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 102, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="All epochs").wait_for()
    first = f"{INSIDE}.querySelector('.plot')._fullLayout.xaxis.range"
    page.wait_for_function(f"{first}[0] > 0")  # drawn once the gesture is over
    zoomed = ranges(page)
    assert zoomed[0] == zoomed[1]
    assert zoomed[0][0] > 0
    grown(page, root, before + 10)
    assert ranges(page) == zoomed
    page.get_by_role("button", name="All epochs").click()
    page.wait_for_function(f"{INSIDE}.querySelector('.plot')._fullLayout.xaxis.range[0] === 0")


def test_a_rerun_of_the_page_leaves_the_chart_in_its_place(page: Page, address: str) -> None:
    root = chart(page, f"{address}/?run=long")
    page.evaluate(f"window.before = {INSIDE}.querySelector('.main-svg')")
    page.get_by_role("button", name="Rerun").click()
    grown(page, root, points(root) + 10)
    assert page.evaluate(f"window.before === {INSIDE}.querySelector('.main-svg')")


def test_the_end_of_a_run_is_told_to_the_page_once(page: Page, address: str) -> None:
    root = chart(page, f"{address}/?run=short")
    page.wait_for_selector("[data-testid=live-curves][data-state=finished]", timeout=15_000)
    page.get_by_text("told 1 times").wait_for()
    page.get_by_role("button", name="Rerun").click()
    page.wait_for_timeout(1000)
    assert page.get_by_text("told 1 times").count() == 1
    assert points(root) == 41


def hover(page: Page, share: float) -> Locator:
    """Move the mouse over the loss chart, so far from its left end; the numbers at the pointer."""
    box = page.locator(".plot").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 48 + share * (box["width"] - 172), box["y"] + 90)
    return page.get_by_test_id("reading").first


def test_the_pointer_reads_all_lines_with_their_doubt_and_what_happened(page: Page, address: str) -> None:
    chart(page, f"{address}/?run=short")
    page.wait_for_selector("[data-testid=live-curves][data-state=finished]", timeout=15_000)
    page.wait_for_timeout(500)
    reading = hover(page, 9.3 / 40)
    expect(reading).to_contain_text("Epoch 9")
    expect(reading).to_contain_text("validation0.350 (0.317 to 0.383)")
    expect(reading).to_contain_text("training0.300 (0.284 to 0.316), on 200 rows")
    expect(reading).to_contain_text("run 40.350")
    expect(reading).to_contain_text("Learning rate 0.01 to 0.001")
    page.mouse.move(5, 5)
    expect(reading).to_be_hidden()
    page.locator(".frame").first.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(reading).to_contain_text("Epoch 40")
    page.keyboard.press("Escape")
    expect(reading).to_be_hidden()


def test_the_view_can_be_changed_and_put_back(page: Page, address: str) -> None:
    chart(page, f"{address}/?run=short")
    page.wait_for_selector("[data-testid=live-curves][data-state=finished]", timeout=15_000)
    axis = f"{INSIDE}.querySelector('.plot')._fullLayout.xaxis"
    page.get_by_text("View", exact=True).click()
    page.get_by_label("x axis").select_option("log")
    page.wait_for_function(f"{axis}.type === 'log'")
    page.get_by_label("x axis").select_option("time")
    page.wait_for_function(f"{axis}.type === 'linear' && {axis}.range[1] < 10")
    page.get_by_label("Smoothing").fill("0.6")
    expect(hover(page, 0.5)).to_contain_text("smoothed")
    lines = f"{INSIDE}.querySelector('.plot').data.length"
    before = page.evaluate(lines)
    page.get_by_label("Earlier runs").uncheck()
    page.wait_for_function(f"{lines} < {before}")
    expect(page.get_by_text("Learning rate").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("x axis")).to_be_hidden()


def test_a_fork_begins_where_it_parts_and_a_series_is_one_band(page: Page, address: str) -> None:
    chart(page, f"{address}/?run=several")
    page.get_by_role("button", name="2 seeds").wait_for()
    traces = page.evaluate(f"{INSIDE}.querySelector('.plot').data.map(t => [t.name, t.x[0]])")
    assert ["run 5 validation", 12] in traces
    assert ["run 4 validation", 0] in traces
    assert {"2 seeds", "2 seeds, 90 % interval", "2 seeds, lowest to highest"} <= {name for name, _ in traces}
    expect(hover(page, 0.3)).to_contain_text("mean of 2 runs")


def test_the_tab_tells_progress_and_the_end_to_who_looks_elsewhere(page: Page, address: str) -> None:
    page.context.grant_permissions(["notifications"], origin=address)
    page.add_init_script(
        "window.told = []; window.Notification = Object.assign(function (title) { window.told.push(title) },"
        " { permission: 'granted', requestPermission: async () => 'granted' })"
    )
    chart(page, f"{address}/?run=hidden")
    page.wait_for_function("/^[0-9]+ % moons · Layerloom$/.test(document.title)")
    page.get_by_role("button", name="Tell me when it ends").click()
    page.get_by_role("button", name="You will be told when it ends").wait_for()
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.wait_for_function("document.title === 'Finished: moons · Layerloom'", timeout=30_000)
    assert page.evaluate("window.told") == ["moons, run 3: finished"]
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("!document.title.includes('moons')")


def test_a_run_of_somebody_else_is_not_found(page: Page, address: str) -> None:
    page.goto(f"{address}/?run=foreign")
    page.get_by_text("Run 7 cannot be found. It may have been deleted.").wait_for()
