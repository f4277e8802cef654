"""How is one step of a curve written as an `Event` message of TensorFlow?

Only the fields that curves, texts and histograms need, encoded by hand: the page's process has no TensorFlow. Numbers
are written as `simple_value`, which every reader of such files knows.

Sources: `event.proto`, `summary.proto`, `tensor.proto` in tensorflow/core (field numbers); protobuf.dev,
"Encoding" (wire types: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STRINGS = 7
"""`DT_STRING`."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often values lay between limits."""

    edges: NDArray[np.float64]
    """Shape (bins + 1,), growing."""
    counts: NDArray[np.float64]
    """Shape (bins,)."""


def opening(at: float) -> bytes:
    """The first message of every file: the version of its format."""
    return _double(1, at) + _bytes(3, b"brain.Event:2")


def scalars(at: float, step: int, values: Mapping[str, float]) -> bytes:
    """Numbers of one step, by tag; `at` in Unix seconds, `step` from 0."""
    written = (_text(1, tag) + _float(2, value) for tag, value in values.items())
    return _event(at, step, b"".join(_bytes(1, value) for value in written))


def text(at: float, step: int, tag: str, markdown: str) -> bytes:
    """Words, shown as Markdown."""
    plugin = _bytes(1, _text(1, "text"))
    tensor = _varint(1, _STRINGS) + _bytes(2, _bytes(2, _varint(1, 1))) + _text(8, markdown)
    value = _text(1, f"{tag}/text_summary") + _bytes(9, plugin) + _bytes(8, tensor)
    return _event(at, step, _bytes(1, value))


def histogram(at: float, step: int, tag: str, of: Histogram) -> bytes:
    """The spread of a layer's values; mean and square are taken from the middles of the bins."""
    middles = (of.edges[:-1] + of.edges[1:]) / 2
    number = float(of.counts.sum())
    sums = (number, float(of.counts @ middles), float(of.counts @ middles**2))
    ends = (float(of.edges[0]), float(of.edges[-1]))
    limits, counts = (np.asarray(part, "<f8").tobytes() for part in (of.edges[1:], of.counts))
    encoded = b"".join(_double(field, value) for field, value in enumerate((*ends, *sums), 1))
    encoded += _bytes(6, limits) + _bytes(7, counts)
    return _event(at, step, _bytes(1, _text(1, tag) + _bytes(5, encoded)))


def _event(at: float, step: int, summary: bytes) -> bytes:
    return _double(1, at) + _varint(2, step) + _bytes(5, summary)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode("utf-8", "replace"))


def _bytes(field: int, value: bytes) -> bytes:
    return _number(field << 3 | 2) + _number(len(value)) + value


def _double(field: int, value: float) -> bytes:
    return _number(field << 3 | 1) + struct.pack("<d", value)


def _float(field: int, value: float) -> bytes:
    return _number(field << 3 | 5) + np.float32(value).tobytes()


def _varint(field: int, value: int) -> bytes:
    return _number(field << 3) + _number(value)


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the top bit says that more follow."""
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))
