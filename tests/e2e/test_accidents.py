"""What happens to people: a double click, a second tab, a worker that is killed; one run, and one click to go on."""

import os
import re
import signal

import pytest
from gestures import SLOW_MS
from playwright.sync_api import Page, expect
from serving import Served

from builder.runs.records import EventKind, RunState
from builder.runs.store import Store

pytestmark = pytest.mark.browser

EPOCHS = 1000
BEGUN = re.compile(r"^([5-9]|\d{2,})$")


def test_a_double_click_is_one_run_that_every_tab_shows_and_that_goes_on_after_a_kill(
    page: Page, served: Served
) -> None:
    page.goto(f"{served.address}/train")
    epochs = page.get_by_label("Epochs", exact=True)
    epochs.fill(str(EPOCHS), timeout=SLOW_MS)
    epochs.press("Enter")
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Train", exact=True).dblclick(timeout=SLOW_MS)
    live = page.get_by_test_id("live-curves")
    expect(live).to_have_attribute("data-seq", BEGUN, timeout=SLOW_MS)
    store = Store(served.home / "layerloom.db")
    (run,) = store.runs(None)

    other = page.context.new_page()
    other.goto(f"{served.address}/train")
    expect(other.get_by_test_id("live-curves").first).to_have_attribute("data-run", run.id, timeout=SLOW_MS)
    other.close()

    os.kill(store.run(run.id).pid, signal.SIGKILL)
    expect(live).to_contain_text("Stopped unexpectedly", timeout=50_000)
    page.get_by_role("button", name="Resume", exact=True).click(timeout=SLOW_MS)
    expect(live).to_have_attribute("data-state", "finished", timeout=2 * SLOW_MS)
    (run,) = store.runs(None)
    assert (run.state, run.error, run.epoch) == (RunState.FINISHED, None, EPOCHS)
    told = store.events(run.id, limit=10**6, kinds=[EventKind.EPOCH])
    assert [event.epoch for event in told] == list(range(EPOCHS + 1))
