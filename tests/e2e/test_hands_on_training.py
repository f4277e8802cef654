"""A person holds a training in hand: pause, change, go on, stop; and forks it, so that two lines share one past."""

import pytest
from gestures import SLOW_MS
from playwright.sync_api import Page, expect
from serving import Served

from builder.runs.records import EventKind, RunRecord, RunState
from builder.runs.store import Store

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click(timeout=SLOW_MS)


def offered(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=name, exact=True)).to_be_enabled(timeout=SLOW_MS)


def train(page: Page, served: Served, epochs: int) -> Store:
    """Begin the network for digits; returns the store in which its run is."""
    page.goto(f"{served.address}/train")
    field = page.get_by_label("Epochs", exact=True)
    field.fill(str(epochs), timeout=SLOW_MS)
    field.press("Enter")
    press(page, "Train")
    offered(page, "Pause")
    return Store(served.home / "layerloom.db")


def newest(store: Store) -> RunRecord:
    return store.runs(None)[0]


def eventually(page: Page, met, seconds: float = 60) -> None:
    for _ in range(int(seconds * 10)):
        if met():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come true in time")


def test_a_run_is_paused_changed_resumed_and_stopped_by_hand(page: Page, served: Served) -> None:
    store = train(page, served, epochs=50_000)
    eventually(page, lambda: newest(store).epoch > 0)

    press(page, "Pause")
    offered(page, "Resume")
    still = newest(store)
    assert still.state is RunState.PAUSED
    page.wait_for_timeout(1500)
    assert newest(store).epoch == still.epoch, "it stands still"

    slider = page.get_by_role("slider", name="Learning rate")
    before = float(slider.get_attribute("aria-valuetext") or 0)
    slider.focus()
    page.keyboard.press("ArrowLeft")
    offered(page, f"Back to {before:g}")
    press(page, "Resume")
    offered(page, "Pause")
    eventually(page, lambda: newest(store).epoch > still.epoch)
    eventually(page, lambda: bool(newest(store).live))
    assert 0 < newest(store).live["learning_rate"] < before
    changes = store.events(still.id, kinds=[EventKind.CHANGE])
    assert changes[0].text.startswith("Learning rate 0.005 to ")

    press(page, "Stop")
    offered(page, "Train")
    assert newest(store).state is RunState.STOPPED
    assert len(store.runs(None)) == 1


def test_a_fork_shows_two_lines_with_one_past(page: Page, served: Served) -> None:
    store = train(page, served, epochs=4)
    first = newest(store).id
    offered(page, "Train")
    press(page, "Fork")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Trains epochs 5 to 8 with learning rate 0.005 to 0.0005", timeout=SLOW_MS)
    dialog.get_by_role("button", name="Fork at epoch 4").dblclick()
    expect(page.get_by_text("Forked from run 1 at epoch 4")).to_be_visible(timeout=SLOW_MS)
    eventually(page, lambda: newest(store).id != first and newest(store).ended)
    assert newest(store).state is RunState.FINISHED, newest(store).error
    assert newest(store).epoch == 8
    assert len(store.runs(None)) == 2, "two clicks are one fork"

    page.get_by_role("link", name="Runs").click()
    curves = page.get_by_test_id("live-curves")
    expect(curves).to_have_attribute("data-run", f"{first} {newest(store).id}", timeout=SLOW_MS)
