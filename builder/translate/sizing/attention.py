"""How many multiply-adds has attention? Projections of query, key and value, all pairs of positions, the way out.

T positions of the query look at S positions of the value. Softmax and scaling are not counted.
Source of the terms: Vaswani et al. 2017, section 3.2; grouped heads: Ainslie et al. 2023.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from builder.translate.sizing.call import Call, size
from builder.translate.specs import Dim


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which positions look at which."""

    queries: int
    """T: positions of the query, all axes but the last."""
    keys: int
    """S: positions of the value."""
    scores: int
    """Pairs that are compared; T · S where attention runs over all axes."""


def multi_head(call: Call) -> int:
    """T·D·H·K + S·D·H·K + S·D·H·V + pairs·H·(K + V) + T·H·V·out, biases aside."""
    query, value, key = _operands(call)
    pairs, layer = positions(call), call.layer
    heads, key_dim, value_dim = layer._num_heads, layer._key_dim, layer._value_dim
    projected = pairs.queries * size(query[-1:]) * key_dim + pairs.keys * size(key[-1:]) * key_dim
    projected += pairs.keys * size(value[-1:]) * value_dim
    way_out = pairs.queries * value_dim * size(call.out[-1:])
    return int(heads * (projected + pairs.scores * (key_dim + value_dim) + way_out))


def grouped(call: Call) -> int:
    """As `multi_head`, with fewer heads for keys and values than for queries."""
    query, value, key = _operands(call)
    pairs, layer = positions(call), call.layer
    wide, few, width = layer.num_query_heads, layer.num_key_value_heads, layer.head_dim
    projected = wide * pairs.queries * size(query[-1:])
    projected += few * pairs.keys * (size(key[-1:]) + size(value[-1:]))
    return int(width * (projected + 2 * wide * pairs.scores + wide * pairs.queries * size(call.out[-1:])))


def plain(call: Call) -> int:
    """`Attention`, `AdditiveAttention`: T·S·D for the scores, T·S·V for the mean of the values."""
    query, value, _ = _operands(call)
    return size(query[:-1]) * size(value[:-1]) * (size(query[-1:]) + size(value[-1:]))


def positions(call: Call) -> Pairs:
    """Positions and pairs of an attention layer.

    Raises:
        UnknownLength: A length is open.
    """
    query, value, _ = _operands(call)
    queries, keys = size(query[:-1]), size(value[:-1])
    axes = getattr(call.layer, "_attention_axes", None)
    if not isinstance(axes, tuple | list):
        return Pairs(queries, keys, queries * keys)
    looked = size([value[axis - 1] for axis in axes])
    return Pairs(queries, keys, queries * looked)


def _operands(call: Call) -> tuple[Sequence[Dim], Sequence[Dim], Sequence[Dim]]:
    """Query, value and key, one row each; the key is the value where it is not given."""
    named = {name: specs[0].sample for name, specs in call.tensors.items() if specs}
    if "query" in named:
        return named["query"], named["value"], named.get("key", named["value"])
    listed = [spec.sample for spec in call.flat]
    value = listed[min(1, len(listed) - 1)]
    return listed[0], value, listed[2] if len(listed) > 2 else value


FORMULAS: Mapping[str, Callable[[Call], int]] = {
    "MultiHeadAttention": multi_head,
    "GroupQueryAttention": grouped,
    "Attention": plain,
    "AdditiveAttention": plain,
}
