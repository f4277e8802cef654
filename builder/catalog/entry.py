"""How is said by hand what introspection cannot find? One `Entry` for each layer, in `overlay/<category>.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from builder.catalog.spec import Dtype, PortSpec, RelationSpec

Fields = Mapping[str, object]
"""Fields of a `ParamSpec` that are set or replaced."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said by hand about one layer."""

    summary: str
    """One short line in our own plain words, under 60 characters."""
    rank: tuple[int | None, int | None] = (None, None)
    """Smallest and largest rank of the first input, batch included; Keras' symbolic check lets wrong ones pass."""
    dtype: Dtype = "float"
    takes_whole: bool = True
    """False: fails on whole numbers when it is run, though Keras' symbolic check lets them pass."""
    takes_bool: bool = True
    """False: fails on true and false when it is run."""
    channels: tuple[int, ...] = ()
    """How many channels images may have; empty: any number."""
    shortest: int | None = None
    """Smallest length of every axis but batch and channels, where Keras' symbolic check lets shorter ones pass."""
    start: Mapping[str, JsonValue] = field(default_factory=dict)
    """Arguments of a node that has just been dropped, beyond what the rules by name give."""
    params: Mapping[str, Fields] = field(default_factory=dict)
    """Corrections to single arguments."""
    hide: frozenset[str] = frozenset()
    """Arguments that are not offered."""
    ports: tuple[PortSpec, ...] | None = None
    """None: the first argument of the call."""
    args: Mapping[str, Fields] = field(default_factory=dict)
    """Arguments of the call that are offered."""
    trainable: bool | None = None
    """None: trainable if an argument names an initializer."""
    outputs: tuple[str, ...] = ()
    """Names of the outputs that there can be."""
    relations: tuple[RelationSpec, ...] = ()


class Entries(dict[str, Entry]):
    """What one file of `overlay/` says, by type."""
