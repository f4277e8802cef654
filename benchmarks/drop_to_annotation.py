"""How long from letting a layer go over the canvas until its annotation is shown? In a real browser, whole way.

    python benchmarks/drop_to_annotation.py [--nodes 10 50 177] [--drops 20]

Prints median and 95th percentile in milliseconds for networks of each size, drops interleaved among the sizes, so that
what else the machine does falls on all of them alike. Goal: the same for 10 and for 177 nodes.
"""

import argparse
import statistics
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from find_browser import installed  # noqa: E402
from gestures import SLOW_MS, in_sync, settled  # noqa: E402
from serving import Served  # noqa: E402

from builder.design.document import Design, Edge, Node  # noqa: E402
from builder.project.document import Project  # noqa: E402
from builder.runs.store import Store  # noqa: E402

# Watches from inside the page: the moment of letting go, and the first frame that shows the new node annotated.
WATCH = """() => {
  const holds = e => e.shadowRoot?.querySelector("[data-testid=canvas]")
  const root = [...document.querySelectorAll("*")].find(holds).shadowRoot
  const count = () => root.querySelectorAll("[data-testid=node]").length
  const status = () => root.querySelector("[data-testid=canvas-status]").textContent
  window.taken = new Promise(done => {
    let began = null, before = count()
    addEventListener("pointerup", () => { began = performance.now() }, { capture: true, once: true })
    const look = () => {
      if (began !== null && count() > before && status().includes("in sync")) done(performance.now() - began)
      else requestAnimationFrame(look)
    }
    look()
  })
}"""


def chain(count: int) -> Project:
    """An input and dense layers in a row, in columns; below the short first one there is room to drop."""
    nodes = [Node(id="pixels", type="InputLayer", params={"shape": [64]}, position=(0.0, 0.0))]
    places = [
        ((n + 8) // 12 * 320.0, (n + 8) % 12 * 96.0 - (0.0 if n + 8 >= 12 else 768.0)) for n in range(count)
    ]
    nodes += [
        Node(id=f"dense_{n}", type="Dense", params={"units": 64}, position=places[n]) for n in range(1, count)
    ]
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes))
    return Project(
        name=f"chain-{count}", design=Design(name=f"chain-{count}", nodes=tuple(nodes), edges=edges)
    )


def opened(browser: Browser, served: Served, count: int) -> Page:
    """A window of its own with a network of `count` nodes."""
    store = Store(served.home / "layerloom.db")
    record = store.save_project("local", chain(count))
    store.set_current_project("local", record.id)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{served.address}/build")
    page.get_by_test_id("node").first.wait_for(timeout=SLOW_MS)
    in_sync(page)
    return page


def drop(page: Page) -> float:
    """Milliseconds from letting go to the annotation; the layer is taken away again."""
    start = settled(page.get_by_test_id("palette-Dense").first)
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    page.evaluate(WATCH)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 8, start[1] + 8, steps=2)
    page.mouse.move(canvas["x"] + 130, canvas["y"] + canvas["height"] - 160, steps=8)
    page.mouse.up()
    taken = float(page.evaluate("() => window.taken"))
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    in_sync(page)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[10, 50, 177])
    parser.add_argument("--drops", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        served = Served(Path(home))
        browser = playwright.chromium.launch(
            executable_path=installed(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            pages = {count: opened(browser, served, count) for count in options.nodes}
            times: dict[int, list[float]] = {count: [] for count in options.nodes}
            for number in range(options.drops + 1):
                for count, page in pages.items():
                    page.bring_to_front()
                    taken = drop(page)
                    times[count] += [taken] if number else []  # the first one warms up
        finally:
            browser.close()
            served.stop()
    for count, measured in times.items():
        print(
            f"{count:4} nodes: median {statistics.median(measured):6.0f} ms, 95 % {sorted(measured)[-2]:6.0f} ms"
        )


if __name__ == "__main__":
    main()
