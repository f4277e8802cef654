"""A bypassed layer is left out everywhere: check, model, code, outputs, data; what fed it passes through."""

import itertools

import numpy as np
import pytest

from builder.data.answers import answers
from builder.design.called import as_called
from builder.design.document import Design, Edge, Node
from builder.design.edits import SetBypass, apply
from builder.design.order import output_references
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from builder.translate.python_code import design_code
from tests.translate.drawings import again, chain, errors, image, node, wired

DENSE = ("Dense", {"units": 8})


def bypassed(design: Design, *ids: str) -> Design:
    return apply(design, SetBypass(ids=ids))


def test_a_bypassed_layer_shows_what_passes_and_holds_nothing() -> None:
    report = check(bypassed(chain([4], DENSE, ("Dense", {"units": 3})), "l0"))
    assert report.ok
    assert report.nodes["l0"].shape == (4,)
    assert (report.nodes["l0"].params, report.nodes["l0"].flops) == (0, 0)
    assert report.nodes["l1"].params == 4 * 3 + 3
    assert report.totals.params == 4 * 3 + 3


def test_a_chain_of_bypassed_layers_passes_the_first_input_through() -> None:
    report = check(bypassed(chain([4], DENSE, DENSE, ("Dense", {"units": 3})), "l0", "l1"))
    assert report.nodes["l1"].shape == (4,)
    assert report.totals.params == 15


def test_a_layer_with_two_inputs_passes_the_first() -> None:
    design = wired(
        image([4], "a"), image([6], "b"), node("join", "Concatenate"), ("a", 0, "join", ("inputs", 1)),
        ("b", 0, "join", ("inputs", 0)), node("end", "Dense", units=1), ("join", "end"),
    )  # fmt: skip
    assert check(bypassed(design, "join")).nodes["join"].shape == (6,)


def test_a_layer_with_named_inputs_passes_its_first_argument() -> None:
    look = Node(id="look", type="MultiHeadAttention", params={"num_heads": 2, "key_dim": 2})
    design = wired(image([5, 4], "q"), image([7, 4], "v"), look, ("v", 0, "look", ("value",)), ("q", "look"))
    assert check(bypassed(design, "look")).nodes["look"].shape == (5, 4)


def test_the_model_leaves_bypassed_layers_out() -> None:
    model = build_model(bypassed(chain([4], DENSE, ("Dense", {"units": 3})), "l0"))
    assert [layer.name for layer in model.layers] == ["image", "l1"]
    assert model.predict(np.zeros((2, 4)), verbose=0).shape == (2, 3)


def test_the_code_leaves_bypassed_layers_out_and_builds_the_same_model() -> None:
    design = bypassed(chain([4], DENSE, ("Dense", {"units": 3})), "l0")
    source = design_code(design)
    assert "l0" not in source
    scope: dict[str, object] = {"__name__": "loaded"}
    exec(source, scope)
    assert scope["build_model"]().count_params() == 15  # type: ignore[operator]


def test_an_output_that_is_bypassed_becomes_what_feeds_it() -> None:
    design = bypassed(chain([4], DENSE, ("Softmax", {})), "l1")
    assert output_references(design) == ((None, "l0", 0),)
    assert build_model(design).output_names == ["l0"]
    assert [answer.name for answer in answers(design)] == ["l0"]


def test_a_listed_output_follows_too() -> None:
    design = bypassed(
        chain([4], DENSE, ("Softmax", {})).model_copy(update={"outputs": {"digit": "l1"}}), "l1"
    )
    assert output_references(design) == (("digit", "l0", 0),)
    assert check(design).ok


def test_two_heads_that_pass_the_same_tensor_stay_two_outputs() -> None:
    design = wired(
        image([4]), node("trunk", "Dense", units=2), node("a", "ReLU"), node("b", "Softmax"),
        ("image", "trunk"), ("trunk", "a"), ("trunk", "b"),
    )  # fmt: skip
    both = bypassed(design, "a", "b")
    assert output_references(both) == ((None, "trunk", 0), (None, "trunk", 0))
    assert len(build_model(both).outputs) == 2


def test_a_call_of_a_bypassed_layer_still_calls_it() -> None:
    design = wired(
        image([4]), node("a", "Dense", units=4), again("b", "a"), ("image", "a"), ("a", "b"),
    )  # fmt: skip
    report = check(bypassed(design, "a"))
    assert report.ok
    assert report.totals.params == 20
    model = build_model(bypassed(design, "a"))
    assert model.count_params() == 20


def test_a_bypassed_call_leaves_the_layer_where_it_is_drawn() -> None:
    design = wired(image([4]), node("a", "Dense", units=4), again("b", "a"), ("image", "a"), ("a", "b"))
    assert check(bypassed(design, "b")).totals.params == 20


def test_a_block_can_be_bypassed_whatever_is_wrong_inside() -> None:
    empty = Node(id="block", type="Model", graph=Design(), bypass=True)
    design = wired(image([4]), empty, node("end", "Dense", units=1), ("image", "block"), ("block", "end"))
    report = check(design)
    assert report.ok, report.issues
    assert report.nodes["block"].shape == (4,)


def test_a_faulty_layer_harms_nobody_while_it_is_bypassed() -> None:
    design = chain([4], ("Conv2D", {"filters": 2, "kernel_size": 3}), ("Dense", {"units": 1}))
    assert not check(design).ok
    assert check(bypassed(design, "l0")).ok


def test_what_a_layer_behind_a_bypassed_one_cannot_take_is_its_own_fault() -> None:
    design = chain([8, 8, 1], ("Flatten", {}), ("Dense", {"units": 2}), ("LSTM", {"units": 2}))
    found = errors(check(bypassed(design, "l1")))
    assert [issue.node for issue in found] == ["l2"]


def test_a_wire_from_a_later_output_of_a_bypassed_layer_is_a_fault_in_words() -> None:
    lstm = Node(id="lstm", type="LSTM", params={"units": 4, "return_state": True}, bypass=True)
    design = wired(
        image([5, 3]), lstm, node("end", "Dense", units=1), ("image", "lstm"), ("lstm", 1, "end", None)
    )
    found = errors(check(design))
    assert [issue.node for issue in found] == ["end"]
    assert "bypassed" in found[0].message


def test_an_input_takes_no_notice_of_the_mark() -> None:
    design = chain([4], DENSE)
    marked = design.model_copy(
        update={"nodes": tuple(n.model_copy(update={"bypass": n.id == "image"}) for n in design.nodes)}
    )
    assert check(marked).ok


def test_a_bypassed_layer_without_an_input_passes_nothing() -> None:
    lone = Node(id="lone", type="ReLU", bypass=True)
    design = wired(
        image([4]), lone, node("end", "Dense", units=1), ("lone", "end"), node("y", "ReLU"), ("image", "y")
    )
    report = check(design)
    assert report.ok
    assert report.nodes["end"].shape is None


def test_what_waits_for_a_fault_waits_through_a_bypassed_layer() -> None:
    design = chain([4], ("Conv2D", {"filters": 2, "kernel_size": 3}), ("ReLU", {}), ("ReLU", {}))
    report = check(bypassed(design, "l1"))
    assert report.nodes["l1"].blocked_by == "l0"
    assert report.nodes["l2"].blocked_by == "l0"


def test_without_bypassed_layers_the_design_itself_is_called() -> None:
    design = chain([4], DENSE)
    assert as_called(design) is design


@pytest.mark.parametrize("times", [1, 400])
def test_bypassing_many_layers_in_a_chain_is_no_problem(times: int) -> None:
    nodes = [image([4]), *(Node(id=f"r{n}", type="ReLU", bypass=True) for n in range(times))]
    edges = tuple(Edge(source=one.id, target=two.id) for one, two in itertools.pairwise(nodes))
    report = check(Design(nodes=tuple(nodes), edges=edges))
    assert report.nodes[f"r{times - 1}"].shape == (4,)
