"""How quick is the canvas, from 10 to 1000 layers? Whole way, in a real browser, everything in one table.

    python benchmarks/canvas_speed.py [--nodes 10 50 177 300 500 1000] [--drops 20] [--edits 500] [--only drop …]

For each size: milliseconds from letting a layer go until its annotation is shown (median, 95 %), bytes up and
down for that edit, and processor time of the page's main thread for each frame while a layer is dragged and while the
view is panned: at reading zoom and with the whole network in view. Then the memory of the page after many edits.

Milliseconds of drops are those of a clock: run this on an idle machine. Frames are processor time, bytes are counts.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from canvas_probe import Frames, frames, heap_mb, traffic  # noqa: E402
from drop_to_annotation import drop, opened  # noqa: E402
from find_browser import installed  # noqa: E402
from gestures import in_sync, set_param  # noqa: E402
from serving import Served  # noqa: E402

MOVES = 60
GOALS_MS = {10: 100, 50: 100, 177: 100, 1000: 250}
FRAME_GOALS_MS = {300: 16, 1000: 33}
PARTS = ("drop", "frames", "memory")


@dataclass(frozen=True, slots=True)
class Drops:
    """Twenty edits of one size."""

    times_ms: list[float]
    up_bytes: float
    down_bytes: float


@contextmanager
def app() -> Iterator[tuple[Browser, Served]]:
    """A server with a store of its own, and a browser."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        served = Served(Path(home))
        arguments = ["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"]
        browser = playwright.chromium.launch(executable_path=installed(), args=arguments)
        try:
            yield browser, served
        finally:
            browser.close()
            served.stop()


def drops(browser: Browser, served: Served, sizes: list[int], count: int) -> dict[int, Drops]:
    """Drops at each size, in turns, so that what else the machine does falls on all of them alike."""
    pages = {size: opened(browser, served, size) for size in sizes}
    times: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(count + 1):
        for size, page in pages.items():
            page.bring_to_front()
            taken = drop(page)
            times[size] += [taken] if number else []  # the first one warms up
    counted = {size: _bytes_of_a_drop(page) for size, page in pages.items()}
    for page in pages.values():
        page.close()
    return {size: Drops(times[size], *counted[size]) for size in sizes}


def _bytes_of_a_drop(page: Page) -> tuple[float, float]:
    """Up and down, for a drop and the undo after it: half of that."""
    page.bring_to_front()
    with traffic(page) as counted:
        drop(page)
    return sum(counted.up) / 2, sum(counted.down) / 2


def measured_frames(browser: Browser, served: Served, size: int) -> dict[str, Frames]:
    """Dragging and panning at reading zoom, as the drawing opens, and with all of it in view."""
    page = opened(browser, served, size)
    found = {}
    for view in ("near", "whole"):
        if view == "whole":
            page.get_by_test_id("fit").click()
            page.wait_for_timeout(1000)
        found[f"drag {view}"] = frames(browser, page, lambda: _drag(page))
        in_sync(page)
        found[f"pan {view}"] = frames(browser, page, lambda: _pan(page))
    page.close()
    return found


def _drag(page: Page) -> None:
    """Takes a layer in the middle of what is seen for a walk."""
    box = page.get_by_test_id("node").nth(2).bounding_box()
    assert box is not None
    _walk(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, 2, 1)
    moved = page.get_by_test_id("node").nth(2).bounding_box()
    assert moved is not None and moved["x"] > box["x"] + 20, "the layer was not dragged"


def _pan(page: Page) -> None:
    box = page.get_by_test_id("canvas").bounding_box()
    assert box is not None
    _walk(page, box["x"] + 40, box["y"] + box["height"] - 140, 2, -3)


def _walk(page: Page, x: float, y: float, dx: float, dy: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, MOVES + 1):
        page.mouse.move(x + 4 + dx * step, y + 4 + dy * step)
    page.mouse.up()


def memory(browser: Browser, served: Served, edits: int, size: int = 50) -> list[tuple[int, float]]:
    """Megabytes alive after 10 edits, and after the undo history (200 steps) is full, and at the end."""
    page = opened(browser, served, size)
    layer = page.get_by_test_id("node").nth(3)
    layer.click(position={"x": 60, "y": 14})
    readings = []
    for number in range(1, edits + 1):
        set_param(page, layer, "units", str(10 + number))
        if number in (10, 210, edits):
            in_sync(page)
            page.wait_for_timeout(1500)
            readings.append((number, heap_mb(page)))
    page.close()
    return readings


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nodes", type=int, nargs="+", default=[10, 50, 177, 300, 500, 1000])
    parser.add_argument("--drops", type=int, default=20)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    with app() as (browser, served):
        if "drop" in options.only:
            _print_drops(drops(browser, served, options.nodes, options.drops))
        if "frames" in options.only:
            _print_frames({size: measured_frames(browser, served, size) for size in options.nodes})
        if "memory" in options.only:
            _print_memory(memory(browser, served, options.edits))


def _print_drops(found: dict[int, Drops]) -> None:
    print("| layers | drop to annotation, median | 95 % | goal | bytes up | bytes down |")
    print("|---|---|---|---|---|---|")
    for size, drop_ in found.items():
        times = sorted(drop_.times_ms)
        late = times[int(0.95 * (len(times) - 1))]
        goal = GOALS_MS.get(size, "")
        middle = statistics.median(times)
        print(
            f"| {size} | {middle:.0f} ms | {late:.0f} ms | {goal} | {drop_.up_bytes:.0f} | {drop_.down_bytes:.0f} |"
        )
    print(flush=True)


def _print_frames(found: dict[int, dict[str, Frames]]) -> None:
    names = list(next(iter(found.values())))
    print("Scripting and, after the plus, rendering; milliseconds of processor time a frame\n")
    print(f"| layers | {' | '.join(names)} | goal |")
    print("|---" * (len(names) + 2) + "|")
    for size, measured in found.items():
        cells = [f"{one.scripting:.1f} + {one.rendering:.1f}" for one in measured.values()]
        print(f"| {size} | {' | '.join(cells)} | {FRAME_GOALS_MS.get(size, '')} |")
    print(flush=True)


def _print_memory(readings: list[tuple[int, float]]) -> None:
    print("| edits of 50 layers | heap after a collection | ratio to the first |")
    print("|---|---|---|")
    for number, used in readings:
        print(f"| {number} | {used:.1f} MB | {used / readings[0][1]:.2f} |")


if __name__ == "__main__":
    main()
