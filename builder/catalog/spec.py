"""What is known about a layer, without Keras at hand? The models of `catalog.json`.

Ranks count the batch axis: a table of rows has rank 2, a batch of images rank 4. The file leaves out whatever has its
default here (234 kB instead of 421); `design/catalog.ts` of the canvas puts the same defaults back.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

Kind = Literal["int", "float", "bool", "choice", "ints", "shape", "text", "json"]
Family = Literal["io", "core", "conv", "recur", "attend", "steady", "shape", "bend", "merge"]
Dtype = Literal["float", "int", "string", "any"]
Group = Literal["", "activation", "initializer", "regularizer", "constraint", "cell", "cells", "layer"]
Holds = Literal[
    "",
    "number_or_pair",
    "pair",
    "number_or_numbers",
    "numbers",
    "margins",
    "integers",
    "words",
    "text_or_number",
    "network",
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PortSpec(_Part):
    """One place of a layer where wires end, named like the argument of the Keras call."""

    name: str
    many: bool = False
    """The argument takes an ordered list of tensors, as `Add` does."""
    optional: bool = False


class ParamSpec(_Part):
    """One argument, what it may be, and how a form shows it."""

    name: str
    kind: Kind
    default: JsonValue = None
    required: bool = False
    nullable: bool = False
    choices: tuple[str, ...] = ()
    """For `choice` the names to show; for nested layers (`group` "layer", "cell", "cells") the types allowed."""
    minimum: int | float | None = None
    """Smallest number, or smallest entry of `ints`, `shape` and lists of numbers."""
    maximum: int | float | None = None
    length: int | None = None
    """For `ints`: how many; a single whole number is accepted too and means all equal. For margins: how many axes."""
    basic: bool = False
    """Shown in the beginner's view."""
    start: JsonValue = None
    """Value given when a node of this type is dropped; None leaves Keras' default."""
    help: str = ""
    group: Group = ""
    """Closed set of named objects; apart from a name, `{"type", "params"}` of that set is accepted."""
    holds: Holds = ""
    """For `json`: what the value is made of; `network`: a nested layer, or `{"type": "Model", "graph"}`."""
    unknown: bool = False
    """For `shape`: an entry may be null, a length that is not known in advance."""


class ExampleSpec(_Part):
    """What a layer, just dropped, does to a usual input: shapes of one row, without batch."""

    inputs: tuple[tuple[int | None, ...], ...]
    output: tuple[int | None, ...]


class RelationSpec(_Part):
    """Two whole numbers of one layer that must fit each other."""

    kind: Literal["divides", "at_most"]
    argument: str
    """The argument that is told: it divides `other` evenly, or is not above it."""
    other: str


class LayerSpec(_Part):
    """One layer class of `keras.layers`, or one function of `keras.ops` as `ops.<name>`."""

    type: str
    aliases: tuple[str, ...] = ()
    """Other names that `keras.layers` has for the same class."""
    category: str
    """Keras' module family, such as convolutional."""
    family: Family
    """Colour and glyph on the canvas."""
    summary: str
    """One short line in plain words."""
    help: str
    """The opening of Keras' own docstring."""
    inputs: tuple[PortSpec, ...] = ()
    outputs: int = 1
    output_names: tuple[str, ...] = ()
    """Names of the outputs that there can be, in order; empty where they depend on what stands inside."""
    params: tuple[ParamSpec, ...] = ()
    """Arguments of the constructor; a node keeps them under `params`."""
    args: tuple[ParamSpec, ...] = ()
    """Arguments of the call that are not tensors; a node keeps them under `args`."""
    trainable: bool = False
    """Has weights that training changes, with its default arguments."""
    min_rank: int | None = None
    max_rank: int | None = None
    dtype: Dtype = "float"
    """What the first input must hold; float: numbers, see `takes_whole`."""
    takes_whole: bool = True
    """Works on int32 and the like too. Keras' symbolic check lets whole numbers pass where the layer fails when run."""
    takes_bool: bool = True
    """Works on true and false too."""
    channels: tuple[int, ...] = ()
    """How many channels images may have; empty: any number."""
    shortest: int | None = None
    """Smallest length of every axis but batch and channels."""
    takes_trainable: bool = True
    """False: Keras' constructor knows no `trainable`, which then makes no difference either."""
    relations: tuple[RelationSpec, ...] = ()
    keywords: tuple[str, ...] = ()
    """What people also call it, in small letters."""
    example: ExampleSpec | None = None


class ObjectSpec(_Part):
    """A named object that an argument may hold: an initializer, a regularizer, an activation, a recurrent cell."""

    group: Group
    type: str
    names: tuple[str, ...]
    """Strings that Keras reads as this object with its default arguments, the usual one first."""
    summary: str = ""
    """One short line in plain words."""
    params: tuple[ParamSpec, ...] = ()


class Catalog(_Part):
    """All that is offered, as found in one version of Keras."""

    keras_version: str
    layers: tuple[LayerSpec, ...]
    objects: tuple[ObjectSpec, ...] = ()
    common: tuple[ParamSpec, ...] = ()
    """Arguments that every layer takes: `trainable` and `dtype`."""
