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
from playwright.sync_api import Locator, Page, sync_playwright

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).resolve().parents[2]
APP = """
import time
import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route

BEGAN = time.time()
LENGTH = {"long": 10_000, "short": 40}


def row(epoch):
    loss = 0.1 + 2 / (epoch + 1)
    return [epoch, {"loss": loss, "val_loss": loss + 0.05, "accuracy": 1 - loss / 3, "val_accuracy": 0.9 - loss / 4}]


async def points(request):
    run, after = request.path_params["run"], int(request.query_params["after"])
    if run not in LENGTH:
        return JSONResponse({"error": "no such run"}, 404)
    epochs = LENGTH[run]
    now = min(epochs, int((time.time() - BEGAN) * 10))
    return JSONResponse({
        "run": run, "number": 7, "name": "moons", "state": "running" if now < epochs else "finished",
        "seq": now + 1, "epochs": epochs, "steps": 7, "message": None, "best": None,
        "progress": {"epoch": now, "step": 7, "steps_per_s": 70, "seconds_left": 1, "elapsed": now / 10},
        "epoch": [row(epoch) for epoch in range(after, now + 1)], "batch": [],
        "metrics": ["loss", "accuracy"], "rows": {"train": 200, "validation": 100},
    })


app = st.App("frame.py", routes=[Route("/api/runs/{run}/points", points)])
"""
FRAME = """
import streamlit as st
from builder.components.live.chart import RunView, live_chart

run = st.query_params["run"]
ended = live_chart([RunView(run, "run 7")], key="chart", active="ended" not in st.session_state)
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
    return page.evaluate(f"[...{INSIDE}.querySelectorAll('.plot')].map(p => p._fullLayout.xaxis.range)")


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


def test_a_run_of_somebody_else_is_not_found(page: Page, address: str) -> None:
    page.goto(f"{address}/?run=foreign")
    page.get_by_text("Run 7 cannot be found. It may have been deleted.").wait_for()
