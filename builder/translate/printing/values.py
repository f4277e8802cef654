"""How is an argument, a call or a list written in Python? Only literals and names from closed sets."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue

from builder.catalog import lookup
from builder.catalog.spec import LayerSpec, ObjectSpec, ParamSpec
from builder.translate import objects

LONGEST = 100
"""Columns of a line."""
INDENT = "    "


class Expression(str):
    """Python that stands for a value which is no literal, such as a call that builds a network."""


def call(function: str, arguments: Iterable[str], indent: str = INDENT, lead: str = "") -> str:
    """`function(arguments)`, on one line if it fits behind `lead`, else an argument a line."""
    parts = list(arguments)
    line = f"{function}({', '.join(parts)})"
    if len(indent) + len(lead) + len(line) <= LONGEST or not parts:
        return line
    inner = "".join(f"{indent}{INDENT}{part},\n" for part in parts)
    return f"{function}(\n{inner}{indent})"


def arguments(specs: Sequence[ParamSpec], params: Mapping[str, JsonValue]) -> list[str]:
    """Constructor arguments in the order they were given; a leading required one by position."""
    by_name = {spec.name: spec for spec in specs}
    written = [f"{name}={_value(by_name.get(name), value)}" for name, value in params.items()]
    first = specs[0] if specs else None
    if first and first.required and written and next(iter(params)) == first.name and first.name != "shape":
        written[0] = written[0].removeprefix(f"{first.name}=")
    return written


def _value(spec: ParamSpec | None, value: JsonValue) -> str:
    group = spec.group if spec else ""
    if group and isinstance(value, dict):
        return _object(group, value)
    if isinstance(value, Expression):
        return str(value)
    if isinstance(value, list):
        parts = [_value(spec if group else None, part) for part in value]
        return tuple_of(parts) if spec and spec.kind in ("ints", "shape") else f"[{', '.join(parts)}]"
    return text(value)


def text(value: object) -> str:
    """A plain value as Python: `repr`, with the quotes of this code where that is safe."""
    written = repr(value)
    plain = isinstance(value, str) and written[0] == "'" and not set('"\\') & set(written)
    return f'"{written[1:-1]}"' if plain else written


def tuple_of(parts: Sequence[str]) -> str:
    """Written values as a tuple."""
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _object(group: str, value: Mapping[str, JsonValue]) -> str:
    """`keras.initializers.HeNormal(seed=1)`, `layers.LSTM(3)`."""
    name, params = str(value.get("type")), value.get("params") or {}
    found: LayerSpec | ObjectSpec | None = (
        lookup.layer(name)
        if group == "layer"
        else lookup.named_object("cell" if group == "cells" else group, name)
    )
    if found is None or not isinstance(params, dict):
        raise ValueError(f"{name} cannot be written")
    module = {group: f"keras.{group}s" for group in ("initializer", "regularizer", "constraint")}.get(
        group, "layers"
    )
    return f"{module}.{found.type}({', '.join(arguments(found.params, objects.taken(found, params)))})"
