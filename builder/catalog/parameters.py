"""Which arguments does a Keras class take, and what may each be? Signature, rules by name, docstring, overlay."""

import inspect
import re
from collections.abc import Mapping

from pydantic import JsonValue

from builder.catalog import docstrings
from builder.catalog.entry import Entry
from builder.catalog.limits import LARGEST_REPEAT
from builder.catalog.phrases import PHRASES
from builder.catalog.rules import fields_by_name
from builder.catalog.spec import ObjectSpec, ParamSpec

HIDDEN = frozenset(
    {
        "self", "args", "kwargs",
        "name",  # the node's id
        "weights",  # live outside the document
        "quantization_config",  # an object of Python code
        "sparse", "use_cudnn", "encoding",  # kinds of tensor, hardware and codec that a drawing does not choose
    }
)  # fmt: skip
_MARGINS = {"kind": "json", "holds": "margins", "minimum": 0, "maximum": LARGEST_REPEAT, "basic": True}
_VERBS = {"cropping": "cut off", "padding": "add at"}
COMMON = frozenset({"dtype", "trainable"})


def parameters(
    cls: type, public_name: str, entry: Entry, objects: tuple[ObjectSpec, ...] = ()
) -> tuple[ParamSpec, ...]:
    """The offered arguments of a class's constructor, in Keras' order."""
    said = docstrings.arguments(cls.__doc__ or "")
    hidden = HIDDEN | entry.hide | (COMMON - entry.params.keys())
    names: dict[str, tuple[str, ...]] = {spec.group: _primary(objects, spec.group) for spec in objects}
    return tuple(
        _parameter(parameter, public_name, entry, said.get(parameter.name, ""), names)
        for parameter in inspect.signature(cls).parameters.values()
        if parameter.name not in hidden
        and parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
    )


def from_fields(name: str, fields: Mapping[str, object]) -> ParamSpec:
    """An argument described wholly by hand."""
    return ParamSpec.model_validate({"name": name, **fields})


def json_default(value: object) -> JsonValue:
    """A default value as the document would write it: tuples become lists.

    Raises:
        TypeError: The default is no JSON value.
    """
    if isinstance(value, tuple | list):
        return [json_default(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{value!r} cannot be written as JSON")


def _parameter(
    parameter: inspect.Parameter, layer: str, entry: Entry, said: str, names: Mapping[str, tuple[str, ...]]
) -> ParamSpec:
    required = parameter.default is parameter.empty
    default = None if required else json_default(parameter.default)
    fields: dict[str, object] = {
        "name": parameter.name,
        "default": default,
        "required": required,
        "help": PHRASES.get(parameter.name, said),
    }
    fields |= _by_default(default)
    fields |= fields_by_name(parameter.name)
    fields |= _by_dimension(parameter.name, layer, fields)
    fields["nullable"] = (default is None and not required) or bool(fields.get("nullable"))
    fields |= entry.params.get(parameter.name, {})
    fields |= _named(fields, default, names)
    fields["basic"] = bool(fields["required"]) or bool(fields.get("basic"))
    fields["start"] = _start(parameter.name, fields, entry)
    return ParamSpec.model_validate(fields)


def _start(name: str, fields: Mapping[str, object], entry: Entry) -> object:
    """The overlay's word first; the rules' only where something must be given."""
    return entry.start.get(name, fields.get("start") if fields["required"] else None)


def _by_default(default: JsonValue) -> dict[str, object]:
    if isinstance(default, bool):
        return {"kind": "bool"}
    if isinstance(default, int):
        return {"kind": "int"}
    if isinstance(default, float):
        return {"kind": "float"}
    return {"kind": "text"} if isinstance(default, str) or default is None else {"kind": "json"}


def _by_dimension(name: str, layer: str, fields: Mapping[str, object]) -> dict[str, object]:
    """1D, 2D and 3D layers take as many numbers; cropping and zero padding take margins."""
    match = re.search(r"([123])D", layer)
    dimensions = int(match.group(1)) if match else None
    if re.match("ZeroPadding|Cropping", layer) and name in ("padding", "cropping"):
        return {
            **_MARGINS,
            "length": dimensions,
            "help": PHRASES["cropping"].replace("cut off", _VERBS[name]),
        }
    if name == "padding":
        return {"kind": "choice", "choices": ("valid", "same"), "basic": True}
    if fields.get("kind") == "ints" and dimensions and name not in ("axis", "axes", "dims"):
        return {"length": dimensions}
    if name in ("axis", "axes") and layer in ("BatchNormalization", "GroupNormalization", "Concatenate"):
        return {"kind": "int"}
    return {}


def _named(
    fields: Mapping[str, object], default: JsonValue, names: Mapping[str, tuple[str, ...]]
) -> dict[str, object]:
    """Names to choose from, and Keras' default under the name that is listed."""
    group = str(fields.get("group") or "")
    if fields.get("kind") != "choice" or not group:
        return {}
    return {"choices": names[group], "default": "zeros" if default == "Zeros" else default}


def _primary(objects: tuple[ObjectSpec, ...], group: str) -> tuple[str, ...]:
    return tuple(spec.names[0] for spec in objects if spec.group == group and spec.names)
