"""What did the browser do while something happened on the canvas? Its trace, its websocket and its heap, read out."""

import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

# Work of scripts as the browser's own timeline counts it ("Scripting"); the rest of a frame is style, layout and paint.
SCRIPTING = frozenset(
    {
        "EvaluateScript",
        "EventDispatch",
        "FireAnimationFrame",
        "FunctionCall",
        "HandlePostMessage",
        "MajorGC",
        "MinorGC",
        "RunMicrotasks",
        "TimerFire",
        "V8.GCScavenger",
    }
)
RENDERING = frozenset({"UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"})
CATEGORIES = ["devtools.timeline", "disabled-by-default-v8.gc", "v8"]


@dataclass(frozen=True, slots=True)
class Frames:
    """Processor time of the page's main thread, milliseconds for each frame in which the mouse moved."""

    count: int

    scripting: float
    rendering: float
    worst: float
    """The longest single task of scripting."""


def frames(browser: Browser, page: Page, act: Callable[[], None]) -> Frames:
    """The main thread's work while `act` moves the mouse; moves that the browser joins count as one frame."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    act()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = _main_thread(events)
    scripting = list(_outermost(events, main, SCRIPTING))
    rendering = list(_outermost(events, main, RENDERING))
    moves = [
        e for e in events if e.get("name") == "EventDispatch" and e["args"]["data"]["type"] == "mousemove"
    ]
    count = max(1, len({e["ts"] for e in moves}))
    return Frames(count, sum(scripting) / count, sum(rendering) / count, max(scripting, default=0.0))


def _main_thread(events: list[dict[str, Any]]) -> tuple[int, int]:
    """Process and thread that ran most scripts: the page's."""
    calls = [(e["pid"], e["tid"]) for e in events if e.get("name") == "FunctionCall"]
    return statistics.mode(calls)


def _outermost(events: list[dict[str, Any]], main: tuple[int, int], names: frozenset[str]) -> Iterator[float]:
    """Milliseconds of processor time of each event that lies in no other one of these."""
    mine = [
        e
        for e in events
        if e.get("ph") == "X" and (e["pid"], e["tid"]) == main and e["name"] in SCRIPTING | RENDERING
    ]
    end = 0.0
    for event in sorted(mine, key=lambda e: (e["ts"], -e.get("dur", 0))):
        if event["name"] in names and event["ts"] >= end:
            yield float(event.get("tdur", event.get("dur", 0))) / 1000
        end = max(end, event["ts"] + event.get("dur", 0))


@dataclass(slots=True)
class Traffic:
    """Bytes that went over the page's websocket."""

    up: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)


@contextmanager
def traffic(page: Page) -> Iterator[Traffic]:
    """Counts the websocket's frames while the block runs."""
    counted = Traffic()
    cdp = page.context.new_cdp_session(page)
    cdp.on("Network.webSocketFrameSent", lambda e: counted.up.append(_size(e["response"])))
    cdp.on("Network.webSocketFrameReceived", lambda e: counted.down.append(_size(e["response"])))
    cdp.send("Network.enable")
    yield counted
    page.wait_for_timeout(100)
    cdp.detach()


def _size(frame: dict[str, Any]) -> int:
    """Binary frames are told in base64."""
    text = str(frame["payloadData"])
    return len(text) * 3 // 4 - text.count("=", -2) if frame["opcode"] == 2 else len(text)


def heap_mb(page: Page) -> float:
    """Megabytes of JavaScript objects that are alive after a full collection."""
    cdp: CDPSession = page.context.new_cdp_session(page)
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    used = float(cdp.send("Runtime.getHeapUsage")["usedSize"])
    cdp.detach()
    return used / 1e6
