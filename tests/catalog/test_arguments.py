import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.catalog.arguments import check_arguments, check_call_arguments
from builder.catalog.lookup import catalog, layer
from builder.issues import IssueCode

NAN, INF = float("nan"), float("inf")
LSTM = {"type": "LSTM", "params": {"units": 4}}
WRONG = [
    ("Dense", "units", 0, "units must be a whole number from 1; it is 0."),
    ("Dense", "units", -3, "units must be a whole number from 1; it is −3."),
    ("Dense", "units", 2.0, "units must be a whole number from 1; it is 2.0."),
    ("Dense", "units", True, "units must be a whole number from 1; it is true."),
    ("Dense", "units", "64", 'units must be a whole number from 1; it is "64".'),
    ("Dense", "units", None, "units must be a whole number from 1; it is empty."),
    ("Dense", "units", NAN, "units must be a whole number from 1; it is not a number."),
    ("Dense", "units", print, "units must be a whole number from 1; it is something that is not JSON."),
    ("Dense", "activation", "rleu", 'activation must be the name of an activation; it is "rleu".'),
    ("Dense", "activation", {"type": "relu"}, "activation must be the name of an activation; it is an object."),
    ("Dense", "activation", max, "activation must be the name of an activation; it is something that is not JSON."),
    ("Dense", "use_bias", 1, "use_bias must be true or false; it is 1."),
    ("Dense", "trainable", 0, "trainable must be true or false; it is 0."),
    ("Dense", "kernel_regularizer", "l3", 'kernel_regularizer must be l1, l2 or orthogonal_regularizer; it is "l3".'),
    ("Dense", "kernel_regularizer", {"type": "L2", "params": {"l2": NAN}},
     "In kernel_regularizer: l2 must be a number from 0; it is not a number."),
    ("Dense", "kernel_initializer", {"type": "Lambda"}, "In kernel_initializer: a Lambda cannot stand here."),
    ("Dense", "kernel_initializer", {"module": "os", "class_name": "system"},
     "kernel_initializer must be an object with type and params, and nothing else."),
    ("Dense", "kernel_initializer", {"type": "Zeros", "params": 3},
     "In kernel_initializer: Zeros needs its arguments as an object; it has 3."),
    ("Dropout", "rate", 1.5, "rate must be a number from 0 to 1; it is 1.5."),
    ("Dropout", "rate", INF, "rate must be a number from 0 to 1; it is infinite."),
    ("Conv2D", "padding", "Same", 'padding must be valid or same; it is "Same".'),
    ("Conv2D", "kernel_size", [3, 0], "kernel_size must be a whole number from 1, or a list of 2; it is [3, 0]."),
    ("Conv2D", "kernel_size", [3, 3, 3], "kernel_size must be a whole number from 1, or a list of 2; it is [3, 3, 3]."),
    ("Conv2D", "groups", 3, "groups must divide filters evenly; they are 3 and 16."),
    ("InputLayer", "shape", [28, 0], "shape must be a list of whole numbers from 1; it is [28, 0]."),
    ("InputLayer", "shape", "28", 'shape must be a list of whole numbers from 1; it is "28".'),
    ("Reshape", "target_shape", [-1, -1], "target_shape can leave one length open with −1; it is [−1, −1]."),
    ("Permute", "dims", [1, 3], "dims must name each axis from 1 to 2 once; it is [1, 3]."),
    ("Rescaling", "scale", {"a": 1}, "scale must be a number, or a list of numbers; it is an object."),
    ("Masking", "mask_value", {"a": 1}, "mask_value must be a number; it is an object."),
    ("StringLookup", "vocabulary", "/etc/passwd", 'vocabulary must be a list of words; it is "/etc/passwd".'),
    ("StringLookup", "vocabulary", ["a", "a"], 'vocabulary must hold each entry once; "a" stands there twice.'),
    ("IntegerLookup", "vocabulary", [1, True], "vocabulary must be a list of whole numbers; it is [1, true]."),
    ("TextVectorization", "standardize", {"a": 1},
     "standardize must be lower_and_strip_punctuation, lower or strip_punctuation; it is an object."),
    ("Bidirectional", "layer", "LSTM", 'layer must be an object with type and params; it is "LSTM".'),
    ("Bidirectional", "layer", {"type": "Dense", "params": {"units": 1}}, "In layer: a Dense cannot stand here."),
    ("Bidirectional", "layer", {"type": "LSTM", "params": {"units": 0}},
     "In layer: units must be a whole number from 1; it is 0."),
    ("Bidirectional", "layer", {**LSTM, "module": "os"},
     "layer must be an object with type and params, and nothing else."),
    ("RNN", "cell", {"type": "LSTM", "params": {"units": 3}}, "In cell: a LSTM cannot stand here."),
    ("RNN", "cell", {"type": "StackedRNNCells", "params": {"cells": []}},
     "In cell: cells must be a list of 1 to 100 cells; it is []."),
    ("RNN", "cell", {"type": "StackedRNNCells", "params": {"cells": [{"type": "Dense"}]}},
     "In cell: In cells: a Dense cannot stand here."),
    ("ZeroPadding2D", "padding", [[1, 2], [3, -4]],
     "padding must be a whole number from 0, or one entry for each axis; it is [[1, 2], [3, −4]]."),
]  # fmt: skip


def starts(type_name, **more):
    spec = layer(type_name)
    return spec, {param.name: param.start for param in spec.params if param.start is not None} | more


@pytest.mark.parametrize(("type_name", "argument", "value", "message"), WRONG)
def test_a_wrong_value_gives_one_issue_that_says_what_is_needed_and_what_it_is(
    type_name, argument, value, message
):
    spec, params = starts(type_name, **{argument: value})
    (issue,) = check_arguments(spec, params, "here")
    assert (issue.code, issue.node, issue.argument, issue.message) == (
        IssueCode.BAD_ARGUMENT,
        "here",
        argument,
        message,
    )


@pytest.mark.parametrize(
    ("type_name", "argument", "value"),
    [
        ("Dense", "units", 10**9),
        pytest.param("Dense", "units", 10**5000, id="five thousand digits"),
        ("Conv2D", "filters", 10**9),
        ("Conv2D", "kernel_size", [3, 10**9]),
        ("Embedding", "input_dim", 10**12),
        ("InputLayer", "shape", [10**9]),
        ("InputLayer", "shape", [10**6, 10**6]),
        ("Reshape", "target_shape", [10**6, 10**6]),
        ("RepeatVector", "n", 10**9),
        ("UpSampling2D", "size", 10**9),
        ("MultiHeadAttention", "num_heads", 10**9),
        ("StringLookup", "vocabulary", [str(i) for i in range(100_001)]),
        ("EinsumDense", "equation", "a" * 10_001),
    ],
)
def test_a_value_that_would_fill_any_machine_is_too_large_and_names_the_argument(type_name, argument, value):
    spec, params = starts(type_name, **{argument: value})
    (issue,) = check_arguments(spec, params, "here")
    assert (issue.code, issue.argument) == (IssueCode.TOO_LARGE, argument)
    assert argument in issue.message and issue.fix


def test_what_is_missing_is_named_with_an_example():
    (issue,) = check_arguments(layer("Dense"), {}, "here")
    assert (issue.code, issue.argument) == (IssueCode.MISSING_ARGUMENT, "units")
    assert issue.message == "units is missing; Dense cannot do without it."
    assert issue.fix == "Set it, for example to 32."


def test_an_unknown_argument_is_named_with_the_one_that_was_meant():
    (issue,) = check_arguments(layer("Dense"), {"units": 3, "activaton": "relu"}, "here")
    assert (issue.code, issue.argument, issue.fix) == (
        IssueCode.BAD_ARGUMENT,
        "activaton",
        "Did you mean activation?",
    )


def test_a_flood_of_unknown_arguments_is_cut_short():
    issues = check_arguments(layer("Dense"), {"units": 3} | {f"unit{i}": 3 for i in range(100_000)}, "here")
    assert len(issues) == 20


def test_the_name_of_a_layer_is_the_name_of_its_node():
    (issue,) = check_arguments(layer("Dense"), {"units": 3, "name": "x"}, "here")
    assert issue.fix == "Rename the node instead."


def test_each_wrong_argument_is_one_issue():
    issues = check_arguments(layer("Dense"), {"units": 0, "use_bias": 1, "unitz": 3}, "here")
    assert sorted(issue.argument for issue in issues) == ["units", "unitz", "use_bias"]


@pytest.mark.parametrize(
    ("type_name", "params"),
    [
        ("Dense", {"units": 3, "trainable": False, "dtype": "mixed_bfloat16"}),
        ("Dense", {"units": 3, "kernel_regularizer": {"type": "L2", "params": {"l2": 0.01}}}),
        (
            "Dense",
            {
                "units": 3,
                "kernel_initializer": "HeNormal",
                "bias_initializer": {"type": "Constant", "params": {"value": 1}},
            },
        ),
        ("Conv2D", {"filters": 3, "kernel_size": (3, 5), "strides": [2, 2], "data_format": None}),
        ("InputLayer", {"shape": []}),
        ("InputLayer", {"shape": [None, 3], "dtype": "string"}),
        ("ZeroPadding2D", {"padding": [[1, 2], [3, 4]]}),
        ("ZeroPadding2D", {"padding": [1, 2]}),
        ("Identity", {"dtype": "int32"}),
        ("TimeDistributed", {"layer": {"type": "Conv2D", "params": {"filters": 3, "kernel_size": 3}}}),
        (
            "Bidirectional",
            {"layer": LSTM, "backward_layer": {"type": "LSTM", "params": {"units": 4, "go_backwards": True}}},
        ),
        ("RNN", {"cell": {"type": "GRUCell", "params": {"units": 4, "dtype": "float32"}}}),
        (
            "RNN",
            {
                "cell": {
                    "type": "StackedRNNCells",
                    "params": {"cells": [{"type": "GRUCell", "params": {"units": 4}}]},
                }
            },
        ),
    ],
)
def test_what_keras_takes_is_fine(type_name, params):
    assert check_arguments(layer(type_name), params, "here") == []


def test_weights_cannot_be_whole_numbers():
    (issue,) = check_arguments(layer("Dense"), {"units": 3, "dtype": "int32"}, "here")
    assert issue.argument == "dtype"


def test_objects_nested_without_end_are_refused():
    value = {"type": "TimeDistributed", "params": {}}
    spec = layer("TimeDistributed")
    allowed = spec.model_copy(
        update={"params": tuple(p.model_copy(update={"choices": ("TimeDistributed",)}) for p in spec.params)}
    )
    for _ in range(500):
        value = {"type": "TimeDistributed", "params": {"layer": value}}
    (issue,) = check_arguments(allowed, {"layer": value}, "here")
    assert issue.argument == "layer"


def test_call_arguments_are_judged_like_constructor_arguments():
    spec = layer("MultiHeadAttention")
    assert check_call_arguments(spec, {"use_causal_mask": True}, "here") == []
    (issue,) = check_call_arguments(spec, {"use_causal_mask": 1}, "here")
    assert issue.message == "use_causal_mask must be true or false; it is 1."
    (issue,) = check_call_arguments(spec, {"training": True}, "here")
    assert issue.argument == "training"


def test_the_arguments_of_an_operation_are_its_call_arguments():
    spec = layer("ops.reshape")
    assert check_arguments(spec, {"newshape": [-1, 4]}, "here") == []
    (issue,) = check_arguments(spec, {}, "here")
    assert (issue.code, issue.argument) == (IssueCode.MISSING_ARGUMENT, "newshape")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SPECS = st.sampled_from(catalog().layers)


@given(data=st.data(), spec=SPECS)
def test_any_json_value_for_any_argument_is_fine_or_one_clear_issue(data, spec):
    known = [param.name for param in (*spec.params, *spec.args)] or ["x"]
    params = data.draw(st.dictionaries(st.sampled_from(known) | st.text(max_size=12), JSON, max_size=4))
    for judge in (check_arguments, check_call_arguments):
        issues = judge(spec, params, "here")
        assert len({issue.argument for issue in issues} & set(known)) == sum(
            issue.argument in known for issue in issues
        )
        for issue in issues:
            assert issue.node == "here" and issue.argument is not None
            assert 10 < len(issue.message) < 400 and "\n" not in issue.message
            assert json.loads(issue.model_dump_json())["message"] == issue.message


@given(
    spec=st.sampled_from(["Dense", "Bidirectional", "RNN", "Conv2D"]), name=st.text(max_size=8), value=JSON
)
def test_any_json_inside_a_nested_object_is_fine_or_an_issue(spec, name, value):
    found, params = starts(spec)
    argument = {"Bidirectional": "layer", "RNN": "cell"}.get(spec, "kernel_initializer")
    for kind in ("LSTM", "LSTMCell", "Constant", name):
        for inner in ({name: value}, {"value": value}, {"units": value}, value):
            issues = check_arguments(found, {**params, argument: {"type": kind, "params": inner}}, "here")
            assert all(issue.argument == argument for issue in issues)


@pytest.mark.parametrize("params", [None, 3, "units", ["units"]])
def test_params_that_are_no_object_are_one_issue(params):
    (issue,) = check_arguments(layer("Dense"), params, "here")
    assert "needs its arguments as an object" in issue.message
