"""How long until a person sees something? The first paint of a warm server, and the first point after Train.

    python benchmarks/start_and_first_point.py [--visits 7] [--against-spawn]

Prints medians in seconds: address typed → start page drawn (new browser window each time, nothing kept), click on
Train → first point of the curve on the screen, by what the time goes to, and which heavy modules the page's process
holds at the end. With --against-spawn the same clicks go, in turns, to a second server that starts each worker as a new
process (`LAYERLOOM_START=spawn`); the ratio of the two is printed.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from find_browser import installed  # noqa: E402
from gestures import SLOW_MS  # noqa: E402
from serving import Served  # noqa: E402

from builder.runs.records import EventKind  # noqa: E402
from builder.runs.store import Store  # noqa: E402

FINISHED = "[data-testid=live-curves][data-state=finished]"


def first_paint(browser: Browser, address: str) -> float:
    """Seconds from the address to the drawn headline and network."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.get_by_role("button", name="Train it").wait_for(timeout=SLOW_MS)
    taken = time.perf_counter() - began
    context.close()
    return taken


def first_point(browser: Browser, address: str, home: Path) -> dict[str, float]:
    """Seconds from the click on Train to each event of the run, and to the first point in the chart."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/train")
    button = page.get_by_role("button", name="Train", exact=True)
    button.wait_for(timeout=SLOW_MS)
    page.wait_for_timeout(1500)
    known = page.get_by_test_id("live-curves")
    before = known.get_attribute("data-run") if known.count() else None
    began, clicked = time.perf_counter(), time.time()
    button.click()
    page.wait_for_function(
        """before => [...document.querySelectorAll("*")].some(e => {
          const live = e.shadowRoot?.querySelector("[data-testid=live-curves]")
          return live && live.dataset.run !== before && Number(live.dataset.points) > 0
        })""",
        arg=before,
        timeout=SLOW_MS,
    )
    taken = time.perf_counter() - began
    page.locator(FINISHED).wait_for(timeout=SLOW_MS)
    context.close()
    return stages(home, clicked) | {"on the screen": taken}


def stages(home: Path, clicked: float) -> dict[str, float]:
    """Seconds from the click to what the newest run tells of its beginning."""
    store = Store(home / "layerloom.db")
    run = store.runs(None)[0]
    at: dict[str, float] = {}
    for event in store.events(run.id):
        name = "measured" if event.kind is EventKind.EPOCH and event.epoch == 0 else str(event.kind.value)
        at.setdefault({"batch": "first steps"}.get(name, name), event.at - clicked)
    store.close()
    return {name: at[name] for name in ("queued", "started", "measured", "first steps") if name in at}


def told(visits: list[dict[str, float]]) -> str:
    """The median of each stage."""
    return ", ".join(
        f"{name} {statistics.median(visit[name] for visit in visits if name in visit):.2f}"
        for name in visits[0]
    )


def heavy_modules(pid: int) -> str:
    """Shared libraries of TensorFlow that the page's process has mapped (Linux)."""
    try:
        mapped = Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return "not known here"
    found = sorted({Path(line.split()[-1]).name for line in mapped.splitlines() if "tensorflow" in line})
    return ", ".join(found[:5]) or "none of TensorFlow"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=7)
    parser.add_argument("--against-spawn", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as home,
        tempfile.TemporaryDirectory() as other,
        sync_playwright() as playwright,
    ):
        began = time.perf_counter()
        served = Served(Path(home))
        print(f"server answers after {time.perf_counter() - began:.1f} s")
        browser = playwright.chromium.launch(
            executable_path=installed(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            print(f"first visit of a cold server: {first_paint(browser, served.address):.2f} s")
            time.sleep(10)
            paints = [first_paint(browser, served.address) for _ in range(options.visits)]
            spawning = Served(Path(other), LAYERLOOM_START="spawn") if options.against_spawn else None
            time.sleep(10 if spawning else 0)
            points, anew = [], []
            for _ in range(options.visits):
                points.append(first_point(browser, served.address, Path(home)))
                if spawning:
                    anew.append(first_point(browser, spawning.address, Path(other)))
            print(f"first paint, warm: median {statistics.median(paints):.2f} s, longest {max(paints):.2f} s")
            seen = [point["on the screen"] for point in points]
            print(f"click to first point: median {statistics.median(seen):.2f} s, longest {max(seen):.2f} s")
            print(f"seconds after the click, forked: {told(points)}")
            if spawning:
                print(f"seconds after the click, as a new process: {told(anew)}")
                ratios = [b["on the screen"] / a["on the screen"] for a, b in zip(points, anew, strict=True)]
                print(f"new process / forked: median {statistics.median(ratios):.1f}")
                spawning.stop()
            print(f"page process {served.process.pid} holds: {heavy_modules(served.process.pid)}")
        finally:
            browser.close()
            served.stop()


if __name__ == "__main__":
    main()
