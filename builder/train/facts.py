"""Which facts about a network decide how it is best computed? From its drawing and its totals, without Keras."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from builder.design.document import Design
from builder.translate.report import Totals

RECURRENT = frozenset({"LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional"})
NOT_COMPILED = frozenset({"StringLookup", "IntegerLookup", "TextVectorization", "Hashing", "HashedCrossing"})
"""XLA knows no text and no tables."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at."""

    has_convolution: bool
    has_recurrence: bool
    can_be_compiled: bool
    """Whether XLA can compile every layer."""
    params: int | None = None
    flops: int | None = None
    """Forward, one row; None: not known."""
    steps: int | None = None
    """Of the whole run; None: not known."""


def facts(design: Design, totals: Totals | None = None, steps: int | None = None) -> Facts:
    """The facts about this network; counts only with totals. `steps`: of the whole run."""
    types = set(_types(design))
    return Facts(
        has_convolution=any("Conv" in kind for kind in types),
        has_recurrence=bool(types & RECURRENT),
        can_be_compiled=not types & NOT_COMPILED,
        params=totals.params if totals else None,
        flops=totals.flops if totals else None,
        steps=steps,
    )


def _types(design: Design) -> Iterator[str]:
    """Types of all layers: those of nested networks, and those that layers are given, too."""
    for node in design.nodes:
        yield node.type
        yield from _given(dict(node.params))
        if node.graph is not None:
            yield from _types(node.graph)


def _given(value: JsonValue) -> Iterator[str]:
    if isinstance(value, dict):
        kind = value.get("type")
        if isinstance(kind, str):
            yield kind
        for inner in value.values():
            yield from _given(inner)
