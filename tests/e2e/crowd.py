"""What people of a class do at the same time: each opens pages, trains a network of their own and watches it."""

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from visitor import Following, Visitor

from builder.runs.records import EventKind
from builder.runs.store import Store

PAGES = ("runs", "build", "data", "")
"""Where a person looks between two runs."""
LONGEST_RUN_S = 900.0


@dataclass
class Seen:
    """What one person saw."""

    runs: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    pages_s: list[float] = field(default_factory=list)
    """Address typed until the page's script has ended, files included."""
    presses_s: list[float] = field(default_factory=list)
    """Press on Train until the page with the run has come."""
    answers_s: list[float] = field(default_factory=list)
    """Question for new points until the answer."""
    delays_s: list[float] = field(default_factory=list)
    """End of an epoch in the worker until its values had come."""
    places: list[int] = field(default_factory=list)
    """Places in the queue that were told while waiting."""
    refusals: list[str] = field(default_factory=list)


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, address: str, store: Store) -> None:
        self.visitor, self.store, self.seen = Visitor(address), store, Seen()
        self._pages = cycle(PAGES)

    def train(self, epochs: int) -> str | None:
        """Open Train, ask for so many epochs, press the button; the run's id, or None where it was refused."""
        shown = self._open("train")
        if "Train" not in shown.buttons:  # the run before still stands there
            return None
        if shown.numbers["Epochs"].default != epochs:
            shown = self.visitor.fill("Epochs", epochs, shown)
        shown = self.visitor.press("Train", shown)
        self.seen.presses_s.append(shown.seconds)
        chart = shown.components.get("builder.live")
        run = chart["runs"][0]["id"] if chart else None
        if run is None or run in self.seen.runs:
            self.seen.refusals += shown.words
            return None
        self.seen.runs.append(run)
        return str(run)

    def watch(self, run: str, longest_s: float = LONGEST_RUN_S) -> None:
        """Follow the run to its end, as the chart does."""
        following = Following(self.visitor, run)
        following.wait(longest_s)
        following.stop()
        self.seen.states.append(following.state)
        self.seen.answers_s += following.seconds
        self.seen.places += following.places
        self.seen.delays_s += delays(self.store, run, following.known)

    def look_around(self) -> None:
        """One more page."""
        self._open(next(self._pages))

    def live(self, until: float, epochs: int) -> None:
        """Train and look around, again and again, until that moment (monotonic seconds)."""
        while time.monotonic() < until:
            run = self.train(epochs)
            if run:
                self.watch(run, max(5.0, min(LONGEST_RUN_S, until - time.monotonic())))
            for _ in range(2):
                self.look_around()
                time.sleep(1.0)

    def _open(self, page: str) -> Any:
        shown = self.visitor.open(page)
        self.seen.pages_s.append(shown.seconds)
        return shown


def delays(store: Store, run: str, known: Sequence[tuple[float, int]]) -> list[float]:
    """For each epoch of the run: seconds from its end until it was known; `known`: when, and up to which event."""
    found, at = [], 0
    for event in store.events(run, limit=10**6, kinds=[EventKind.EPOCH]):
        while at < len(known) and known[at][1] < event.seq:
            at += 1
        if at < len(known):
            found.append(known[at][0] - event.at)
    return found


def live_together(people: Sequence[Person], seconds: float, epochs: int) -> None:
    """Everybody at once, each in a thread; what goes wrong for one is raised."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(max(1, len(people))) as pool:
        for done in [pool.submit(person.live, until, epochs) for person in people]:
            done.result()


def readable_by_others(people: Sequence[Person]) -> list[tuple[str, int]]:
    """Runs that somebody reads who does not own them, with the status of the answer; none is right."""
    found = []
    for person in people:
        for other in people:
            for run in other.seen.runs[-2:]:
                status, _ = person.visitor.points(run)
                if person is not other and status != 404:
                    found.append((run, status))
    return found


class Load:
    """What a process and its children cost, by their pid; Linux."""

    def __init__(self, pid: int, every_s: float = 30.0) -> None:
        self.pid, self._every_s = pid, every_s
        self.memory_mb: list[tuple[float, float]] = []
        """Seconds since the beginning, resident MB of the process itself."""
        self._began, self._cpu = time.monotonic(), _cpu_seconds(pid)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def _sample(self) -> None:
        while True:
            self.memory_mb.append((time.monotonic() - self._began, resident_mb(self.pid)))
            if self._end.wait(self._every_s):
                return

    def stop(self) -> float:
        """End; the share of one core that the process itself took meanwhile."""
        share = (_cpu_seconds(self.pid) - self._cpu) / (time.monotonic() - self._began)
        self._end.set()
        self._thread.join()
        self.memory_mb.append((time.monotonic() - self._began, resident_mb(self.pid)))
        return share


def resident_mb(pid: int) -> float:
    """Memory that the process holds in RAM."""
    told = Path(f"/proc/{pid}/status").read_text().splitlines()
    line = next(line for line in told if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
