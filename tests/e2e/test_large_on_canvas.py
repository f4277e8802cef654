"""A thousand layers on the canvas: opened, seen as a whole, found, taken along, laid out, deleted and brought back."""

from itertools import pairwise

import pytest
from gestures import SLOW_MS, drag, in_sync, node
from playwright.sync_api import Page, expect
from serving import Served

from builder.design.document import Design, Edge, Node
from builder.project.document import Project
from builder.project.templates import template
from builder.runs.store import Store

pytestmark = pytest.mark.browser

COUNT = 1000


def open_project(page: Page, served: Served, project: Project) -> None:
    store = Store(served.home / "layerloom.db")
    store.set_current_project("local", store.save_project("local", project).id)
    page.goto(f"{served.address}/build")
    page.get_by_test_id("node").first.wait_for(timeout=SLOW_MS)
    in_sync(page)


def chain(count: int) -> Project:
    """Layers in a row, in columns of twelve."""
    nodes = [Node(id="pixels", type="InputLayer", params={"shape": [64]})]
    nodes += [
        Node(id=f"dense_{n}", type="Dense", params={"units": 64}, position=(n // 12 * 320.0, n % 12 * 96.0))
        for n in range(1, count)
    ]
    edges = tuple(Edge(source=one.id, target=other.id) for one, other in pairwise(nodes))
    return Project(name="chain", design=Design(name="chain", nodes=tuple(nodes), edges=edges))


def zoom(page: Page) -> int:
    return int((page.get_by_test_id("zoom").text_content() or "0").split()[0])


def test_a_thousand_layers_are_handled_as_ten_are(page: Page, served: Served) -> None:
    open_project(page, served, chain(COUNT))
    assert zoom(page) >= 70, "it opens so that names can be read"
    expect(node(page, "pixels")).to_be_in_viewport()
    page.get_by_test_id("fit").click()
    expect(page.get_by_test_id("node")).to_have_count(COUNT, timeout=SLOW_MS)
    assert zoom(page) < 10
    find(page, "dense_777")
    layer = node(page, "dense_777")
    expect(layer).to_be_in_viewport(timeout=SLOW_MS)
    page.wait_for_timeout(500)
    assert zoom(page) >= 70, "whoever goes to a layer wants to read it"
    box = layer.bounding_box()
    assert box is not None
    here = (box["x"] + 60, box["y"] + 20)
    drag(page, here, (here[0] + 80, here[1] + 32))
    in_sync(page)
    moved = layer.bounding_box()
    assert moved is not None and moved["x"] > box["x"] + 40
    page.keyboard.press("Delete")
    expect(layer).to_have_count(0)
    in_sync(page)
    expect(page.get_by_text("999 layers").first).to_be_visible(timeout=SLOW_MS)
    page.keyboard.press("Control+z")
    expect(layer).to_be_visible()
    in_sync(page)


def find(page: Page, name: str) -> None:
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+f")
    page.get_by_test_id("finder-input").wait_for()
    page.keyboard.type(name)
    page.get_by_role("option", selected=True).filter(has_text=name).wait_for()
    page.keyboard.press("Enter")


def test_a_thousand_layers_are_laid_out_and_selected_by_a_box(page: Page, served: Served) -> None:
    open_project(page, served, chain(COUNT))
    page.get_by_test_id("canvas").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_timeout(1000)
    in_sync(page)
    page.keyboard.press("Control+z")
    page.wait_for_timeout(1000)
    in_sync(page)
    page.get_by_test_id("fit").click()
    expect(page.get_by_test_id("node")).to_have_count(COUNT, timeout=SLOW_MS)
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    page.keyboard.down("Shift")
    drag(
        page,
        (canvas["x"] + 8, canvas["y"] + 8),
        (canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] - 120),
    )
    page.keyboard.up("Shift")
    chosen = page.locator(".react-flow__node.selected").count()
    assert COUNT / 3 < chosen < COUNT * 2 / 3


def test_a_template_of_18_layers_opens_readable_from_its_first_layer(page: Page, served: Served) -> None:
    open_project(page, served, template("residual-mlp").project)
    assert zoom(page) >= 70
    expect(node(page, "point")).to_be_in_viewport()
    expect(page.get_by_test_id("overview")).to_be_visible()
