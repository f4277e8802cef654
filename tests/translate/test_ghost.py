"""Are shapes, counts and blocks reported rightly, allocating nothing, and only once per kind of call?"""

import random

import pytest
from drawings import again, chain, errors, image, join, node, wired

from builder.translate.faults import Refusal
from builder.translate.ghost import check
from builder.translate.outcomes import Cache, Outcome

INNER = wired(
    image([None, 4], "x"), node("d", "Dense", units=6), node("e", "Dense", units=2), ("x", "d"), ("d", "e"),
    outputs={"wide": "d", "narrow": "e"},
)  # fmt: skip


def nested(design):
    return node("block", "Model").model_copy(update={"graph": design})


def test_shapes_leave_out_the_batch_and_unknown_lengths_are_null():
    report = check(chain([None, 3], ("Dense", {"units": 5}), ("GlobalAveragePooling1D", {})))
    assert [report.nodes[each].shape for each in ("image", "l0", "l1")] == [(None, 3), (None, 5), (5,)]
    assert report.nodes["l0"].dtype == "float32"


def test_several_outputs_have_a_shape_each():
    report = check(chain([4, 3], ("LSTM", {"units": 2, "return_state": True})))
    assert report.nodes["l0"].shape == ((2,), (2,), (2,))
    assert report.nodes["l0"].dtype == ("float32",) * 3


def test_weights_are_counted_with_those_that_training_leaves_alone():
    report = check(
        chain(
            [3],
            ("Dense", {"units": 4}),
            ("BatchNormalization", {}),
            ("Dense", {"units": 2, "trainable": False}),
        )
    )
    assert [(report.nodes[f"l{n}"].params, report.nodes[f"l{n}"].trainable_params) for n in range(3)] == [
        (16, 16),
        (16, 8),
        (10, 0),
    ]
    assert (report.totals.params, report.totals.trainable_params, report.totals.size_bytes) == (42, 24, 168)


@pytest.mark.parametrize(
    ("shape", "layer", "flops"),
    [
        ([64], ("Dense", {"units": 10}), 2 * 64 * 10),
        ([5, 64], ("Dense", {"units": 10}), 2 * 5 * 64 * 10),
        ([28, 28, 3], ("Conv2D", {"filters": 8, "kernel_size": 3}), 2 * 26 * 26 * 9 * 3 * 8),
        ([28, 28, 4], ("Conv2D", {"filters": 8, "kernel_size": 3, "groups": 2}), 2 * 26 * 26 * 9 * 2 * 8),
        (
            [28, 28, 3],
            ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2}),
            2 * 26 * 26 * 9 * 3 * 2,
        ),
        (
            [8, 8, 3],
            ("Conv2DTranspose", {"filters": 4, "kernel_size": 2, "strides": 2}),
            2 * 8 * 8 * 4 * 3 * 4,
        ),
        ([9, 5], ("LSTM", {"units": 7}), 2 * 9 * 4 * 7 * (5 + 7)),
        ([28, 28, 3], ("MaxPooling2D", {}), 0),
        ([None, 3], ("Dense", {"units": 4}), None),
        ([4, 3], ("TimeDistributed", {"layer": {"type": "Dense", "params": {"units": 3}}}), 2 * 4 * 3 * 3),
    ],
)
def test_work_is_twice_the_multiply_adds_of_one_row(shape, layer, flops):
    report = check(chain(shape, layer))
    assert report.nodes["l0"].flops == flops
    assert report.totals.flops == flops


def test_a_shared_layer_counts_once_but_works_twice():
    design = wired(image([3]), node("d", "Dense", units=3), again("e", "d"), ("image", "d"), ("d", "e"))
    report = check(design)
    assert (report.nodes["d"].params, report.nodes["e"].params, report.totals.params) == (12, 0, 12)
    assert report.totals.flops == 2 * 2 * 9


def test_a_shared_layer_refuses_another_width():
    design = wired(image([3]), node("d", "Dense", units=5), again("e", "d"), ("image", "d"), ("d", "e"))
    assert (
        errors(check(design))[0].message
        == "e uses weights made for 3 numbers in a row; rows of 5 numbers came in."
    )


def test_nodes_inside_a_nested_network_are_reported_by_path():
    report = check(wired(image([7, 4]), nested(INNER), ("image", "block")))
    assert report.nodes["block/d"].shape == (7, 6), "as it is called, not as it is declared"
    assert report.nodes["block"].shape == ((7, 2), (7, 6))  # keys sorted: narrow, wide
    assert (report.nodes["block"].params, report.totals.params) == (44, 44)


def test_a_fault_inside_blocks_what_is_outside():
    inner = wired(image([4], "x"), node("c", "Conv2D", filters=2, kernel_size=3), ("x", "c"))
    report = check(
        wired(image([4]), nested(inner), node("after", "ReLU"), ("image", "block"), ("block", "after"))
    )
    assert [issue.node for issue in errors(report)] == ["block/c"]
    assert [report.nodes[each].blocked_by for each in ("block", "after")] == ["block/c", "block/c"]


def test_a_nested_network_refuses_another_shape_than_it_is_drawn_for():
    report = check(wired(image([7, 5]), nested(INNER), ("image", "block")))
    assert [issue.message for issue in errors(report)] == ["block is drawn for n×4; sequences 7×5 came in."]


def test_a_fault_that_only_a_concrete_length_shows_stands_inside_where_it_is():
    inner = wired(image([None, None, 3], "x"), node("c", "Conv2D", filters=2, kernel_size=5), ("x", "c"))
    report = check(wired(image([4, 4, 3]), nested(inner), ("image", "block")))
    assert [issue.node for issue in errors(report)] == ["block/c"]
    assert errors(report)[0].message == "c looks at 5×5, but only 4×4 is left."
    assert report.nodes["block"].blocked_by == "block/c"


def test_another_call_of_a_nested_network_tells_at_the_call_what_is_wrong_inside():
    inner = wired(image([None, None, 3], "x"), node("c", "Conv2D", filters=2, kernel_size=5), ("x", "c"))
    small = image([4, 4, 3], "small")
    design = wired(
        image([9, 9, 3]), small, nested(inner), again("more", "block"), ("image", "block"), ("small", "more")
    )
    (issue,) = errors(check(design))
    assert issue.node == "more"
    assert "Inside: c looks at 5×5, but only 4×4 is left." in issue.message


def test_inner_layers_can_be_called_from_outside():
    design = wired(
        image([7, 4]), nested(INNER), again("d2", "block/d"), image([9, 4], "other"),
        ("image", "block"), ("other", "d2"),
    )  # fmt: skip
    report = check(design)
    assert (report.nodes["d2"].shape, report.nodes["d2"].params, report.totals.params) == ((9, 6), 0, 44)


def test_what_waits_for_a_fault_is_no_fault():
    report = check(chain([64], ("Conv2D", {"filters": 2, "kernel_size": 3}), ("ReLU", {}), ("Flatten", {})))
    assert len(errors(report)) == 1
    waiting = [issue for issue in report.issues if issue.code == "blocked"]
    assert [issue.message for issue in waiting] == ["l1 waits for l0.", "l2 waits for l0."]
    assert {issue.severity for issue in waiting} == {"info"}
    assert report.nodes["l2"].blocked_by == "l0"


def test_other_branches_are_reported_in_spite_of_a_fault():
    design = wired(
        image([64]), node("bad", "Conv2D", filters=2, kernel_size=3), node("good", "Dense", units=2),
        ("image", "bad"), ("image", "good"),
    )  # fmt: skip
    assert check(design).nodes["good"].shape == (2,)


def test_what_lies_on_a_circle_waits_for_it():
    design = wired(
        image([3]),
        node("a", "Add"),
        node("b", "ReLU"),
        node("c", "ReLU"),
        ("image", "a"),
        ("a", "b"),
        ("b", "a"),
        ("b", "c"),
    )
    report = check(design)
    assert [issue.code for issue in errors(report)] == ["cycle"]
    assert {report.nodes[each].blocked_by for each in ("a", "c")} == {"b"}


def test_a_dead_branch_is_shown_but_not_counted():
    design = wired(
        image([3]),
        node("d", "Dense", units=2),
        node("side", "Dense", units=9),
        ("image", "d"),
        ("image", "side"),
        outputs=("d",),
    )
    report = check(design)
    assert (report.nodes["side"].params, report.totals.params) == (36, 8)


def test_a_wire_from_an_output_that_is_not_there_is_told():
    design = wired(image([3]), node("d", "Dense", units=2), ("image", 3, "d", None))
    assert [(issue.code, issue.node) for issue in errors(check(design))] == [("dangling_edge", "d")]


@pytest.mark.parametrize(
    ("design", "node_id", "argument"),
    [
        (chain([150_528], ("Dense", {"units": 100_000})), "l0", "units"),
        (chain([5], ("Embedding", {"input_dim": 10_000_000, "output_dim": 1000})), "l0", "input_dim"),
        (chain([64, 64, 3], ("UpSampling2D", {"size": 5000})), "l0", "size"),
        (chain([1000], ("RepeatVector", {"n": 100_000}), ("Dense", {"units": 10_000})), "l1", "units"),
    ],
)
def test_a_network_beyond_all_bounds_names_layer_and_argument(design, node_id, argument):
    issue = errors(check(design))[0]
    assert (issue.code, issue.node, issue.argument) == ("too_large", node_id, argument)


def test_many_large_layers_are_too_large_together():
    report = check(chain([20_000], *[("Dense", {"units": 20_000})] * 3))
    assert report.totals.params > 1e9
    assert [issue.code for issue in errors(report)] == ["too_large"]


def test_a_huge_layer_is_counted_exactly_and_without_memory():
    resource = pytest.importorskip("resource")
    check(chain([3], ("Dense", {"units": 3})))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = check(chain([150_528], ("Dense", {"units": 100_000})))
    assert report.nodes["l0"].params == 15_052_900_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_ghosts_do_not_come_to_life_in_the_next_ordinary_scope():
    import keras
    from keras.src.backend.common import global_state

    check(chain([1000], ("Dense", {"units": 1000})))
    with keras.StatelessScope():
        pass
    assert not global_state.get_global_attribute("uninitialized_variables")


def test_checking_draws_no_random_numbers():
    random.seed(1)
    wanted = random.random()
    random.seed(1)
    check(chain([3], ("Dense", {"units": 7}), ("Dropout", {"rate": 0.5})), Cache())
    assert random.random() == wanted


def test_layers_that_learn_from_data_warn_unless_there_is_data():
    design = chain([3], ("Normalization", {}), ("Dense", {"units": 1}))
    report = check(design)
    assert report.ok
    assert [(issue.code, issue.severity, issue.node) for issue in report.issues] == [
        ("needs_fit", "warning", "l0")
    ]
    assert check(design, has_data=True).issues == ()
    assert check(chain([3], ("Normalization", {"mean": 0.0, "variance": 1.0}))).issues == ()


def test_an_edit_asks_keras_only_about_what_changed():
    cache = Cache()
    layers = [("Dense", {"units": 8 + n}) for n in range(20)]
    check(chain([4], *layers), cache)
    cold = cache.misses
    layers[10] = ("Dense", {"units": 99})
    check(chain([4], *layers), cache)
    assert cold == 21
    assert cache.misses - cold == 2  # the layer itself, and the one that is fed by it


def test_a_fault_is_remembered_too():
    cache = Cache()
    for _ in range(2):
        check(chain([64], ("Conv2D", {"filters": 2, "kernel_size": 3, "padding": "same"})), cache)
        check(join("Add", [3], [4]), cache)
    assert cache.misses == len(cache)


def test_a_cache_does_not_keep_what_the_machine_was_too_small_for():
    cache = Cache()
    short = Outcome(refusal=Refusal("MemoryError: Unable to allocate", making=False))
    assert cache.get("key", lambda: short) is short
    assert cache.get("key", Outcome) == Outcome()
    wrong = Outcome(refusal=Refusal("ValueError: no", making=False))
    assert cache.get("other", lambda: wrong) is wrong
    assert cache.get("other", Outcome) is wrong


def test_a_cache_forgets_what_was_not_used_for_longest():
    cache = Cache(most=5)
    check(chain([4], *[("Dense", {"units": 8 + n}) for n in range(20)]), cache)
    assert len(cache) == 5


def test_a_chain_of_a_thousand_different_layers_is_checked():
    report = check(chain([4], *[("Dense", {"units": 1 + n % 50}) for n in range(1000)]))
    assert report.ok
    assert len(report.nodes) == 1001


def test_reports_become_json_and_back():
    report = check(join("Add", [3], [4]))
    assert type(report).model_validate_json(report.model_dump_json()) == report
