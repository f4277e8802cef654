"""Is every fault offered repairs that help, and is nothing offered that was not tried?"""

import itertools

import pytest
from drawings import again, chain, errors, image, join, node, wired

from builder.design.document import Design, Edge, Node
from builder.design.edits import SetParams, apply
from builder.project.document import DataSpec, Project
from builder.project.ready_blocks import ready_block, resolved
from builder.translate import candidates
from builder.translate.ghost import check
from builder.translate.offering import MOST, applied, judged, offered
from builder.translate.outcomes import Cache

CACHE = Cache()


def repairs(design, **project):
    return offered(Project(design=design, **project), CACHE, budget_s=60).repairs


def titles(design, **project):
    return [repair.title for repair in repairs(design, **project)]


def mended(design, title, **project):
    """The design after the repair of that title."""
    repair = next(repair for repair in repairs(design, **project) if repair.title == title)
    return applied(Project(design=design, **project), repair).design


def nested(inner, node_id="block"):
    return Node(id=node_id, type="Model", graph=inner)


CONV = {"filters": 4, "kernel_size": 3}
RESIDUAL = wired(
    image([8, 8, 1]),
    node("stem", "Conv2D", filters=16, kernel_size=3, padding="same"),
    node("conv_a", "Conv2D", filters=16, kernel_size=3, padding="same"),
    node("conv_b", "Conv2D", filters=32, kernel_size=3, padding="same"),
    node("join", "Add"),
    node("pool", "GlobalAveragePooling2D"),
    ("image", "stem"), ("stem", "conv_a"), ("conv_a", "conv_b"), ("stem", "join"), ("conv_b", "join"), ("join", "pool"),
)  # fmt: skip

TEXTS = (image([6], "in0", dtype="string"), image([6], "in1", dtype="string"))
ROWS = (image([6], "in0"), image([6], "in1"))
LINE = (image([3]), node("d", "Dense", units=3), node("e", "Dense", units=3))

OFFERED = [
    (RESIDUAL, "Widen the shortcut"),
    (RESIDUAL, "Set conv_b to 16 filters"),
    (join("Add", [8, 8, 4], [4, 4, 8]), "Widen in0"),
    (join("Add", [8, 8, 4], [4, 4, 4]), "Pool in0"),
    (join("Add", [8, 8, 4], [4, 4, 4]), "Enlarge in1"),
    (join("Concatenate", [8, 8, 4], [6, 6, 4]), "Pad in1"),
    (join("Concatenate", [8, 8, 4], [6, 6, 4]), "Crop in0"),
    (join("Concatenate", [8, 8, 4], [7, 5, 4]), "Resize in0"),
    (join("Concatenate", [5, 3], [5, 4], axis=1), "Work along the last axis"),
    (join("Add", [3, 5], [5, 3]), "Turn the axes of in0"),
    (join("Add", [12], [3, 4]), "Reshape to 3×4"),
    (join("Multiply", [8, 8, 4], [16]), "Spread in1 over all places"),
    (join("Multiply", [3], [4]), "Narrow in1"),
    (join("Average", [3], [4], [5]), "Narrow in1, then narrow in2"),
    (join("Subtract", [3], [3], [3]), "Delete the wire from in2 to join"),
    (join("Subtract", [3]), "Add an input"),
    (join("ops.matmul", [2, 3], [4, 5]), "Widen in0"),
    (chain([8, 8, 3], ("LSTM", {"units": 3})), "Reshape to 64×3"),
    (chain([64], ("Conv2D", CONV)), "Reshape to 8×8×1"),
    (chain([4, 8, 8, 1], ("Conv2D", CONV)), "Apply l0 to each step"),
    (chain([5, 3], ("LSTM", {"units": 3}), ("LSTM", {"units": 3})), "Hand out every step of l0"),
    (chain([5], ("Dense", {"units": 3}), ("LSTM", {"units": 3})), "Insert RepeatVector"),
    (chain([8, 8, 3], ("Flatten", {}), ("Conv2D", CONV)), "Take l0 out"),
    (chain([8, 8, 3], ("Flatten", {}), ("Conv2D", CONV)), "Reshape to 8×8×3"),
    (chain([8, 8, 3], ("RepeatVector", {"n": 2})), "Insert Flatten"),
    (chain([8, 8, 3], ("RepeatVector", {"n": 2})), "Insert GlobalAveragePooling2D"),
    (chain([8, 8, 8, 3], ("RepeatVector", {"n": 2})), "Insert GlobalMaxPooling3D"),
    (chain([5, 3], ("RepeatVector", {"n": 2})), "Insert GlobalAveragePooling1D"),
    (chain([4, 4, 3], ("Conv2D", {"filters": 3, "kernel_size": 5})), "Fill up the edge"),
    (chain([4, 4, 3], ("Conv2D", {"filters": 3, "kernel_size": 5})), "Use a window of 3×3"),
    (chain([5, 3], ("Conv1D", {"filters": 3, "kernel_size": 3, "dilation_rate": 4})), "Leave no gaps in the window"),
    (chain([64], ("Reshape", {"target_shape": [8, 7]})), "Lay out as 8×8"),
    (chain([9, 9, 3], ("Cropping2D", {"cropping": 5})), "Cut off 4 on each side"),
    (chain([None], ("Dense", {"units": 3})), "Fix image to 32"),
    (chain([9, 9, 3], ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 2})), "Deal into 1 group"),
    (chain([3], ("BatchNormalization", {"axis": 4})), "Work along the last axis"),
    (chain([5], ("Dense", {"units": 3}), dtype="string"), "Number the words"),
    (chain([5], ("StringLookup", {"vocabulary": ["a"]})), "Let image hold text"),
    (chain([9, 9, 3], ("Conv2D", CONV), dtype="uint8"), "Scale the numbers"),
    (chain([9, 9, 3], ("Conv2D", CONV), dtype="int32"), "Make fractions of them"),
    (chain([5, 4], ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3})), "Let l0 look at image itself"),
    (chain([5, 4], ("Attention", {})), "Let l0 look at image itself"),
    (wired(*LINE, again("f", "dd"), ("image", "d"), ("d", "e"), ("e", "f")), "Call d again"),
    (wired(*TEXTS, node("join", "Add"), ("in0", "join"), ("in1", "join")), "Number the words"),
    (wired(*ROWS, node("d", "Dense", units=3), ("in0", "d"), ("in1", "d")), "Join them with Add"),
    (chain([8, 6], ("EinsumDense", {"equation": "ab,bc->ac", "output_shape": 4})), "Write abc,cd->abd"),
    (chain([6], ("TextVectorization", {}), dtype="string"), "Let image be one value a row"),
    (chain([8, 8, 3], ("Bidirectional", {"layer": {"type": "LSTM", "params": {"units": 3}}})), "Reshape to 64×3"),
    (chain([5], ("Dense", {"units": "16"})), "Set units to 16"),
    (chain([5], ("Dense", {"units": 0})), "Set units to 1"),
    (chain([5], ("Dense", {"units": 3, "activation": "rellu"})), "Set activation to relu"),
    (chain([5], ("Dense", {"units": 3, "activaton": "relu"})), "Call it activation"),
    (chain([5], ("Dense", {"units": 3, "frobnicate": 1})), "Leave frobnicate out"),
    (chain([5], ("Dense", {})), "Set units to 32"),
    (chain([5], ("Linear", {"units": 3})), "Make l0 a Dense"),
    (chain([5], ("Dense", {"units": 10**12})), "Set units to 1024"),
    (wired(node("d", "Dense", units=3)), "Add an input"),
    (Design(), "Add an input"),
    (wired(image([3]), LINE[1], LINE[2], ("d", "e"), outputs=("e",)), "Wire image into d"),
    (wired(image([3]), node("d", "Dense", units=3), ("image", "d"), ("gone", "d")), "Delete the wire from gone to d"),
    (wired(image([3]), node("d", "Dense", units=3), ("image", 2, "d", None)), "Take the first output of image"),
    (wired(image([3]), LINE[1], node("d", "Dropout", rate=0.1), ("image", "d")), "Call the second d_1"),
    (
        wired(image([3]), image([4], "other"), LINE[1], ("image", "d"), ("other", "d")),
        "Join them with Concatenate",
    ),
    (
        wired(image([3]), node("d", "Dense", units=5), again("e", "d"), ("image", "d"), ("d", "e")),
        "Give e its own weights",
    ),
    (
        wired(image([9, 9, 4]), nested(chain([9, 9, 3], ("Conv2D", CONV))), ("image", "block")),
        "Let block take 9×9×4",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("design", "title"), OFFERED, ids=[f"{number} {title}" for number, (_, title) in enumerate(OFFERED)]
)
def test_the_repair_that_a_teacher_would_name_is_among_those_offered(design, title):
    assert title in titles(design)


@pytest.mark.parametrize("design", [design for design, _ in OFFERED], ids=map(str, range(len(OFFERED))))
def test_every_repair_that_is_offered_leaves_fewer_errors_and_blocks_nothing_new(design):
    before = judged(Project(design=design), CACHE)
    for repair in repairs(design):
        after = judged(applied(Project(design=design), repair), CACHE)
        assert len(after.faults) < len(before.faults)
        assert after.blocked <= before.blocked
        assert (repair.errors_after, repair.params_after) == (len(after.faults), after.report.totals.params)


def test_the_best_repair_of_a_residual_join_widens_the_shortcut():
    first = repairs(RESIDUAL)[0]
    assert first.title == "Widen the shortcut"
    assert first.detail == "Insert Conv2D 1×1, 32 filters after stem."
    assert first.params_added == 544
    assert repairs(RESIDUAL)[1].params_added == -2320
    assert (first.ghost.type, first.ghost.text, first.ghost.edge) == (
        "Conv2D",
        "1×1, 32 filters",
        Edge(source="stem", target="join"),
    )


def test_a_stride_on_the_shortcut_follows_one_in_the_main_line():
    design = wired(
        image([8, 8, 4]), node("join", "Add"),
        node("deep", "Conv2D", filters=8, kernel_size=3, strides=2, padding="same"),
        ("image", "deep"), ("image", "join"), ("deep", "join"),
    )  # fmt: skip
    inserted = mended(design, "Widen the shortcut").nodes[-1]
    assert inserted.params == {"filters": 8, "kernel_size": 1, "strides": 2}


def test_sizes_that_a_window_without_padding_took_away_are_kept_again():
    design = wired(
        image([8, 8, 4]), node("deep", "Conv2D", filters=4, kernel_size=3), node("join", "Add"),
        ("image", "deep"), ("image", "join"), ("deep", "join"),
    )  # fmt: skip
    assert mended(design, "Keep the size in deep").node("deep").params["padding"] == "same"


def test_at_most_four_are_offered_and_none_says_or_does_the_same():
    for design, _ in OFFERED:
        said = titles(design)
        assert len(said) <= MOST
        assert len(set(said)) == len(said)


def test_faults_in_a_nested_network_are_mended_inside_it():
    inner = wired(image([8, 8, 4], "x"), node("c", "Conv2D", filters=8, kernel_size=1), node("join", "Add"),
                  ("x", "c"), ("x", "join"), ("c", "join"))  # fmt: skip
    design = wired(image([8, 8, 4]), nested(inner), ("image", "block"))
    repair = repairs(design)[0]
    assert repair.node == "block/join"
    assert all(edit["kind"] == "within" and edit["path"] == ["block"] for edit in repair.edits)
    assert len(mended(design, repair.title).node("block").graph.nodes) == 4


def test_two_faults_in_a_row_are_mended_by_one_repair_of_two_steps():
    design = chain([64], ("Conv2D", {"filters": 4, "kernel_size": 1}), ("LSTM", {"units": 3}))
    assert not errors(check(mended(design, repairs(design)[0].title), CACHE))


def test_two_faults_side_by_side_have_repairs_of_their_own():
    design = wired(image([5]), node("a", "Dense", units=0), node("b", "Dense", units="x"), node("c", "Concatenate"),
                   ("image", "a"), ("image", "b"), ("a", "c"), ("b", "c"))  # fmt: skip
    found = repairs(design)
    assert {repair.node for repair in found} == {"a", "b"}
    assert all((repair.errors_before, repair.errors_after) == (2, 1) for repair in found)


def test_a_new_layer_gets_a_row_of_its_own_and_covers_nothing():
    design = chain([8, 8, 3], ("Conv2D", CONV), ("RepeatVector", {"n": 2}), ("LSTM", {"units": 2}))
    placed = design.model_copy(
        update={
            "nodes": tuple(
                n.model_copy(update={"position": (0.0, 92.0 * k)}) for k, n in enumerate(design.nodes)
            )
        }
    )
    after = mended(placed, "Insert Flatten")
    rows = sorted(node.position[1] for node in after.nodes)
    assert [two - one for one, two in itertools.pairwise(rows)] == [92.0] * 4
    assert after.node("flatten").position == (0.0, 184.0)


def test_a_layer_on_a_shortcut_stands_beside_what_the_shortcut_passes():
    places = {
        "image": (0, 0),
        "stem": (0, 92),
        "conv_a": (0, 184),
        "conv_b": (0, 276),
        "join": (0, 368),
        "pool": (0, 460),
    }
    nodes = tuple(node.model_copy(update={"position": places[node.id]}) for node in RESIDUAL.nodes)
    after = mended(RESIDUAL.model_copy(update={"nodes": nodes}), "Widen the shortcut")
    assert after.node("conv2d").position == (-300.0, 230)
    assert all(after.node(name).position == place for name, place in places.items())


TEN = ("Dense", {"units": 10, "activation": "softmax"})
DIGITS = DataSpec(source="digits")


@pytest.mark.parametrize(
    ("layers", "title"),
    [
        ((("Dense", {"units": 7, "activation": "softmax"}),), "Set l0 to 10 units"),
        ((("Dense", {"units": 10, "activation": "relu"}),), "End with softmax"),
        ((("Reshape", {"target_shape": [8, 8, 1]}), TEN), "Insert Flatten"),
        ((("Dense", {"units": 5, "activation": "relu"}),), "Set l0 to 10 units with softmax"),
    ],
)  # fmt: skip
def test_a_sound_network_that_does_not_fit_its_data_is_offered_what_fits(layers, title):
    design = chain([64], *layers)
    assert title in titles(design, data=DIGITS)
    after = mended(design, title, data=DIGITS)
    assert not judged(Project(design=after, data=DIGITS), CACHE).faults


def test_an_input_of_another_length_than_the_data_is_set_to_theirs():
    design = chain([5], ("Dense", {"units": 10, "activation": "softmax"}))
    assert mended(design, "Set image to 64", data=DIGITS).node("image").params["shape"] == [64]


def test_a_sound_network_is_offered_nothing():
    assert repairs(chain([5], ("Dense", {"units": 3}))) == ()


def test_when_the_time_is_over_nothing_more_is_tried_and_it_is_told():
    ticks = itertools.count()
    found = offered(Project(design=RESIDUAL), CACHE, budget_s=3, clock=lambda: float(next(ticks)))
    assert not found.complete
    assert len(found.repairs) < 4


def test_a_kind_that_stumbles_leaves_the_others_working(monkeypatch):
    broken = candidates.Proposer(lambda scene: 1 / 0)
    monkeypatch.setattr(candidates, "proposers", lambda: {"broken": broken, **_ALL})
    assert "Widen the shortcut" in titles(RESIDUAL)


_ALL = dict(candidates.proposers())


def test_every_kind_of_repair_is_found_by_its_file():
    assert len(_ALL) >= 25


def test_a_ready_block_is_fitted_to_what_comes_in_and_keeps_what_was_set_by_hand():
    graph = resolved(ready_block("residual"), (8, 8, 16))
    by_hand = apply(graph, SetParams(id="conv_1", params={"kernel_size": 5}))
    block = Node(id="block", type="Model", graph=by_hand, ui={"block": "residual"})
    design = wired(image([8, 8, 6]), block, ("image", "block"))
    assert titles(design)[0] == "Fit block to 8×8×6"
    inside = mended(design, "Fit block to 8×8×6").node("block").graph
    assert inside.node("conv_1").params["filters"] == 6
    assert inside.node("conv_1").params["kernel_size"] == 5
