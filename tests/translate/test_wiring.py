"""Do wires end where they are drawn? Lists in order, dicts by key, and words where nothing can take them."""

import pytest
from drawings import node

from builder.catalog.spec import PortSpec
from builder.design.document import Edge
from builder.translate.wiring import Miswired, Tensor, arguments, tensors

ONE, MANY = PortSpec(name="inputs"), PortSpec(name="inputs", many=True)
STATE = (PortSpec(name="sequences"), PortSpec(name="initial_state", many=True, optional=True))
LAYER = node("dense", "Dense")


def wire(source, port=0, path=None):
    return Edge(source=source, source_port=port, target="dense", target_port=path)


def test_a_plain_wire_goes_to_the_first_argument():
    assert arguments(LAYER, [ONE], [wire("a", 2)]) == {"inputs": Tensor("a", 2)}


def test_wires_into_a_list_keep_their_order():
    assert arguments(LAYER, [MANY], [wire("b"), wire("a")]) == {"inputs": (Tensor("b"), Tensor("a"))}


def test_a_single_wire_into_a_list_is_a_list_of_one():
    assert arguments(LAYER, [MANY], [wire("a")]) == {"inputs": (Tensor("a"),)}


def test_numbered_wires_take_their_places_and_others_fill_up():
    wires = [wire("c"), wire("b", path=("inputs", 1)), wire("a", path=("inputs", 0))]
    assert arguments(LAYER, [MANY], wires)["inputs"] == (Tensor("a"), Tensor("b"), Tensor("c"))


def test_keys_make_a_dict():
    wires = [wire("a", path=("inputs", "image")), wire("b", path=("inputs", "text"))]
    assert arguments(LAYER, [MANY], wires)["inputs"] == {"image": Tensor("a"), "text": Tensor("b")}


def test_paths_nest_as_deep_as_they_are():
    wires = [wire("a", path=("inputs", "deep", 0)), wire("b", path=("inputs", "deep", 1))]
    assert arguments(LAYER, [MANY], wires)["inputs"] == {"deep": (Tensor("a"), Tensor("b"))}


def test_named_arguments_come_in_the_order_of_the_ports():
    wires = [wire("h", path=("initial_state", 0)), wire("c", path=("initial_state", 1)), wire("x")]
    found = arguments(LAYER, STATE, wires)
    assert list(found) == ["sequences", "initial_state"]
    assert found["initial_state"] == (Tensor("h"), Tensor("c"))


def test_tensors_are_flattened_with_sorted_keys():
    assert [t.node for t in tensors({"b": Tensor("2"), "a": (Tensor("0"), Tensor("1"))})] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("ports", "wires", "words"),
    [
        ([ONE], [wire("a"), wire("b")], "dense takes one input here, but 2 wires end at it."),
        ([ONE], [wire("a", path=("mask",))], "dense has no input called mask."),
        ([], [wire("a")], "dense is an input: no wire can lead into it."),
        (
            [MANY],
            [wire("a", path=("inputs", 1)), wire("b", path=("inputs", 1))],
            "Two wires end at the same place",
        ),
        ([MANY], [wire("a", path=("inputs", 2))], "must be numbered from 0 without gaps"),
        ([MANY], [wire("a", path=("inputs", "k")), wire("b", path=("inputs", 0))], "must be numbered from 0"),
        ([MANY], [wire("a", path=("inputs", 0)), wire("b", path=("inputs", 0, 1))], "same place"),
    ],
)
def test_a_wire_that_nothing_can_take_is_told_in_words(ports, wires, words):
    with pytest.raises(Miswired) as caught:
        arguments(LAYER, ports, wires)
    assert words in caught.value.issue.message
    assert caught.value.issue.node == "dense"
