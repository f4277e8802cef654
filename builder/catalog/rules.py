"""What may an argument be, judged by its name? Keras annotates none of them, but names them with care.

The first rule whose pattern matches the whole name wins; its fields are laid over what the default value tells. What a
single layer does otherwise is said in `overlay/`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.catalog import limits

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """What all arguments with such a name have in common."""

    pattern: str
    fields: Fields

    def fits(self, name: str) -> bool:
        """Whether the whole name matches."""
        return re.fullmatch(self.pattern, name) is not None


def _int(minimum: int, maximum: int, **more: object) -> Fields:
    return {"kind": "int", "minimum": minimum, "maximum": maximum, **more}


def _float(minimum: float | None, maximum: float | None, **more: object) -> Fields:
    return {"kind": "float", "minimum": minimum, "maximum": maximum, **more}


def _ints(minimum: int, maximum: int, **more: object) -> Fields:
    return {"kind": "ints", "minimum": minimum, "maximum": maximum, **more}


def _choice(*choices: str, **more: object) -> Fields:
    return {"kind": "choice", "choices": choices, **more}


def _pair(**more: object) -> Fields:
    return {"kind": "json", "holds": "number_or_pair", **more}


_BASIC: Fields = {"basic": True}
CELLS = ("SimpleRNNCell", "GRUCell", "LSTMCell", "StackedRNNCells")
"""What an RNN may repeat at every step; the last one holds a list of the others."""

RULES = (
    Rule("activation", {"kind": "choice", "group": "activation", "nullable": True, **_BASIC}),
    Rule(".*_activation", {"kind": "choice", "group": "activation", "nullable": True}),
    Rule(".*_initializer", {"kind": "choice", "group": "initializer"}),
    Rule(".*_regularizer", {"kind": "choice", "group": "regularizer"}),
    Rule(".*_constraint", {"kind": "choice", "group": "constraint"}),
    Rule("layer|backward_layer", {"kind": "json", "group": "layer", **_BASIC}),
    Rule("cell", {"kind": "json", "group": "cell", "choices": CELLS, **_BASIC}),
    Rule("cells", {"kind": "json", "group": "cells", "choices": CELLS[:-1], **_BASIC}),
    Rule("units", _int(1, limits.LARGEST_WIDTH, start=32, **_BASIC)),
    Rule("filters", _int(1, limits.LARGEST_WIDTH, start=16, **_BASIC)),
    Rule("max_tokens", _int(2, limits.LARGEST_VOCABULARY, **_BASIC)),
    Rule("input_dim|num_tokens|num_bins", _int(1, limits.LARGEST_VOCABULARY, start=10, **_BASIC)),
    Rule("output_dim|key_dim|value_dim|head_dim", _int(1, limits.LARGEST_WIDTH, start=16, **_BASIC)),
    Rule("num_.*heads", _int(1, limits.LARGEST_HEADS, start=2, **_BASIC)),
    Rule("lora_rank", _int(1, limits.LARGEST_WIDTH, nullable=True)),
    Rule("lora_alpha", _float(None, None, nullable=True)),
    Rule("depth_multiplier", _int(1, limits.LARGEST_KERNEL)),
    Rule("groups", _int(1, limits.LARGEST_WIDTH)),
    Rule("n", _int(1, limits.LARGEST_REPEAT, start=4, **_BASIC)),
    Rule("kernel_size", _ints(1, limits.LARGEST_KERNEL, start=3, **_BASIC)),
    Rule("pool_size", _ints(1, limits.LARGEST_KERNEL, start=2, **_BASIC)),
    Rule("size", _ints(1, limits.LARGEST_REPEAT, **_BASIC)),
    Rule("tile_grid_size", _ints(1, limits.LARGEST_KERNEL, length=2)),
    Rule("output_size", _ints(1, limits.LARGEST_KERNEL, start=2, **_BASIC)),
    Rule("strides", _ints(1, limits.LARGEST_KERNEL, **_BASIC)),
    Rule("dilation_rate", _ints(1, limits.LARGEST_KERNEL)),
    Rule("output_padding", _ints(0, limits.LARGEST_KERNEL, nullable=True)),
    Rule("dims", {"kind": "shape", "minimum": 1, "maximum": limits.LARGEST_RANK, **_BASIC}),
    Rule("axes", _ints(-limits.LARGEST_RANK, limits.LARGEST_RANK, length=2, **_BASIC)),
    Rule("axis", _ints(-limits.LARGEST_RANK, limits.LARGEST_RANK, **_BASIC)),
    Rule("shared_axes|attention_axes", _ints(-limits.LARGEST_RANK, limits.LARGEST_RANK, nullable=True)),
    Rule("shape", {"kind": "shape", "minimum": 1, "maximum": limits.LARGEST_AXIS, "unknown": True, **_BASIC}),
    Rule("target_shape", {"kind": "shape", "minimum": -1, "maximum": limits.LARGEST_AXIS, **_BASIC}),
    Rule(
        "output_shape",
        {
            "kind": "shape",
            "holds": "number_or_numbers",
            "minimum": 1,
            "maximum": limits.LARGEST_AXIS,
            "unknown": True,
        },
    ),
    Rule(
        "noise_shape",
        {"kind": "shape", "minimum": 1, "maximum": limits.LARGEST_AXIS, "unknown": True, "nullable": True},
    ),
    Rule("data_format", _choice("channels_last", "channels_first", nullable=True)),
    Rule("interpolation", _choice("nearest", "bilinear")),
    Rule("fill_mode", _choice("reflect", "wrap", "constant", "nearest")),
    Rule("window", _choice("hann", "hamming")),
    Rule("output_mode", _choice("int", "one_hot", "multi_hot", "count", **_BASIC)),
    Rule("score_mode", _choice("dot", "concat")),
    Rule("rate", _float(0.0, 1.0, start=0.2, **_BASIC)),
    Rule("dropout", _float(0.0, 1.0, **_BASIC)),
    Rule("recurrent_dropout", _float(0.0, 1.0)),
    Rule("stddev", _float(0.0, 1.0, start=0.1, **_BASIC)),
    Rule("momentum|renorm_momentum", _float(0.0, 1.0)),
    Rule("epsilon", _float(0.0, 1.0)),
    Rule("l1|l2", _float(0.0, None, **_BASIC)),
    Rule("height|width", _int(1, limits.LARGEST_SIDE, **_BASIC)),
    Rule(".*factor", _pair(start=0.1, **_BASIC)),
    Rule("value_range", {"kind": "json", "holds": "pair", **_BASIC}),
    Rule("seed", _int(0, limits.LARGEST_SEED, nullable=True)),
    Rule("salt", _ints(0, limits.LARGEST_SEED, nullable=True, length=2)),
    Rule("sliding_window|output_sequence_length|batch_size", _int(1, limits.LARGEST_WIDTH, nullable=True)),
    Rule("flash_attention", {"kind": "bool", "nullable": True}),
    Rule("return_sequences", {"kind": "bool", **_BASIC}),
    Rule("use_bias", {"kind": "bool"}),
    Rule("idf_weights", {"kind": "json", "holds": "numbers", "nullable": True}),
    Rule("mask_token|oov_token|encoding", {"kind": "text", "nullable": True}),
    Rule("equation", {"kind": "text", **_BASIC}),
    Rule("max_value|max_freq|logit_soft_cap", _float(0.0, None, nullable=True)),
    Rule("threshold", _float(0.0, None)),
    Rule("fill_value", _float(None, None, nullable=False)),
    Rule(
        "frame_length|frame_step|fft_length|sequence_.*|num_mel_bins|sampling_rate",
        _int(1, limits.LARGEST_WIDTH),
    ),
    Rule("merge_mode", _choice("concat", "sum", "mul", "ave")),
    Rule("power_iterations|num_ops|num_chains|chain_depth", _int(1, 100)),
    Rule("bins", _int(1, 65_536)),
    Rule("num_oov_indices", _int(0, limits.LARGEST_WIDTH)),
)


def fields_by_name(name: str) -> Fields:
    """Fields of the first rule that fits; none for a name that no rule knows."""
    return next((rule.fields for rule in RULES if rule.fits(name)), {})
