"""How long until a run does what it is asked? Each command, from asking until it is done, and from click to words.

    python benchmarks/command_delays.py [--times 20] [--no-browser]

Prints, for each command, median and longest of `--times` in seconds: from the call that asks (`store.command`) until it
was carried out (the moment of its event) and until that is in the store; in a real browser, from the click (or key)
until the words or numbers that tell of it are on the screen. Commands that count from the next epoch on are marked,
with how long an epoch of this run takes. What is not obeyed is listed as such.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from playwright.sync_api import Error, Page, sync_playwright
from pydantic import JsonValue

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e"), str(ROOT / "tests" / "workers")]

from find_browser import installed  # noqa: E402
from gestures import SLOW_MS  # noqa: E402
from killing import begun, noisy  # noqa: E402
from live_runs import FOREVER, end_all, ended, waited  # noqa: E402
from serving import Served  # noqa: E402

from builder.runs.records import Event, EventKind  # noqa: E402
from builder.runs.store import Store  # noqa: E402
from builder.train import launch  # noqa: E402

LIVE = "[data-testid=live-curves]"
DEAF_S = 10.0
"""Nothing for so long: the command is not obeyed."""


@dataclass
class Asked:
    """One command with values that alternate, so that each time something changes."""

    name: str
    arguments: tuple[dict[str, JsonValue], ...] = ({},)
    tells: EventKind = EventKind.CHANGE
    is_of_next_epoch: bool = False
    done_s: list[float] = field(default_factory=list)
    stored_s: list[float] = field(default_factory=list)


def setting(name: str, node: str | None, *values: JsonValue, later: bool = True) -> Asked:
    """A setting that is changed to and fro."""
    return Asked(
        "set",
        tuple({"setting": name, "node": node, "value": value} for value in values),
        is_of_next_epoch=later,
    )


def commands() -> list[Asked]:
    """Everything that is asked of a run at work, but Stop."""
    return [
        setting("learning_rate", None, 0.002, 0.001, later=False),
        setting("batch_size", None, 64, 32),
        setting("dropout", "drop", 0.2, 0.3),
        setting("l2", None, 0.001, 0.0),
        setting("frozen", None, ["hidden"], []),
        Asked("checkpoint", tells=EventKind.KEPT),
        Asked("pause", tells=EventKind.PAUSED),
        Asked("resume", tells=EventKind.RESUMED),
    ]


def ask(store: Store, run_id: str, asked: Asked, turn: int) -> bool:
    """Ask once and wait until it was told; False where it was not."""
    before = store.last_event(run_id)
    began, seq = time.time(), before.seq if before else 0
    store.command(run_id, asked.name, None, asked.arguments[turn % len(asked.arguments)])
    found: list[Event] = []

    def is_told() -> bool:
        found[:] = store.events(run_id, seq, limit=1, kinds=[asked.tells])
        return bool(found)

    if not waited(DEAF_S, is_told):
        return False
    asked.stored_s.append(time.time() - began)
    asked.done_s.append(found[0].at - began)
    return True


def measure_commands(store: Store, times: int) -> None:
    """All commands but Stop, interleaved, on one run; then Stop on runs of its own."""
    run_id, wanted = begun(store, noisy(FOREVER)), commands()
    deaf: set[int] = set()
    for turn in range(times):
        for index, asked in enumerate(wanted):
            if index not in deaf and not ask(store, run_id, asked, turn):
                deaf.add(index)
            time.sleep(0.1)
    run = store.run(run_id)
    print(f"an epoch takes {1000 * (run.seconds or 0) / max(1, run.epoch):.0f} ms, all in all")
    for asked in wanted:
        name = f"{asked.name} {asked.arguments[0].get('setting', '')}".strip()
        _print(name + (" (next epoch)" if asked.is_of_next_epoch else ""), asked.done_s, asked.stored_s)
    launch.stop(store, run_id)
    ended(store, run_id)
    _print("stop, to its end", *_stops(store, times))


def _stops(store: Store, times: int) -> tuple[list[float], list[float]]:
    """From Stop until the event of the end, and until the run is in its last state with everything kept."""
    told, over = [], []
    for _ in range(times):
        run_id = begun(store, noisy(FOREVER))
        began = time.time()
        launch.stop(store, run_id)
        assert waited(60, lambda run_id=run_id: store.run(run_id).ended)
        over.append(time.time() - began)
        told.append(store.events(run_id, limit=10**6, kinds=[EventKind.FINISHED])[-1].at - began)
    return told, over


def measure_clicks(served: Served, page: Page, times: int) -> None:
    """From the click to the words, for what the Train page offers."""
    delays: dict[str, list[float]] = {name: [] for name in ("Pause", "Resume", "Keep this epoch", "Stop")}
    delays["Learning rate, by key"] = []
    store = Store(served.home / "layerloom.db")
    for _ in range(times):
        _train(page, served.address)
        run = store.runs(None)[0]
        for name, act, words in (
            ("Pause", _button(page, "Pause"), _state(page, "paused")),
            ("Resume", _button(page, "Resume"), _state(page, "running")),
            ("Keep this epoch", _button(page, "Keep this epoch"), _told(store, run.id, EventKind.KEPT, page)),
            ("Learning rate, by key", _rate(page), _told(store, run.id, EventKind.CHANGE, page)),
            ("Stop", _button(page, "Stop"), _state(page, "stopped")),
        ):
            try:
                began = time.perf_counter()
                act()
                words()
                delays[name].append(time.perf_counter() - began)
            except (Error, AssertionError) as fault:
                print(f"  {name}: {str(fault).splitlines()[0]}")
        if not store.run(run.id).ended:
            launch.stop(store, run.id)
            ended(store, run.id)
    for name, seconds in delays.items():
        _print(f"click to words, {name}", seconds)


def _train(page: Page, address: str) -> None:
    page.goto(f"{address}/train")
    epochs = page.get_by_label("Epochs", exact=True)
    epochs.fill("5000", timeout=SLOW_MS)
    epochs.press("Enter")
    page.wait_for_timeout(800)
    page.get_by_role("button", name="Train", exact=True).click(timeout=SLOW_MS)
    page.locator(f"{LIVE}[data-state=running]").wait_for(timeout=SLOW_MS)
    page.get_by_role("button", name="Pause", exact=True).and_(page.locator(":enabled")).wait_for(
        timeout=SLOW_MS
    )


def _button(page: Page, name: str) -> Callable[[], None]:
    return lambda: page.get_by_role("button", name=name, exact=True).click(timeout=SLOW_MS)


def _rate(page: Page) -> Callable[[], None]:
    return lambda: page.get_by_role("slider", name="Learning rate").first.press("ArrowLeft", timeout=SLOW_MS)


def _state(page: Page, state: str) -> Callable[[], None]:
    return lambda: page.locator(f"{LIVE}[data-state={state}]").wait_for(timeout=SLOW_MS)


def _told(store: Store, run_id: str, kind: EventKind, page: Page) -> Callable[[], None]:
    """Until the chart has drawn the event."""
    known = len(store.events(run_id, limit=10**6, kinds=[kind]))

    def wait() -> None:
        found: list[Event] = []

        def is_told() -> bool:
            found[:] = store.events(run_id, limit=10**6, kinds=[kind])[known:]
            return bool(found)

        assert waited(DEAF_S, is_told), "not told"
        page.wait_for_function(
            f"""seq => {{
              const find = root => root.querySelector("{LIVE}") ?? [...root.querySelectorAll("*")]
                .map(e => e.shadowRoot && find(e.shadowRoot)).find(Boolean)
              return Number(find(document)?.dataset.seq ?? 0) >= seq
            }}""",
            arg=found[0].seq,
            timeout=SLOW_MS,
            polling=20,
        )

    return wait


def _print(name: str, *seconds: list[float]) -> None:
    told = [
        f"median {np.median(each):.3f}, longest {max(each):.3f}" if each else "not obeyed" for each in seconds
    ]
    print(f"{name}: {'; in the store '.join(told)} ({len(seconds[0])})", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["LAYERLOOM_HOME"] = home
        store = Store()
        served = Served(Path(home))
        try:
            measure_commands(store, options.times)
            if not options.no_browser:
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path=installed(), args=["--no-sandbox", "--disable-gpu"]
                    )
                    page = browser.new_page(viewport={"width": 1440, "height": 900})
                    measure_clicks(served, page, options.times)
                    browser.close()
        finally:
            served.stop()
            end_all(store)


if __name__ == "__main__":
    main()
