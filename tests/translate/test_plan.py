"""Does the plan say in which order what is called with which tensors, without Keras?"""

import subprocess
import sys

import pytest
from drawings import again, chain, image, join, node, wired

from builder.design.document import Node
from builder.errors import Faulty
from builder.translate.plan import Kind, plan, sound_plan
from builder.translate.wiring import Tensor

INNER = wired(image([4], "x"), node("d", "Dense", units=3), ("x", "d"))


DENSE = node("d", "Dense", units=3)


def one(kind, **params):
    return wired(image([3]), node("d", kind, **params), ("image", "d"))


def codes(design):
    return [(issue.code.value, issue.node) for issue in plan(design).issues]


def test_planning_does_not_import_keras():
    code = "import sys, builder.translate.plan; print('keras' in sys.modules or 'tensorflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_steps_come_after_what_feeds_them():
    design = wired(
        node("b", "Dense", units=2), node("a", "Dense", units=2), image([3]), ("image", "a"), ("a", "b")
    )
    assert [step.id for step in plan(design).steps] == ["image", "a", "b"]


def test_inputs_and_outputs_are_found_where_they_are_not_named():
    planned = plan(chain([3], ("Dense", {"units": 2}), ("Dense", {"units": 1})))
    assert planned.inputs == ((None, "image"),)
    assert planned.outputs == ((None, "l1", 0),)


def test_named_inputs_and_outputs_keep_their_keys():
    design = chain([3], ("Dense", {"units": 2})).model_copy(
        update={"inputs": {"pixels": "image"}, "outputs": {"digit": "l0:0"}}
    )
    assert plan(design).inputs == (("pixels", "image"),)
    assert plan(design).outputs == (("digit", "l0", 0),)


def test_attention_gets_its_arguments_by_name():
    design = wired(
        image([4, 3]),
        node("look", "MultiHeadAttention", num_heads=2, key_dim=3),
        ("image", 0, "look", ("value",)),
        ("image", 0, "look", ("query",)),
    )
    assert list(plan(design).steps[1].arguments) == ["query", "value"]


def test_states_of_a_recurrent_layer_are_a_list():
    design = wired(
        image([4, 3]), node("one", "LSTM", units=2, return_state=True), node("two", "LSTM", units=2),
        ("image", "one"), ("image", "two"),
        ("one", 1, "two", ("initial_state", 0)), ("one", 2, "two", ("initial_state", 1)),
    )  # fmt: skip
    assert plan(design).steps[2].arguments["initial_state"] == (Tensor("one", 1), Tensor("one", 2))


def test_a_shared_layer_is_one_layer_of_two_steps():
    design = wired(
        image([3]),
        node("d", "Dense", units=3),
        again("e", "d"),
        again("f", "e"),
        ("image", "d"),
        ("d", "e"),
        ("e", "f"),
    )
    assert [step.layer for step in plan(design).steps] == ["image", "d", "d", "d"]
    assert [step.is_again for step in plan(design).steps] == [False, False, True, True]


def test_a_nested_network_has_a_plan_of_its_own():
    design = wired(
        image([4]),
        node("block", "Model").model_copy(update={"graph": INNER}),
        again("d2", "block/d"),
        ("image", "block"),
        ("image", "d2"),
    )
    planned = plan(design)
    assert planned.issues == ()
    assert [step.kind for step in planned.steps] == [Kind.INPUT, Kind.MODEL, Kind.LAYER]
    assert [step.id for step in planned.graphs["block"].steps] == ["x", "d"]
    assert planned.steps[2].layer == "block/d"


def test_issues_inside_a_nested_network_are_told_by_path():
    inner = wired(image([4], "x"), node("d", "Dense"), ("x", "d"))
    design = wired(image([4]), node("block", "Model").model_copy(update={"graph": inner}), ("image", "block"))
    assert codes(design) == [("missing_argument", "block/d")]


def test_constants_of_operations_may_stand_for_tensors():
    design = wired(image([3]), node("more", "ops.add", x2=[1, 2.5, 3]), ("image", "more"))
    assert plan(design).issues == ()


@pytest.mark.parametrize("constant", ["a", {"a": 1}, float("inf"), [[1, None]], [0] * 20_000])
def test_other_constants_are_refused(constant):
    design = wired(image([3]), node("more", "ops.add", x2=constant), ("image", "more"))
    assert codes(design) == [("bad_argument", "more")]


def test_an_index_that_is_no_index_is_refused():
    design = wired(image([3]), node("part", "ops.get_item", key="__import__('os')"), ("image", "part"))
    assert codes(design) == [("bad_argument", "part")]


def test_parameters_of_an_operation_belong_under_args():
    design = wired(
        image([3]), node("m", "ops.mean", axis=1).model_copy(update={"params": {"axis": 1}}), ("image", "m")
    )
    assert codes(design) == [("bad_argument", "m")]


def test_what_is_not_connected_is_only_noted():
    design = wired(image([3]), node("d", "Dense", units=2), node("lone", "Dense", units=2), ("image", "d"))
    issue = plan(design).issues[0]
    assert (issue.code, issue.severity, issue.message) == ("blocked", "info", "lone is not connected yet.")


def test_what_an_output_depends_on_must_be_connected():
    design = wired(
        image([3]), node("lone", "Dense", units=3), node("sum", "Add"), ("image", "sum"), ("lone", "sum")
    )
    assert codes(design) == [("missing_argument", "lone")]


def test_an_input_that_leads_nowhere_is_noted():
    design = wired(
        image([3]), image([3], "idle"), node("d", "Dense", units=1), ("image", "d"), outputs=("d",)
    )
    assert [(issue.node, issue.severity) for issue in plan(design).issues] == [("idle", "info")]


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (wired(), ["no_input None"]),
        (one("Dens", units=3), ["unknown_layer d"]),
        (one("Lambda", function="x"), ["unknown_layer d"]),
        (one("ops.load", file="x"), ["unknown_layer d"]),
        (one("Dense"), ["missing_argument d"]),
        (one("Dense", units="3"), ["bad_argument d"]),
        (one("Dense", units=10**9), ["too_large d"]),
        (one("Dense", units=float("nan")), ["bad_argument d"]),
        (wired(image([3]), DENSE, ("image", "d"), ("ghost", "d")), ["dangling_edge d"]),
        (wired(image([3]), DENSE, ("image", "d"), ("d", "ghost")), ["dangling_edge d"]),
        (wired(image([3]), node("image", "Dense", units=3)), ["duplicate_id image"]),
        (wired(image([3]), node("a", "Add"), DENSE, ("image", "a"), ("a", "d"), ("d", "a")), ["cycle d"]),
        (wired(image([3]), DENSE, ("image", "d"), ("d", "image")), ["cycle d"]),
        (wired(image([3]), again("d", "ghost"), ("image", "d")), ["bad_argument d"]),
        (wired(image([3]), again("d", "block/ghost"), ("image", "d")), ["bad_argument d"]),
        (wired(image([3]), again("d", "image"), ("image", "d")), ["bad_argument d"]),
        (wired(image([3]), again("d", "d"), ("image", "d")), ["bad_argument d"]),
        (wired(image([3]), DENSE, ("image", "d"), inputs=("d",)), ["bad_argument d", "bad_argument image"]),
        (wired(image([3]), node("b", "Model"), ("image", "b")), ["missing_argument b"]),
        (join("Dense", [3], [3], units=1), ["shape_mismatch join"]),
    ],
)  # fmt: skip
def test_a_bad_drawing_has_clear_issues_and_never_raises(design, expected):
    errors = [f"{issue.code} {issue.node}" for issue in plan(design).issues if issue.severity == "error"]
    assert errors == expected


def test_a_nested_network_with_a_wrong_number_of_inputs_names_them():
    two = wired(image([3], "p"), image([3], "q"), node("s", "Add"), ("p", "s"), ("q", "s"))
    design = wired(image([3]), node("b", "Model").model_copy(update={"graph": two}), ("image", "b"))
    assert plan(design).issues[0].message == "b takes 2 inputs (p, q); 1 is wired."


def test_only_a_sound_design_has_a_sound_plan():
    assert sound_plan(chain([3], ("Dense", {"units": 2}))).steps
    with pytest.raises(Faulty, match="no layer has that name"):
        sound_plan(chain([3], ("Dens", {})))


def test_a_chain_of_thousands_is_planned():
    assert len(plan(chain([3], *[("ReLU", {})] * 3000)).steps) == 3001


def test_an_open_input_of_a_block_is_named() -> None:
    inner = wired(
        image([4], "left"), image([4], "right"), node("sum", "Add"), ("left", "sum"), ("right", "sum")
    )
    block = Node(id="block", type="Model", graph=inner)
    found = plan(wired(image([4]), block, ("image", 0, "block", ("inputs", 1)))).issues
    assert [issue.message for issue in found] == ["block also needs left, and nothing is wired to it."]
