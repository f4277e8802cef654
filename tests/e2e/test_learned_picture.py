"""What a network over the plane has learned, while it learns: the picture, a hidden unit, and the end that stays."""

import re
from collections.abc import Callable

import pytest
from gestures import SLOW_MS
from playwright.sync_api import Page, expect
from serving import Served

from builder.data.starter import default_project
from builder.runs import pictures
from builder.runs.owners import PERSONAL_OWNER
from builder.runs.store import Store

pytestmark = pytest.mark.browser

RIGHT = re.compile(r"colour over x and y\. At epoch .* right on \d+\.\d\s% of 350 training points")
COLOURS = """canvas => {
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
  let [violet, green] = [0, 0]
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 2] > pixels[i + 1] + 30) violet += 1
    if (pixels[i + 1] > pixels[i + 2] + 30) green += 1
  }
  return [violet, green].map(count => count / (pixels.length / 4))
}"""


def drawn(page: Page) -> int:
    return int(page.get_by_test_id("learned").get_attribute("data-pictures", timeout=SLOW_MS) or 0)


def eventually(met: Callable[[], bool], page: Page) -> None:
    page.wait_for_timeout(50)
    for _ in range(SLOW_MS // 100):
        if met():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come true in time")


def test_the_boundary_moves_while_it_learns_units_show_what_they_respond_to_and_the_end_stays(
    page: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(served.home / "layerloom.db")
    circle = default_project("circle")
    endless = circle.training.model_copy(update={"epochs": 20_000, "early_stopping": None})
    record = store.save_project(PERSONAL_OWNER, circle.model_copy(update={"training": endless}))
    store.set_current_project(PERSONAL_OWNER, record.id)
    page.goto(f"{served.address}/train")
    page.get_by_role("button", name="Train", exact=True).click(timeout=SLOW_MS)

    picture = page.get_by_test_id("learned-field")
    eventually(lambda: drawn(page) > 3, page)
    seen = drawn(page)
    eventually(lambda: drawn(page) > seen + 3, page)
    eventually(lambda: min(picture.evaluate(COLOURS)) > 0.1, page)
    expect(picture).to_have_attribute("aria-label", RIGHT, timeout=SLOW_MS)

    page.get_by_role("group", name="Answers by place").press("ArrowLeft")
    expect(page.get_by_test_id("learned-status")).to_contain_text(
        re.compile(r"x .*, y .*: .* (violet|green)")
    )

    page.get_by_role("button", name="Hidden units").press("Enter")
    units = page.get_by_test_id("unit")
    expect(units).to_have_count(64, timeout=SLOW_MS)
    units.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("learned-epoch")).to_have_text("hidden_1, unit 2 of 32")
    page.keyboard.press("Escape")
    expect(units.first).to_be_hidden()

    page.get_by_role("button", name="Stop", exact=True).click(timeout=SLOW_MS)
    run = store.runs(None)[0]
    eventually(lambda: store.run(run.id).ended, page)
    monkeypatch.setenv("LAYERLOOM_HOME", str(served.home))
    kept = pictures.read(run.id)
    assert kept is not None and pictures.unpacked(kept[1])[0].is_last

    page.reload()
    eventually(lambda: drawn(page) == 1, page)
    assert min(picture.evaluate(COLOURS)) > 0.1
    page.get_by_role("button", name="Hidden units").click()
    expect(units).to_have_count(64, timeout=SLOW_MS)
    units.nth(40).hover()
    expect(page.get_by_test_id("learned-epoch")).to_have_text("hidden_2, unit 9 of 32")
