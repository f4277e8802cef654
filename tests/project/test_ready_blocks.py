"""Every ready block checks, builds and trains, whatever shape it is fitted to."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.design.document import Design, Edge, Node
from builder.design.edits import Ungroup, apply
from builder.errors import EditRefused, NotFound
from builder.project.ready_blocks import Block, Sizes, ready_block, ready_blocks, resolved, value
from builder.translate.ghost import check
from builder.translate.keras_model import build_model
from builder.translate.outcomes import Cache
from builder.translate.python_code import design_code

VALUES = json.loads((Path(__file__).parent / "block_values.json").read_text())
BLOCKS = [pytest.param(block, id=block.name) for block in ready_blocks()]
SHAPES: dict[int, list[Sizes]] = {
    4: [(8, 8, 16), (7, 5, 3), (28, 28, 1)],
    3: [(16, 32), (5, 7), (1, 1)],
}
CACHE = Cache()


def around(block: Block, shape: Sizes) -> Design:
    """A network of an input and the block."""
    start = Node(id="start", type="InputLayer", params={"shape": list(shape)})
    made = Node(id=block.name, type="Model", graph=resolved(block, shape))
    return Design(nodes=(start, made), edges=(Edge(source="start", target=block.name),))


def test_the_issue_s_eight_blocks_are_there() -> None:
    assert {block.name for block in ready_blocks()} == {
        "residual", "bottleneck", "inception", "dense_block", "squeeze_excite", "transformer_encoder", "unet_step",
        "mlp_mixer",
    }  # fmt: skip


@pytest.mark.parametrize("case", VALUES, ids=lambda case: f"{case['written']}-{case['shape']}")
def test_a_written_value_means_what_the_shared_table_says(case: dict) -> None:
    if "refused" in case:
        with pytest.raises(EditRefused, match=case["refused"]):
            value(case["written"], "Block", tuple(case["shape"]))
    else:
        assert value(case["written"], "Block", tuple(case["shape"])) == case["is"]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_s_example_is_what_keras_says(block: Block) -> None:
    report = check(around(block, block.example.inputs[0]), CACHE)
    assert report.ok, report.issues
    assert report.nodes[block.name].shape == block.example.output


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_checks_builds_and_trains_a_step_at_three_shapes(block: Block) -> None:
    for shape in SHAPES[block.rank]:
        design = around(block, shape)
        report = check(design, CACHE)
        assert report.ok, (shape, report.issues)
        assert not [issue for issue in report.issues if issue.severity == "warning"]
        model = build_model(design)
        assert model.count_params() == report.totals.params
        x = np.random.default_rng(0).normal(size=(4, *[size or 3 for size in shape])).astype("float32")
        before = [weight.numpy() for weight in model.trainable_weights]
        y = np.ones((4, *model.output_shape[1:]), "float32")
        model.compile("sgd", "mse", run_eagerly=True)
        loss = model.train_on_batch(x, y)
        assert np.isfinite(loss)
        moved = [
            not np.array_equal(one, two.numpy())
            for one, two in zip(before, model.trainable_weights, strict=True)
        ]
        assert any(moved)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_leaves_as_code_and_comes_apart(block: Block) -> None:
    design = around(block, SHAPES[block.rank][0])
    assert f"def build_{block.name}" in design_code(design)
    apart = apply(design, Ungroup(id=block.name))
    assert check(apart, CACHE).totals.params == check(design, CACHE).totals.params


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ready_blocks()), st.integers(1, 13), st.integers(1, 13), st.integers(1, 33))
def test_a_block_fits_odd_sizes_and_channel_counts(
    block: Block, height: int, width: int, channels: int
) -> None:
    shape = (height, width, channels) if block.rank == 4 else (height, channels)
    report = check(around(block, shape), CACHE)
    assert report.ok, (block.name, shape, report.issues)


def test_steps_of_any_number_are_taken_where_nothing_hangs_on_them() -> None:
    assert check(around(ready_block("transformer_encoder"), (None, 12)), CACHE).ok
    with pytest.raises(EditRefused, match="how many steps"):
        resolved(ready_block("mlp_mixer"), (None, 12))


def test_another_number_of_axes_is_refused_in_words() -> None:
    with pytest.raises(EditRefused, match="needs images; rows of numbers come in here"):
        resolved(ready_block("residual"), (4,))


def test_an_unknown_block_is_told_with_those_that_are_there() -> None:
    with pytest.raises(NotFound, match="residual"):
        ready_block("nothing")
