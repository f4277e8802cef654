import pytest

from builder.catalog.arguments import check_arguments
from builder.catalog.lookup import layer

CLASHES = [
    (
        "MultiHeadAttention",
        {"num_heads": 2, "key_dim": 4, "flash_attention": True, "dropout": 0.1},
        "flash_attention",
    ),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": [1, 2]}, "dilation_rate"),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 3}, "groups"),
    (
        "Conv2DTranspose",
        {"filters": 4, "kernel_size": 3, "strides": 2, "output_padding": [1, 2]},
        "output_padding",
    ),
    (
        "GroupQueryAttention",
        {"head_dim": 4, "num_query_heads": 5, "num_key_value_heads": 2},
        "num_key_value_heads",
    ),
    (
        "Resizing",
        {"height": 4, "width": 4, "crop_to_aspect_ratio": True, "pad_to_aspect_ratio": True},
        "pad_to_aspect_ratio",
    ),
    ("Discretization", {"bin_boundaries": [0.0], "num_bins": 3}, "bin_boundaries"),
    ("Discretization", {}, "bin_boundaries"),
    ("Normalization", {"mean": 0.0}, "variance"),
    ("STFTSpectrogram", {"frame_length": 64, "fft_length": 32}, "frame_length"),
    ("STFTSpectrogram", {"frame_length": 8, "frame_step": 9}, "frame_step"),
    ("MelSpectrogram", {"sequence_length": 9, "fft_length": 8}, "sequence_length"),
    ("RandomGaussianBlur", {"kernel_size": [3, 4]}, "kernel_size"),
    ("Normalization", {"mean": [0.0], "variance": [1.0, 1.0]}, "variance"),
    ("Normalization", {"mean": [0.0], "variance": [1.0], "axis": None}, "mean"),
    ("StringLookup", {"vocabulary": ["a"], "invert": True, "oov_token": None}, "oov_token"),
    ("TextVectorization", {"vocabulary": ["", "a"], "output_mode": "count"}, "vocabulary"),
    ("StringLookup", {"vocabulary": ["a", "b"], "max_tokens": 2}, "max_tokens"),
    ("StringLookup", {"vocabulary": ["a", ""], "mask_token": ""}, "vocabulary"),
    ("StringLookup", {"vocabulary": ["b", "a"], "oov_token": "a", "invert": True}, "vocabulary"),
    ("StringLookup", {"vocabulary": ["a"], "invert": True, "output_mode": "count"}, "invert"),
    ("StringLookup", {"vocabulary": ["a"], "output_mode": "tf_idf"}, "idf_weights"),
    ("StringLookup", {"vocabulary": ["a"], "output_mode": "tf_idf", "idf_weights": [1, 2]}, "idf_weights"),
    ("StringLookup", {"vocabulary": ["a"], "idf_weights": [1]}, "idf_weights"),
    ("StringLookup", {"vocabulary": ["a"], "pad_to_max_tokens": True}, "pad_to_max_tokens"),
    ("IntegerLookup", {"vocabulary": [1], "salt": 3}, "salt"),
    ("TextVectorization", {"output_mode": "count", "output_sequence_length": 3}, "output_sequence_length"),
]
FITS = [
    ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": 1}),
    ("Conv2D", {"filters": 4, "kernel_size": 3, "groups": 2}),
    ("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "strides": 2, "output_padding": 1}),
    ("Normalization", {"mean": [0.0, 1.0], "variance": [1.0, 1.0]}),
    ("Discretization", {"num_bins": 3}),
    ("StringLookup", {"vocabulary": ["", "[UNK]", "a"], "mask_token": ""}),
    ("StringLookup", {"vocabulary": ["a", "b"], "max_tokens": 3}),
    ("TextVectorization", {"vocabulary": ["a"], "max_tokens": 2, "output_mode": "count"}),
    ("StringLookup", {"vocabulary": ["a"], "output_mode": "tf_idf", "idf_weights": [1]}),
]


@pytest.mark.parametrize(("type_name", "params", "argument"), CLASHES)
def test_arguments_that_do_not_fit_each_other_are_one_issue(type_name, params, argument):
    (issue,) = check_arguments(layer(type_name), params, "here")
    assert issue.argument == argument


@pytest.mark.parametrize(("type_name", "params"), FITS)
def test_arguments_that_fit_each_other_are_fine(type_name, params):
    assert check_arguments(layer(type_name), params, "here") == []
