"""Does a network fit its data? Each misfit is named with its numbers, where it is, with what to do."""

from itertools import pairwise

import pytest

from builder.data.fit import fit_issues
from builder.design.document import Design
from builder.issues import IssueCode, Severity
from builder.project.document import SAME_AS_INPUT, DataSpec, EarlyStopping, Project, SplitSpec, Training
from builder.project.templates import template, templates


def project(*nodes: str, data: DataSpec | None = None, source: str = "iris", **training: object) -> Project:
    """A chain such as `project("x InputLayer shape=[4]", "y Dense units=3 activation=softmax")`."""
    parts = [node.split() for node in nodes]
    drawn = [{"id": name, "type": kind, "params": dict(map(_param, params))} for name, kind, *params in parts]
    wires = [{"source": a[0], "target": b[0]} for a, b in pairwise(parts)]
    design = Design.model_validate({"nodes": drawn, "edges": wires})
    return Project(
        design=design, data=data or DataSpec(source=source), training=Training.model_validate(training)
    )


def _param(text: str) -> tuple[str, object]:
    name, value = text.split("=")
    return name, [int(size) for size in value[1:-1].split(",")] if value[0] == "[" else _plain(value)


def _plain(value: str) -> object:
    return int(value) if value.isdigit() else value


def told(
    found: Project, outputs: dict[str, tuple[int, ...]], inputs: dict[str, tuple[int, ...]]
) -> list[str]:
    issues = fit_issues(found, outputs, inputs)
    assert {issue.code for issue in issues} <= {IssueCode.DATA_MISMATCH}
    return [f"{issue.message} {issue.fix or ''}".strip() for issue in issues]


X = "x InputLayer shape=[4]"
SHAPE = {"x": (4,)}
SOFTMAX = "y Dense units=3 activation=softmax"


def test_every_template_fits_its_data():
    outputs = {
        "perceptron": {"colour": (1,)},
        "mlp-digits": {"digit": (10,)},
        "cnn-digits": {"digit": (10,)},
        "residual-mlp": {"colour": (1,)},
        "two-in-two-out": {"grower": (3,), "alcohol": (1,)},
        "autoencoder-digits": {"scale_back": (64,)},
    }
    for ready in templates():
        shapes = {
            node.id: tuple(node.params["shape"])
            for node in ready.project.design.nodes
            if node.type == "InputLayer"
        }
        assert told(ready.project, outputs[ready.name], shapes) == []


@pytest.mark.parametrize(
    ("last", "shape", "said"),
    [
        (
            "y Dense units=10 activation=softmax",
            (10,),
            "y has 10 units, but iris has 3 classes. Set units to 3.",
        ),
        (
            "y Dense units=1 activation=softmax",
            (1,),
            "y has 1 unit and softmax, which always answers 1, but iris has 3 classes. Set units to 3.",
        ),
        (
            "y Dense units=3",
            (3,),
            "y answers with linear numbers; classes need shares that add up to 1. Set activation to softmax.",
        ),
        (
            "y Dense units=3 activation=softmax",
            (5, 3),
            "y gives 5×3 for each row, but species needs a row of 3 scores. "
            "Insert Flatten before the last Dense layer.",
        ),
        (
            "y Flatten",
            (4,),
            "y has 4 units, but iris has 3 classes. Add a Dense layer with 3 units after it.",
        ),
    ],
)
def test_an_output_that_cannot_tell_three_classes_is_named(last: str, shape: tuple[int, ...], said: str):
    assert told(project(X, last), {"y": shape}, SHAPE) == [said]


def test_sigmoid_for_exclusive_classes_is_only_a_warning():
    (issue,) = fit_issues(project(X, "y Dense units=3 activation=sigmoid"), {"y": (3,)}, SHAPE)
    assert issue.severity is Severity.WARNING and issue.node == "y" and issue.argument == "activation"


def test_two_classes_may_be_one_sigmoid_or_two_softmax_units():
    for last, shape in (
        ("y Dense units=1 activation=sigmoid", (1,)),
        ("y Dense units=2 activation=softmax", (2,)),
    ):
        assert told(project("x InputLayer shape=[2]", last, source="gauss"), {"y": shape}, {"x": (2,)}) == []


def test_one_unit_for_two_classes_needs_sigmoid():
    drawn = project("x InputLayer shape=[2]", "y Dense units=1 activation=softmax", source="gauss")
    assert told(drawn, {"y": (1,)}, {"x": (2,)}) == [
        "y has 1 unit with softmax, which always answers 1. For 2 classes it needs sigmoid. Set activation to sigmoid."
    ]


def test_the_size_is_changed_where_it_is_set_even_behind_an_activation_layer():
    drawn = project(X, "scores Dense units=10", "y Softmax")
    assert told(drawn, {"y": (10,)}, SHAPE) == [
        "y has 10 units, but iris has 3 classes. Set units of scores to 3."
    ]


def test_a_number_needs_one_unit_that_can_reach_it():
    ten, shape = "x InputLayer shape=[10]", {"x": (10,)}
    cases = {
        "y Dense units=3": "y has 3 units, but progression is one number. Set units to 1.",
        "y Dense units=1 activation=sigmoid": (
            "y answers from 0 to 1, but progression goes from 25 to 346. Set activation to linear."
        ),
        "y Dense units=1 activation=softmax": (
            "y has 1 unit with softmax, which always answers 1. Set activation to linear."
        ),
    }
    for last, said in cases.items():
        units = int(last.split("units=")[1].split()[0])
        assert told(project(ten, last, source="diabetes"), {"y": (units,)}, shape) == [said]
    assert told(project(ten, "y Dense units=1 activation=relu", source="diabetes"), {"y": (1,)}, shape) == []


def test_reach_is_followed_through_rescaling():
    nodes = (
        "x InputLayer shape=[10]",
        "bent Dense units=1 activation=tanh",
        "y Rescaling scale=100 offset=200",
    )
    said = "y answers from 100 to 300, but progression goes from 25 to 346. Set activation of bent to linear."
    assert told(project(*nodes, source="diabetes"), {"y": (1,)}, {"x": (10,)}) == [said]


def test_a_feature_as_target_is_judged_by_its_own_values():
    drawn = project(
        "x InputLayer shape=[12]",
        "y Dense units=1 activation=tanh",
        data=DataSpec(source="wine", target="alcohol"),
    )
    (said,) = told(drawn, {"y": (1,)}, {"x": (12,)})
    assert said == "y answers from −1 to 1, but alcohol goes from 11 to 14.8. Set activation to linear."


def test_an_input_of_the_wrong_size_is_told_with_both_sizes():
    assert told(project("x InputLayer shape=[64]", SOFTMAX), {"y": (3,)}, {"x": (64,)}) == [
        "x takes 64 numbers, but iris has 4 features. Set shape to 4."
    ]
    images = project("x InputLayer shape=[28,28,1]", "y Dense units=10 activation=softmax", source="digits")
    assert told(images, {"y": (10,)}, {"x": (28, 28, 1)}) == [
        "x takes 28×28×1, but digits has images of 8×8. Set shape to 8, 8, 1."
    ]


def test_text_inputs_cannot_take_numbers():
    drawn = project("x InputLayer shape=[4] dtype=string", SOFTMAX)
    assert told(drawn, {"y": (3,)}, SHAPE) == ["x takes text, but iris has numbers. Set dtype to float32."]


def test_an_autoencoder_must_give_back_what_came_in():
    again = DataSpec(source="digits", target=SAME_AS_INPUT)
    nodes = ("x InputLayer shape=[64]", "y Dense units=32")
    assert told(project(*nodes, data=again), {"y": (32,)}, {"x": (64,)}) == [
        "y gives 32, but the input that it learns again is 64. Set units to 64."
    ]
    assert told(project(*nodes, data=again), {"y": (64,)}, {"x": (8, 8, 1)}) == [
        "y gives 64, but the input that it learns again is 8×8×1. End with Reshape to 8×8×1."
    ]
    bounded = project("x InputLayer shape=[64]", "y Dense units=64 activation=sigmoid", data=again)
    assert told(bounded, {"y": (64,)}, {"x": (64,)}) == [
        "y answers from 0 to 1, but digits goes from 0 to 16. Set activation to linear."
    ]


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (
            "mean_squared_error",
            "mean_squared_error is for numbers, but species is one of 3 classes. Use sparse_categorical_crossentropy.",
        ),
        (
            "categorical_crossentropy",
            "categorical_crossentropy needs one column for each class, but species is one whole number. "
            "Use sparse_categorical_crossentropy.",
        ),
        (
            "BinaryCrossentropy",
            "BinaryCrossentropy is for one unit that says yes or no, but y scores 3 classes. "
            "Use sparse_categorical_crossentropy.",
        ),
    ],
)
def test_a_loss_that_does_not_suit_the_classes_is_told(loss: str, said: str):
    for setting in (loss, {"y": loss}):
        assert told(project(X, SOFTMAX, loss=setting), {"y": (3,)}, SHAPE) == [said]


def test_a_misspelt_loss_is_told_with_the_nearest():
    (said,) = told(project(X, SOFTMAX, loss="sparse_categorical_crosentropy"), {"y": (3,)}, SHAPE)
    assert "Did you mean sparse_categorical_crossentropy?" in said


def test_accuracy_of_a_number_and_errors_of_classes_are_refused():
    number = project("x InputLayer shape=[10]", "y Dense units=1", source="diabetes", metrics=["accuracy"])
    assert told(number, {"y": (1,)}, {"x": (10,)}) == [
        "accuracy is for classes, but progression is a number. Use mean_absolute_error."
    ]
    classes = project(X, SOFTMAX, metrics={"y": ["accuracy", "mean_absolute_error"]})
    assert told(classes, {"y": (3,)}, SHAPE) == [
        "mean_absolute_error is for numbers, but species is one of 3 classes. Use accuracy."
    ]


def test_settings_left_over_from_another_output_are_told_since_training_refuses_them():
    drawn = project(X, SOFTMAX, loss={"old": "mean_squared_error"}, metrics={"gone": ["accuracy"]})
    assert told(drawn, {"y": (3,)}, SHAPE) == [
        "Loss is set for old, which is no output. Remove what is set for old.",
        "Metrics are set for gone, which is no output. Remove what is set for gone.",
    ]


def test_nothing_is_judged_twice_a_wrong_size_hides_the_loss():
    drawn = project(X, "y Dense units=1 activation=softmax", loss="sparse_categorical_crossentropy")
    assert len(told(drawn, {"y": (1,)}, SHAPE)) == 1


def test_early_stopping_must_watch_something_that_is_measured():
    stop = EarlyStopping(monitor="val_accuracy")
    number = project(
        "x InputLayer shape=[10]", "y Dense units=1", source="diabetes", early_stopping=stop.model_dump()
    )
    assert told(number, {"y": (1,)}, {"x": (10,)}) == [
        "Early stopping watches val_accuracy, but accuracy is not measured. Watch val_loss."
    ]
    split = SplitSpec(train=0.8, validation=0, test=0.2)
    unwatched = project(X, SOFTMAX, data=DataSpec(source="iris", split=split), early_stopping={})
    assert told(unwatched, {"y": (3,)}, SHAPE) == [
        "Early stopping watches val_loss, but no rows are kept for validation. Keep rows for validation, or watch loss."
    ]


def test_no_data_no_input_no_output_and_unknown_sets_are_told_plainly():
    drawn = project(X, SOFTMAX)
    assert told(drawn.model_copy(update={"data": None}), {}, {}) == [
        "No data is chosen yet. Choose a data set."
    ]
    assert told(project(), {}, {}) == ["The network has no input yet. Add an InputLayer."]
    assert told(project(X, SOFTMAX, source="irys"), {"y": (3,)}, SHAPE) == [
        "There is no data set irys. Did you mean iris?"
    ]


def test_several_inputs_or_outputs_without_columns_are_each_named():
    ready = template("two-in-two-out").project
    bare = ready.model_copy(update={"data": DataSpec(source="wine")})
    named = [issue.node for issue in fit_issues(bare, {"grower": (3,), "alcohol": (1,)}, {})]
    assert named == ["minerals", "phenols", "grower", "alcohol"]


def test_an_unknown_column_is_told_with_the_nearest():
    drawn = project(X, SOFTMAX, data=DataSpec(source="iris", target="specie"))
    assert told(drawn, {"y": (3,)}, SHAPE) == [
        "y asks for the column specie, but iris has none of that name. Did you mean species?"
    ]


def test_a_target_among_the_inputs_is_a_warning():
    data = DataSpec(source="wine", inputs={"x": ["alcohol", "ash"]}, targets={"y": "alcohol"})
    (issue,) = fit_issues(
        project("x InputLayer shape=[2]", "y Dense units=1", data=data), {"y": (1,)}, {"x": (2,)}
    )
    assert issue.severity is Severity.WARNING and "it would only copy it" in issue.message


def test_what_the_check_could_not_tell_is_not_judged():
    assert told(project(X, "y Dense units=3 activation=softmax"), {}, {}) == []
    assert told(project(X, SOFTMAX), {"y": None}, {"x": None}) == []


def test_a_node_with_several_outputs_is_judged_by_the_port_that_is_used():
    drawn = project(X, SOFTMAX)
    design = drawn.design.model_copy(update={"outputs": ("y:1",)})
    found = drawn.model_copy(update={"design": design})
    assert told(found, {"y": ((7,), (3,))}, SHAPE) == []
    assert len(told(found, {"y": ((3,), (7,))}, SHAPE)) == 1
