"""Networks drawn small: every node is there, in order, and nothing that a person typed becomes markup."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.design.document import Design, Edge, Node
from builder.figures import cards, hints, sketch
from builder.project.templates import template, templates

SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


@pytest.mark.parametrize("ready", templates(), ids=lambda ready: ready.name)
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_a_sketch_has_a_box_for_every_node_inside_its_frame(ready, appearance: str) -> None:
    design = ready.project.design
    drawn = parsed(sketch.sketch(design, appearance))
    boxes = drawn.findall(f"{SVG}rect")
    assert len(boxes) == len(design.nodes)
    assert len(drawn.findall(f"{SVG}g/{SVG}path")) == len(design.edges)
    for box in boxes:
        assert 0 <= float(box.get("x")) <= sketch.WIDTH
        assert 0 <= float(box.get("y")) <= sketch.HEIGHT


def test_boxes_go_from_left_to_right_along_the_wires() -> None:
    design = template("two-in-two-out").project.design
    places = sketch.boxes(design)
    assert all(places[edge.source].x < places[edge.target].x for edge in design.edges)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12), st.data())
def test_any_network_can_be_sketched(count: int, data: st.DataObject) -> None:
    nodes = tuple(
        Node(id=f"n{i}", type=data.draw(st.sampled_from(["InputLayer", "Dense", "Nonsense"])))
        for i in range(count)
    )
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    design = Design(nodes=nodes, edges=tuple(Edge(source=f"n{i}", target=f"n{j}") for i, j in chosen))
    parsed(sketch.sketch(design, "light"))


def test_cards_are_for_short_chains_only() -> None:
    assert cards.is_chain(template("mlp-digits").project.design)
    assert not cards.is_chain(template("residual-mlp").project.design)
    assert not cards.is_chain(Design())


def test_what_a_person_typed_is_text_on_a_card_and_nothing_else() -> None:
    wild = Node(id="a", type="<b>&", params={"units": 3, "activation": '"><script>alert(1)</script>'})
    drawn = parsed(cards.cards(Design(nodes=(wild,)), {"a": ("<i>", "&")}, "light"))
    assert not [one for one in drawn.iter() if "script" in one.tag]
    said = [one.text for one in drawn.iter(f"{SVG}text")]
    assert "<i>" in said


def test_cards_tell_a_screen_reader_what_the_network_is() -> None:
    drawn = parsed(cards.cards(template("mlp-digits").project.design, {}, "dark"))
    assert drawn.get("role") == "img"
    assert "hidden (Dense, 64 units, relu)" in drawn.get("aria-label")


@pytest.mark.parametrize("name", ["curves", "insert", "fault"])
def test_each_hint_has_its_picture(name: str) -> None:
    assert len(list(parsed(hints.hint(name, "light")))) > 1
