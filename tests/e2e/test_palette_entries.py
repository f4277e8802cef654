"""The palette by hand: what fits, favourites, what was taken last, the card with the picture, search by other names."""

import pytest
from gestures import SLOW_MS, drop_layer, in_sync, node, open_empty_canvas, settled
from playwright.sync_api import Locator, Page, expect
from serving import Served

pytestmark = pytest.mark.browser


def open_digits_cnn(page: Page, address: str) -> None:
    open_empty_canvas(page, address)
    page.get_by_test_id("open-menu").click()
    page.get_by_test_id("open-template-cnn-digits").click()
    expect(node(page, "strokes")).to_be_visible(timeout=SLOW_MS)
    in_sync(page)


def chosen(layer: Locator) -> None:
    settled(layer)
    layer.click(position={"x": 60, "y": 14})


def keys_in(part: Locator) -> list[str | None]:
    return [entry.get_attribute("data-key") for entry in part.locator("[data-key]").all()]


def test_favourites_and_what_was_taken_last_survive_a_reload(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    page.get_by_test_id("palette-search").fill("lstm")
    page.get_by_test_id("palette-LSTM").hover()
    page.get_by_test_id("star-LSTM").click()
    page.get_by_test_id("palette-search").fill("dense")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("f")
    expect(page.get_by_test_id("star-Dense")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(node(page, "dense")).to_be_visible()
    drop_layer(page, "Dropout", 500, 300)
    assert keys_in(page.get_by_test_id("palette-favourites")) == ["LSTM", "Dense"]
    assert keys_in(page.get_by_test_id("palette-recent")) == ["Dropout", "Dense"]
    in_sync(page)
    page.reload()
    expect(page.get_by_test_id("palette-favourites")).to_be_visible(timeout=SLOW_MS)
    assert keys_in(page.get_by_test_id("palette-favourites")) == ["LSTM", "Dense"]
    assert keys_in(page.get_by_test_id("palette-recent")) == ["Dropout", "Dense"]
    page.get_by_test_id("palette-favourites").locator("[data-key=LSTM]").hover()
    page.get_by_test_id("palette-favourites").get_by_label("LSTM as a favourite").click()
    assert keys_in(page.get_by_test_id("palette-favourites")) == ["Dense"]


def test_what_fits_is_offered_first_and_a_card_shows_what_it_does(page: Page, served: Served) -> None:
    open_digits_cnn(page, served.address)
    chosen(node(page, "strokes"))
    fits = page.get_by_test_id("palette-fits")
    expect(page.get_by_text("Fits after strokes")).to_be_visible()
    assert keys_in(fits)[:2] == ["BatchNormalization", "MaxPooling2D"]
    expect(fits.locator("[data-key=MaxPooling2D]")).to_contain_text("half")
    fits.locator("[data-key=MaxPooling2D]").hover()
    card = page.get_by_test_id("palette-card")
    expect(card).to_contain_text("Keeps the largest of each small square")
    expect(card.get_by_role("img")).to_have_attribute("aria-label", "8×8×16 comes in, 4×4×16 goes out")
    expect(card.get_by_test_id("palette-shapes")).to_have_attribute("data-real", "true")
    expect(card.get_by_test_id("palette-settings")).to_contain_text("pool_size")
    page.get_by_test_id("family-conv").click()
    expect(card).to_have_count(0)
    page.get_by_test_id("palette-Conv1D").hover()
    expect(card).to_contain_text("needs sequences; images come out here")
    page.get_by_text("4 more", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("palette-Conv3DTranspose")).to_be_attached()
    expect(page.locator(".palette-list .stop:focus")).to_have_count(1)
    expect(page.locator('.palette-list .stop[tabindex="0"]')).to_have_count(1)

    page.get_by_test_id("palette-search").focus()
    page.keyboard.press("ArrowDown")
    expect(card).to_contain_text("BatchNormalization")
    page.keyboard.press("Enter")
    expect(node(page, "batch_normalization")).to_be_visible()
    in_sync(page)
    expect(node(page, "batch_normalization").get_by_test_id("node-shape")).to_have_text("8×8×16")
    expect(page.locator(".react-flow__edge")).to_have_count(8)


def test_a_layer_is_found_by_the_names_of_others_and_with_a_slip(page: Page, served: Served) -> None:
    open_digits_cnn(page, served.address)
    field = page.get_by_test_id("palette-search")
    first = page.locator(".palette-list .entry").first
    for typed, found in [
        ("fully connected", "Dense"),
        ("Linear", "Dense"),
        ("BatchNorm2d", "BatchNormalization"),
        ("skip", "Add"),
        ("mha", "MultiHeadAttention"),
        ("dropuot", "Dropout"),
        ("matmul", "ops.matmul"),
    ]:
        field.fill(typed)
        expect(first).to_have_attribute("data-key", found)
    field.fill("pool")
    expect(first.locator("mark")).to_have_text("Pool")
    palette = keys_in(page.locator(".palette-list"))
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("pool")
    expect(page.get_by_test_id("finder-count")).to_have_text(f"{len(palette)} entries")
    listed = [choice.get_attribute("data-testid") for choice in page.locator(".choice").all()]
    assert listed == [f"choice-{key}" for key in palette], "both lists give the same order"
    page.keyboard.press("Escape")
    field.fill("zzzz")
    expect(page.get_by_test_id("palette-nothing")).to_contain_text("Try what it does")
    field.fill("flatten")
    chosen(node(page, "halve_again"))
    field.focus()
    page.keyboard.press("Enter")
    expect(node(page, "flatten")).to_be_visible()


def test_an_entry_is_carried_by_touch(page: Page, served: Served) -> None:
    open_empty_canvas(page, served.address)
    x, y = settled(page.locator(".palette-list [data-key=Dense]").first)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": at[0], "y": at[1], "id": 1} for at in points]},
        )

    send("touchStart", (x, y))
    for step in range(1, 13):
        send("touchMove", (x + 40 * step, y + 10 * step))
        page.wait_for_timeout(16)
    expect(page.locator(".ghost")).to_contain_text("Dense")
    send("touchEnd")
    expect(node(page, "dense")).to_be_visible()
    expect(page.locator(".ghost")).to_have_count(0)


def test_the_rail_of_a_low_window_opens_a_family_and_closes_again(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_empty_canvas(page, served.address)
    page.get_by_test_id("family-merge").click()
    page.get_by_test_id("palette-Concatenate").hover()
    card = page.get_by_test_id("palette-card")
    expect(card.get_by_role("img")).to_have_attribute(
        "aria-label", "8×8×16 and 8×8×32 comes in, 8×8×48 goes out"
    )
    box, window = card.bounding_box(), page.viewport_size
    assert box and window and box["y"] + box["height"] <= window["height"]
    page.get_by_test_id("palette-search").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("palette-Concatenate")).to_have_count(0)
