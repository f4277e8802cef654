"""Does one server carry a class? 1, 10 and 30 browsers that all train, watch and look around at once.

    python benchmarks/thirty_browsers.py [--counts 1,10,30] [--real 4] [--minutes 20] [--short-minutes 2] [--epochs 60]

One server in classroom mode for all counts. Up to `--real` of the browsers are Chromium pages, driven as a hand drives
them; the others fetch what a page fetches (document, files, websocket with the page's script, points four times a
second). Each trains the digits network through the queue, watches it, looks at two other pages, trains again. The last
count lasts `--minutes`, those before `--short-minutes`.

Prints for each count: CPU of the page server (share of one core), page response, press on Train, answers with points
and the delay from the end of an epoch in its worker until it is known (protocol) or on the screen (Chromium), each as
median, 95th percentile and longest; the places in the queue that were told; memory of the page server over time; and
how often somebody read a run of somebody else, which must be 0.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e"), str(ROOT / "tests" / "workers")]

from crowd import PAGES, Load, Person, Seen, delays, live_together, readable_by_others  # noqa: E402
from find_browser import installed  # noqa: E402
from gestures import SLOW_MS  # noqa: E402
from live_runs import end_all  # noqa: E402
from serving import Served  # noqa: E402

from builder.runs.store import Store  # noqa: E402

LIVE = "[data-testid=live-curves]"
ENDED = tuple(f"{LIVE}[data-state={state}]" for state in ("finished", "stopped", "failed", "lost"))
READY = {
    "runs": "text=/Runs? [0-9]/",
    "build": "[data-testid=canvas]",
    "data": "text=/rows/",
    "": "text=Train it",
}
"""What is there once a page has come."""
RECORD = """() => {
  window.known = []
  const find = root => root.querySelector("[data-testid=live-curves]") ?? [...root.querySelectorAll("*")]
    .map(e => e.shadowRoot && find(e.shadowRoot)).find(Boolean)
  setInterval(() => {
    const live = find(document)
    const seq = Number(live?.dataset.seq ?? 0)
    if (live && (!known.length || known.at(-1)[1] !== seq)) known.push([Date.now() / 1000, seq, live.dataset.run])
  }, 20)
}"""
"""Notes each change of what the chart shows, and when."""


class Window:
    """A real browser window of one person; looked after in turns, since they share a thread."""

    def __init__(self, browser: Browser, address: str, store: Store, epochs: int) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        self.seen, self._address, self._store, self._epochs = Seen(), address, store, epochs
        self._visits, self._since = 0, 0.0

    def tend(self) -> None:
        """Do the next thing if it is time for it."""
        if self._since and not self._is_over() and time.monotonic() - self._since < 600:
            return
        if self._since:
            self._harvest()
            for _ in range(2):
                name = PAGES[self._visits % len(PAGES)]
                self._visits += 1
                self._open(name, READY[name])
        self._train()

    def _open(self, name: str, ready: str) -> None:
        began = time.perf_counter()
        self.page.goto(f"{self._address}/{name}", wait_until="commit")
        self.page.locator(ready).first.wait_for(timeout=SLOW_MS)
        self.seen.pages_s.append(time.perf_counter() - began)

    def _train(self) -> None:
        self._open("train", "role=button[name='Train'][disabled=false]")
        field = self.page.get_by_label("Epochs", exact=True)
        if field.input_value() != str(self._epochs):
            field.fill(str(self._epochs))
            field.press("Enter")
            self.page.wait_for_timeout(800)
        self.page.evaluate(RECORD)
        began = time.perf_counter()
        self.page.get_by_role("button", name="Train", exact=True).click(timeout=SLOW_MS)
        self.page.get_by_role("button", name="Stop", exact=True).wait_for(timeout=SLOW_MS)
        self.seen.presses_s.append(time.perf_counter() - began)
        self._since = time.monotonic()

    def _is_over(self) -> bool:
        return any(self.page.locator(state).count() for state in ENDED)

    def _harvest(self) -> None:
        known = self.page.evaluate("known")
        run = self.page.locator(LIVE).first.get_attribute("data-run")
        mine = [(at, seq) for at, seq, of in known if of == run]
        if run and run not in self.seen.runs:
            self.seen.runs.append(run)
            self.seen.states.append(self.page.locator(LIVE).first.get_attribute("data-state") or "")
            # what was on the screen before the page was rebuilt belongs to the same run: epochs are looked up by number
            self.seen.delays_s += delays(self._store, run, mine)


def measure(
    served: Served, browser: Browser, options: argparse.Namespace, count: int, minutes: float
) -> None:
    """So many browsers for so long; prints what they saw."""
    store, real = Store(served.home / "layerloom.db"), min(options.real, count)
    windows = [Window(browser, served.address, store, options.epochs) for _ in range(real)]
    people = [Person(served.address, store) for _ in range(count - real)]
    load, seconds = Load(served.process.pid), minutes * 60
    crowd = threading.Thread(target=live_together, args=(people, seconds, options.epochs))
    crowd.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for window in windows:
            try:
                window.tend()
            except TimeoutError as late:
                print(f"  a window waited in vain: {str(late).splitlines()[0]}")
        time.sleep(0.2)
    share = load.stop()
    crowd.join()
    report(count, real, share, load, windows, people)
    strangers = [run for window in windows for run in window.seen.runs[-2:]]
    read = readable_by_others(people) + [
        (run, status)
        for person in people
        for run in strangers
        if (status := person.visitor.points(run)[0]) != 404
    ]
    print(f"  runs read by somebody else: {len(read)}")
    for window in windows:
        window.page.context.close()
    for person in people:
        person.visitor.close()


def report(
    count: int, real: int, share: float, load: Load, windows: Sequence[Window], people: Sequence[Person]
) -> None:
    """What was seen, in words and figures."""
    everybody = [*(window.seen for window in windows), *(person.seen for person in people)]
    states = [state for seen in everybody for state in seen.states]
    print(f"{count} browsers, {real} of them Chromium: {len(states)} runs ended ({_counted(states)})")
    print(f"  page server: {share:.0%} of one core")
    for words, key in (
        ("page response", "pages_s"),
        ("press on Train", "presses_s"),
        ("points", "answers_s"),
    ):
        print(f"  {words}: {_spread(value for seen in everybody for value in getattr(seen, key))}")
    print(f"  epoch to screen: {_spread(value for window in windows for value in window.seen.delays_s)}")
    print(f"  epoch to answer: {_spread(value for person in people for value in person.seen.delays_s)}")
    places = [place for seen in everybody for place in seen.places]
    print(f"  places in the queue: up to {max(places, default=0)}, told {len(places)} times")
    refusals = [words for seen in everybody for words in seen.refusals]
    print(f"  presses that led to no run: {len(refusals)}")
    told = ", ".join(f"{at / 60:.1f} min {mb:.0f}" for at, mb in _few(load.memory_mb))
    print(f"  memory of the page server, MB: {told}", flush=True)


def _spread(values: Iterable[float]) -> str:
    found = np.array(list(values))
    if not len(found):
        return "none"
    median, high = np.percentile(found, [50, 95])
    return f"median {median:.3f} s, p95 {high:.3f} s, longest {found.max():.3f} s ({len(found)})"


def _counted(states: Sequence[str]) -> str:
    return ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))


def _few(samples: Sequence[tuple[float, float]], most: int = 12) -> list[tuple[float, float]]:
    chosen = np.unique(np.linspace(0, len(samples) - 1, most).astype(int))
    return [samples[index] for index in chosen]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counts", default="1,10,30")
    parser.add_argument("--real", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--short-minutes", type=float, default=2)
    parser.add_argument("--epochs", type=int, default=60)
    options = parser.parse_args()
    counts = [int(count) for count in options.counts.split(",")]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, sync_playwright() as playwright:
        os.environ["LAYERLOOM_HOME"] = home
        served = Served(Path(home), LAYERLOOM_MODE="classroom")
        browser = playwright.chromium.launch(
            executable_path=installed(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            time.sleep(10)  # engines are warm
            for count in counts:
                minutes = options.minutes if count == counts[-1] else options.short_minutes
                measure(served, browser, options, count, minutes)
        finally:
            browser.close()
            served.stop()
            end_all(Store())


if __name__ == "__main__":
    main()
