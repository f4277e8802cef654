"""Does the analysis say of each layer what it holds, costs and sees, and is its CSV harmless?"""

import csv
import io

import pytest
from drawings import again, chain, image, node, wired

from builder.project.document import DataSpec, Project, Training
from builder.project.templates import templates
from builder.translate import memory
from builder.translate.analysis import analyse
from builder.translate.analysis_csv import COLUMNS, analysis_csv, harmless
from builder.translate.ghost import check
from builder.translate.outcomes import Cache


def analysed(design, **settings):
    return analyse(Project(name="net", design=design, training=Training(**settings)))


def row(analysis, node_id):
    return next(each for each in analysis.rows if each.id == node_id)


def test_a_convolution_is_told_in_all_its_figures():
    told = row(
        analysed(chain([8, 8, 16], ("Conv2D", {"filters": 32, "kernel_size": 3, "padding": "same"}))), "l0"
    )
    assert told.inputs == ((8, 8, 16),)
    assert (told.output, told.dtype, told.params, told.trainable_params) == (
        (8, 8, 32),
        "float32",
        4640,
        4640,
    )
    assert [(weight.name, weight.shape) for weight in told.weights] == [
        ("kernel", (3, 3, 16, 32)),
        ("bias", (32,)),
    ]
    assert (told.weights_bytes, told.flops) == (4 * 4640, 2 * 64 * 9 * 16 * 32)
    assert told.activation_bytes == 4 * 8 * 8 * 32
    assert (told.params_share, told.flops_share, told.receptive_field) == (1, 1, (3, 3))
    assert told.initializer == "kernel glorot_uniform, bias zeros"


def test_an_initializer_is_told_with_what_was_set():
    normal = {"type": "RandomNormal", "params": {"stddev": 0.02}}
    told = analysed(chain([4], ("Dense", {"units": 2, "use_bias": False, "kernel_initializer": normal})))
    assert row(told, "l0").initializer == "kernel RandomNormal(stddev=0.02)"


def test_a_wrapper_tells_the_initializers_of_the_layer_that_it_holds():
    half = {"type": "LSTM", "params": {"units": 2, "kernel_initializer": "he_normal"}}
    told = analysed(chain([4, 3], ("Bidirectional", {"layer": half}), ("Dense", {"units": 1})))
    assert row(told, "l0").initializer == "kernel he_normal, recurrent orthogonal, bias zeros"
    told = analysed(chain([8, 8, 3], ("DepthwiseConv2D", {"kernel_size": 3})))
    assert row(told, "l0").initializer == "depthwise glorot_uniform, bias zeros"


def test_a_figure_that_cannot_be_worked_out_never_makes_a_sound_layer_a_fault(monkeypatch):
    from builder.translate.sizing import flops, reach

    def broken(call):
        raise AttributeError("no such thing")

    monkeypatch.setattr(reach, "_windowed", broken)
    monkeypatch.setitem(flops.FORMULAS, "Conv2D", broken)
    told = analysed(chain([8, 8, 3], ("Conv2D", {"filters": 2, "kernel_size": 3})))
    assert told.ok
    assert (row(told, "l0").flops, row(told, "l0").receptive_field) == (None, None)
    assert row(told, "l0").params == 56


def test_rows_come_in_the_order_of_calls_with_what_is_inside_a_network_behind_it():
    inner = chain([4], ("Dense", {"units": 3}), ("Dense", {"units": 2}))
    design = wired(
        node("block", "Model").model_copy(update={"graph": inner}),
        node("end", "Dense", units=1), image([4], "x"), ("x", "block"), ("block", "end"),
    )  # fmt: skip
    told = analysed(design)
    assert [each.id for each in told.rows] == ["x", "block", "block/image", "block/l0", "block/l1", "end"]
    assert row(told, "block").nested
    assert row(told, "block").params == row(told, "block/l0").params + row(told, "block/l1").params
    assert row(told, "block").flops == 2 * (4 * 3 + 3 * 2)
    assert told.totals.layers == 3


def test_shares_add_up_to_one_and_what_leads_nowhere_has_none():
    design = wired(
        image([4]), node("a", "Dense", units=3), node("b", "Dense", units=2), node("loose", "Dense", units=2),
        ("image", "a"), ("a", "b"), ("image", "loose"), outputs=("b",),
    )  # fmt: skip
    told = analysed(design)
    assert sum(each.params_share or 0 for each in told.rows) == pytest.approx(1)
    assert sum(each.flops_share or 0 for each in told.rows) == pytest.approx(1)
    assert row(told, "loose").params_share is None
    assert "Leads to no output: not in the totals." in row(told, "loose").notes


def test_a_second_call_holds_nothing_and_says_whose_weights_it_uses():
    told = analysed(
        wired(image([3]), node("d", "Dense", units=3), again("e", "d"), ("image", "d"), ("d", "e"))
    )
    assert (row(told, "e").params, row(told, "e").weights, row(told, "e").weights_bytes) == (0, (), 0)
    assert row(told, "e").flops == row(told, "d").flops
    assert row(told, "e").notes == ("Uses the weights of d.",)


def test_faults_and_what_waits_are_said_in_words():
    told = analysed(chain([8], ("Dense", {"units": 0}), ("Dense", {"units": 2})))
    assert not told.ok
    assert row(told, "l0").state == "fault"
    assert "units" in row(told, "l0").notes[0]
    assert (row(told, "l1").state, row(told, "l1").notes) == ("waits", ("Waits for l0.",))
    assert row(told, "l1").params is None


def test_a_bypassed_layer_holds_nothing_and_the_window_passes_it():
    conv = {"filters": 3, "kernel_size": 3}
    drawn = chain([8, 8, 3], ("Conv2D", conv), ("Conv2D", conv), ("Conv2D", conv))
    nodes = tuple(each.model_copy(update={"bypass": each.id == "l1"}) for each in drawn.nodes)
    told = analysed(drawn.model_copy(update={"nodes": nodes}))
    assert (row(told, "l1").type, row(told, "l1").params) == ("Conv2D", 0)
    assert row(told, "l1").notes == ("Bypassed: its first input passes through unchanged.",)
    assert row(told, "l2").receptive_field == (5, 5)


def test_a_frozen_layer_and_an_open_length_are_noted():
    told = analysed(chain([None, 3], ("Dense", {"units": 2, "trainable": False})))
    assert row(told, "l0").trainable_params == 0
    assert row(told, "l0").notes[0].startswith("Frozen:")
    assert "not known before data" in row(told, "l0").notes[1]
    assert told.totals.flops is None
    assert told.memory.training_bytes is None


@pytest.mark.parametrize("ready", templates(), ids=lambda ready: ready.name)
def test_the_sums_are_those_of_the_check_for_every_template(ready):
    told, report = analyse(ready.project), check(ready.project.design, has_data=True)
    assert (told.totals.params, told.totals.flops) == (report.totals.params, report.totals.flops)
    assert {each.id for each in told.rows} == set(report.nodes)
    assert told.totals.activation_bytes == sum(
        each.activation_bytes for each in told.rows if "/" not in each.id
    )


def test_the_analysis_finds_every_layer_that_the_check_has_just_seen():
    cache, design = Cache(), chain([64], *[("Dense", {"units": 8 + n}) for n in range(20)])
    check(design, cache)
    seen = cache.misses
    analyse(Project(design=design), cache)
    assert cache.misses == seen


def test_the_table_has_a_line_for_each_layer_and_the_sums():
    told = analysed(chain([8, 8, 1], ("Conv2D", {"filters": 4, "kernel_size": 3}), ("Flatten", {})))
    lines = list(csv.reader(io.StringIO(analysis_csv(told))))
    assert lines[0] == list(COLUMNS)
    assert [line[0] for line in lines[1:]] == ["image", "l0", "l1", "total"]
    conv = dict(zip(lines[0], lines[2], strict=True))
    assert (conv["inputs"], conv["output"], conv["weights"]) == ("8x8x1", "6x6x4", "kernel 3x3x1x4; bias 4")
    assert (conv["parameters"], conv["receptive_field"], conv["parameters_share"]) == (
        "40",
        "3x3",
        "1.000000",
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_no_cell_of_the_table_begins_like_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless("conv-1 = 2") == "conv-1 = 2"


def test_the_forecast_is_the_sum_of_its_parts_and_grows_with_the_batch():
    report = check(chain([64], ("Dense", {"units": 100}), ("Dense", {"units": 10})))
    small, large = (
        memory.forecast(report.totals, Training(batch_size=size), data_bytes=1000) for size in (32, 64)
    )
    parts = ("weights", "gradients", "optimizer_slots", "copies", "activations", "data")
    assert small.training_bytes == sum(getattr(small, part) for part in parts)
    assert small.peak_bytes == small.training_bytes + small.program
    assert large.activations == pytest.approx(2 * small.activations, abs=1)
    assert large.weights == small.weights == 4 * report.totals.params


@pytest.mark.parametrize(
    ("optimizer", "params", "slots"),
    [
        ("Adam", {}, 2),
        ("AdamW", {}, 2),
        ("SGD", {}, 0),
        ("SGD", {"momentum": 0.9}, 1),
        ("RMSprop", {}, 1),
        ("RMSprop", {"momentum": 0.9}, 2),
    ],
)
def test_an_optimizer_remembers_as_many_arrays_as_keras_makes(optimizer, params, slots):
    import keras

    made = getattr(keras.optimizers, optimizer)(**params)
    weight = keras.Variable([[0.0] * 3] * 2)
    made.build([weight])
    assert sum(tuple(each.shape) == (2, 3) for each in made.variables) == slots
    training = Training.model_validate({"optimizer": {"type": optimizer, "params": params}})
    totals = check(chain([2], ("Dense", {"units": 3, "use_bias": False}))).totals
    assert memory.forecast(totals, training).optimizer_slots == slots * 24


def test_frozen_weights_need_no_gradients_and_no_slots():
    totals = check(chain([64], ("Dense", {"units": 100, "trainable": False}))).totals
    told = memory.forecast(totals, Training())
    assert (told.gradients, told.optimizer_slots, told.weights) == (0, 0, 4 * 6500)


def test_data_count_by_rows_and_columns_and_unknown_sets_for_nothing():
    assert memory.data_bytes(DataSpec(source="digits")) == 4 * 1797 * 65
    assert memory.data_bytes(DataSpec(source="no such set")) == 0
    assert memory.data_bytes(None) == 0
