"""Is every fault one clear line, as a person would say it, without a word of Keras' own?"""

import re

import pytest
from drawings import chain, errors, image, join, node, wired

from builder.translate import faults
from builder.translate.faults import Fault, Refusal
from builder.translate.ghost import check
from builder.translate.specs import Spec

LSTM = ("LSTM", {"units": 3})
CONV = ("Conv2D", {"filters": 3, "kernel_size": 3})
TABLE = [
    (
        chain([8, 8, 16], LSTM),
        "l0 needs sequences (steps × features); images 8×8×16 came in.",
        "Insert Reshape.",
    ),
    (
        chain([64], CONV),
        "l0 needs images (height × width × channels); rows of 64 numbers came in.",
        "Insert Reshape to 8×8×1.",
    ),
    (
        chain([8, 8], CONV),
        "l0 needs images (height × width × channels); sequences 8×8 came in.",
        "Insert Reshape to 8×8×1.",
    ),
    (
        chain([8, 8, 3], ("TextVectorization", {})),
        "l0 needs rows of text; images 8×8×3 came in.",
        "Insert Flatten.",
    ),
    (
        chain([4, 4, 3], ("Conv2D", {"filters": 3, "kernel_size": 5})),
        "l0 looks at 5×5, but only 4×4 is left.",
        "Use 3×3 or padding same.",
    ),
    (
        chain([5, 3], ("Conv1D", {"filters": 3, "kernel_size": 3, "dilation_rate": 4})),
        "l0 looks at 9, but only 5 is left.",
        "Use 3 or padding same.",
    ),
    (
        chain([4, 1, 3], ("MaxPooling2D", {"pool_size": 2})),
        "l0 looks at 2×2, but only 4×1 is left.",
        "Use padding same, or leave it out.",
    ),
    (
        chain([4, 4, 3], ("MaxPooling2D", {"pool_size": 9})),
        "l0 looks at 9×9, but only 4×4 is left.",
        "Use 2×2 or padding same.",
    ),
    (
        chain([4, 4, 3], ("AveragePooling2D", {"pool_size": [1, 9]})),
        "l0 looks at 1×9, but only 4×4 is left.",
        "Use 2×2 or padding same.",
    ),
    (
        join("Add", [8, 8, 16], [8, 8, 32]),
        "join cannot add these two: 8×8×16 and 8×8×32.",
        "Bring one to 16 with a Conv2D of 1×1.",
    ),
    (
        join("Multiply", [3], [4]),
        "join cannot multiply these two: 3 and 4.",
        "Bring one to 3 with a Dense layer.",
    ),
    (
        join("Average", [3], [4], [5]),
        "join cannot average these 3: 3, 4 and 5.",
        "Bring one to 3 with a Dense layer.",
    ),
    (
        join("Add", [4, 4], [5, 4]),
        "join cannot add these two: 4×4 and 5×4.",
        "Bring both to the same shape first.",
    ),
    (
        join("Concatenate", [5, 3], [5, 5, 3], axis=1),
        "join cannot put side by side these two: 5×3 and 5×5×3.",
        "Bring both to the same number of axes, with Flatten or Reshape.",
    ),
    (
        join("Concatenate", [5, 3], [5, 4], axis=1),
        "join cannot put side by side these two: 5×3 and 5×4.",
        "All lengths but the joined one must be equal: change axis, or one of the layers before.",
    ),
    (
        join("Dot", [3], [4], axes=1),
        "join cannot multiply these two: 3 and 4.",
        "Bring one to 3 with a Dense layer.",
    ),
    (
        join("Subtract", [3], [3], [3]),
        "join takes 2 inputs; 3 are wired.",
        "Delete a wire, or join some of them first.",
    ),
    (join("Subtract", [3]), "join takes 2 inputs; 1 is wired.", "Wire one more."),
    (
        join("ops.add", [3], [4]),
        "join cannot combine these two: 3 and 4.",
        "Bring one to 3 with a Dense layer.",
    ),
    (
        join("ops.concatenate", [3, 3], [4, 5], axis=1),
        "join cannot combine these two: 3×3 and 4×5.",
        "Bring both to the same shape first.",
    ),
    (
        chain([64], ("Reshape", {"target_shape": [7, 7]})),
        "l0 cannot turn 64 numbers (64) into 7×7.",
        "The lengths must multiply to 64; one of them may be -1.",
    ),
    (
        chain([9, 9, 3], ("Cropping2D", {"cropping": 5})),
        "l0 would cut everything off: only 9×9×3 came in.",
        "Cut less.",
    ),
    (
        chain([None], ("Dense", {"units": 3})),
        "l0 must know every length to make its weights; rows of n numbers came in.",
        "Give the input a fixed shape, or pool over the unknown length first.",
    ),
    (
        chain([9, 9, 3], ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 2})),
        "l0 cannot deal 3 channels into 2 groups.",
        "Use a number of groups that divides 3.",
    ),
    (
        chain([3, 3, 7], ("GroupNormalization", {"groups": 5})),
        "l0 cannot deal 7 channels into 5 groups.",
        "Use a number of groups that divides 7.",
    ),
    (
        chain([3], ("BatchNormalization", {"axis": 0})),
        "l0 cannot work along axis 0 of rows of 3 numbers.",
        "Use 1 or -1: there is one axis (0 is the batch).",
    ),
    (
        chain([3], ("BatchNormalization", {"axis": 4})),
        "l0 cannot work along axis 4 of rows of 3 numbers.",
        "Use 1 or -1: there is one axis (0 is the batch).",
    ),
    (
        chain([5], ("Dense", {"units": 3}), dtype="string"),
        "l0 needs numbers; text came in.",
        "Insert StringLookup or TextVectorization.",
    ),
    (
        chain([5], ("StringLookup", {"vocabulary": ["a"]})),
        "l0 needs text; numbers came in.",
        "Set the input's dtype to string.",
    ),
    (
        chain([9, 9, 3], CONV, dtype="uint8"),
        "l0 computes with fractions; whole numbers (uint8) came in.",
        "Insert Rescaling, or set the input's dtype to float32.",
    ),
    (
        chain([5, 4], ("Attention", {})),
        "l0 takes at least 2 inputs: what asks, and what is looked at.",
        "Wire one more.",
    ),
    (
        chain([5, 4], ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3})),
        "l0 also needs value, and nothing is wired to it.",
        "Drag a wire into l0.",
    ),
]
TABLE += [
    (
        chain([6], ("TextVectorization", {}), dtype="string"),
        "l0 takes one text a row; 6 texts came in.",
        "Give its input shape 1.",
    ),
    (
        chain([], ("ops.get_item", {"key": ":, 0"})),
        "l0 asks for :, 0, but single numbers came in.",
        "Name one place for each axis, the batch first.",
    ),
    (
        chain([8, 6], ("STFTSpectrogram", {})),
        "l0 looks at pieces of 256 samples, but only 8 came in.",
        "Lower frame_length, or take longer sounds.",
    ),
    (
        chain([6], ("ops.sigmoid", {}), dtype="int32"),
        "l0 computes with fractions; whole numbers (int32) came in.",
        "Insert Rescaling, or set the input's dtype to float32.",
    ),
    (
        chain([None], ("GroupNormalization", {})),
        "l0 must know every length; rows of n numbers came in.",
        "Give the input a fixed shape, or pool over the unknown length first.",
    ),
    (
        chain([], ("ops.squeeze", {"axis": -1})),
        "l0 cannot work along axis -1; single numbers came in.",
        "There is no axis but the batch: bring rows of numbers.",
    ),
]
KERAS_OWN = re.compile(
    r"ValueError|TypeError|Error|None|KerasTensor|Received|Traceback|\(None|`|\n|<|object at"
)


@pytest.mark.parametrize(("design", "message", "fix"), TABLE, ids=[message[:40] for _, message, _ in TABLE])
def test_a_fault_is_one_line_that_says_what_came_and_what_to_do(design, message, fix):
    (issue,) = errors(check(design))
    assert (issue.message, issue.fix) == (message, fix)


@pytest.mark.parametrize(("design", "message", "fix"), TABLE, ids=[message[:40] for _, message, _ in TABLE])
def test_no_word_of_keras_reaches_a_person(design, message, fix):
    for issue in check(design).issues:
        assert not KERAS_OWN.search(issue.message + (issue.fix or "")), issue.message


def test_a_layer_that_attends_to_other_features_is_explained():
    design = wired(
        image([5, 3], "a"), image([5, 4], "b"), node("look", "Attention"), ("a", "look"), ("b", "look")
    )
    report = check(design)
    assert not errors(report) or "look cannot compare these: 5×3 and 5×4." in errors(report)[0].message


def test_a_layer_that_cannot_be_made_names_the_argument_that_is_to_blame():
    refusal = Refusal("ValueError: odd", making=True, culprit="strides")
    issue = faults.issue(Fault("c", "Conv2D", {"strides": 3}, (), (), refusal), "c")
    assert (issue.code, issue.argument, issue.message) == (
        "bad_argument",
        "strides",
        "c cannot be made with strides 3.",
    )


@pytest.mark.parametrize("making", [True, False])
def test_words_that_no_rule_knows_still_become_a_plain_line(making):
    refusal = Refusal("RuntimeError: the frobnicator <object at 0x1> failed", making=making)
    issue = faults.issue(Fault("c", "Odd", {}, (Spec((None, 3), "float32"),), ("a",), refusal), "block/c")
    assert issue.node == "block/c"
    assert not KERAS_OWN.search(issue.message)
    assert len(issue.message) < 120


def test_every_rule_is_found_and_asked_in_order():
    orders = [rule.order for rule in faults.rules()]
    assert len(orders) >= 14
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)
