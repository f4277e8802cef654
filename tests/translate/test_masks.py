"""Are layers refused that fail on a mask which Keras hands on unseen?"""

import pytest

from builder.translate.ghost import check
from tests.translate.drawings import chain, errors, image, node, wired

EMBEDDING = ("Embedding", {"input_dim": 9, "output_dim": 4, "mask_zero": True})
LSTM = ("LSTM", {"units": 3, "return_sequences": True})
BOTH = ("Bidirectional", {"layer": {"type": "LSTM", "params": {"units": 3, "return_sequences": True}}})
CONVOLVED = {"filters": 2, "kernel_size": 3}


@pytest.mark.parametrize(
    "design, last",
    [
        (chain([8, 6], ("Masking", {}), ("Softmax", {})), "l1"),
        (chain([8], EMBEDDING, LSTM, ("Dense", {"units": 4}), ("Softmax", {}), dtype="int32"), "l3"),
        (chain([8], EMBEDDING, BOTH, ("Softmax", {}), dtype="int32"), "l2"),
        (chain([4, 8, 6], ("Masking", {}), ("ConvLSTM1D", CONVOLVED)), "l1"),
    ],
    ids=["masking", "lstm", "bidirectional", "convolution"],
)
def test_a_mask_that_a_layer_cannot_use_is_told(design, last):
    (issue,) = errors(check(design))
    assert issue.node == last and "gets a mask" in issue.message and issue.fix


def test_attention_takes_a_mask_of_steps_and_not_of_tables():
    for shape, count in (([8, 6], 0), ([4, 8, 6], 1)):
        parts = image(shape), node("m", "Masking"), node("a", "MultiHeadAttention", num_heads=2, key_dim=4)
        wires = (("image", "m"), ("m", 0, "a", ("query",)), ("m", 0, "a", ("value",)))
        assert len(errors(check(wired(*parts, *wires)))) == count


def test_a_mask_of_the_values_alone_is_told_too():
    parts = image([4, 8, 6]), node("m", "Masking"), node("a", "Attention")
    wires = (("image", "m"), ("image", 0, "a", ("inputs", 0)), ("m", 0, "a", ("inputs", 1)))
    (issue,) = errors(check(wired(*parts, *wires)))
    assert issue.node == "a" and "gets a mask" in issue.message


@pytest.mark.parametrize(
    "layers",
    [
        [EMBEDDING, LSTM, ("Dense", {"units": 4}), ("Activation", {"activation": "softmax"})],
        [EMBEDDING, ("Conv1D", CONVOLVED), ("Softmax", {})],
        [EMBEDDING, ("LSTM", {"units": 3}), ("Softmax", {})],
        [("Embedding", {"input_dim": 9, "output_dim": 4}), ("Softmax", {})],
    ],
    ids=["activation", "convolution", "last step", "no mask"],
)
def test_where_no_mask_arrives_or_it_is_of_use_nothing_is_told(layers):
    assert errors(check(chain([8], *layers, dtype="int32"))) == []
