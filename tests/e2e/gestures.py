"""What a hand does on the canvas: real mouse events between places on the screen, nothing else."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

SLOW_MS = 60_000


def open_empty_canvas(page: Page, address: str) -> None:
    """From the start page to a canvas with nothing on it."""
    page.goto(address)
    page.get_by_role("button", name="Empty canvas").click(timeout=SLOW_MS)
    page.get_by_test_id("canvas").wait_for(timeout=SLOW_MS)
    in_sync(page)


def in_sync(page: Page) -> None:
    """Wait until the annotations shown belong to the drawing shown."""
    expect(page.get_by_test_id("canvas-status")).to_contain_text("in sync", timeout=SLOW_MS)


def middle(thing: Locator) -> tuple[float, float]:
    box = thing.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def settled(thing: Locator) -> tuple[float, float]:
    """The middle of a thing once it has stopped moving: a hand aims at what it sees standing still."""
    before = middle(thing)
    for _ in range(50):
        thing.page.wait_for_timeout(60)
        now = middle(thing)
        if now == before:
            return now
        before = now
    raise AssertionError("it never stood still")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press, move in small steps as a hand does, let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 6, start[1] + 6, steps=2)
    page.mouse.move(*end, steps=12)
    page.mouse.up()


def drop_layer(page: Page, type_name: str, x: float, y: float) -> Locator:
    """Search a layer in the palette and drag it to a place on the canvas; returns the new node."""
    before = {one.get_attribute("data-node-id") for one in page.get_by_test_id("node").all()}
    page.get_by_test_id("palette-search").fill(type_name)
    entry = page.get_by_test_id(f"palette-{type_name}").first
    entry.wait_for()
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    drag(page, settled(entry), (canvas["x"] + x, canvas["y"] + y))
    page.get_by_test_id("palette-search").fill("")
    new = wait_for(
        lambda: {one.get_attribute("data-node-id") for one in page.get_by_test_id("node").all()} - before,
        page,
    )
    return node(page, next(iter(new)))


def wait_for(found: Callable[[], set[str | None]], page: Page) -> set[str | None]:
    for _ in range(100):
        if values := found():
            return values
        page.wait_for_timeout(100)
    raise AssertionError("nothing new appeared on the canvas")


def node(page: Page, node_id: str | None) -> Locator:
    return page.locator(f'[data-testid="node"][data-node-id="{node_id}"]')


def connect(page: Page, source: Locator, target: Locator) -> None:
    """Drag from the port below one node to the port on top of another."""
    wires = page.locator(".react-flow__edge").count()
    start, end = (
        settled(source.get_by_test_id("port-out").first),
        settled(target.get_by_test_id("port-in").first),
    )
    drag(page, start, end)
    expect(page.locator(".react-flow__edge")).to_have_count(wires + 1)


def set_param(page: Page, layer: Locator, name: str, value: str) -> None:
    """Select a node and type a value into its field."""
    layer.click(position={"x": 60, "y": 14})
    field = page.get_by_test_id(f"param-{name}")
    field.fill(value)
    field.press("Enter")


def choose_param(page: Page, layer: Locator, name: str, value: str) -> None:
    """Select a node and choose a value from its list."""
    layer.click(position={"x": 60, "y": 14})
    page.get_by_test_id(f"param-{name}").click()
    page.get_by_test_id(f"param-{name}-{value}").click()


def wires(page: Page) -> list[str]:
    """The wires as they are spoken, such as "dense feeds dropout", sorted."""
    return sorted(one.get_attribute("aria-label") or "" for one in page.locator(".react-flow__edge").all())


def expect_wires(page: Page, *pairs: str) -> None:
    """Wait until just these wires are there, each as "source target"."""
    wanted = sorted(pair.replace(" ", " feeds ") for pair in pairs)
    for _ in range(100):
        if wires(page) == wanted:
            return
        page.wait_for_timeout(100)
    assert wires(page) == wanted


def quick_add(page: Page, type_name: str) -> None:
    """Add a layer with Ctrl K and the keyboard alone."""
    before = page.get_by_test_id("node").count()
    page.keyboard.press("Control+k")
    page.get_by_test_id("finder-input").wait_for()
    page.keyboard.type(type_name)
    page.get_by_role("option", selected=True).filter(has_text=type_name).wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("node")).to_have_count(before + 1)


def draw_chain(page: Page, *types: str) -> None:
    """Layers one below the other, each fed by the one before, laid out."""
    page.get_by_test_id("canvas").focus()
    for type_name in types:
        quick_add(page, type_name)
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_timeout(500)


def port(page: Page, node_id: str, side: str) -> tuple[float, float]:
    """Where a node's first input ("in") or output ("out") is seen."""
    return settled(node(page, node_id).get_by_test_id(f"port-{side}").first)


def hold(page: Page, start: tuple[float, float], *ways: tuple[float, float]) -> None:
    """Press and move along the ways, without letting go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 2, start[1] + 2)
    for way in ways:
        page.mouse.move(*way, steps=10)


def said(page: Page) -> Locator:
    """What a screen reader is told."""
    return page.get_by_test_id("spoken")
