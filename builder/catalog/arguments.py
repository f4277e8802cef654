"""Can a layer be made with these arguments? Judged without Keras, one clear issue for each argument that is wrong.

What depends on the input (shapes) is not judged here. No value makes these functions fail.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from builder.catalog import limits
from builder.catalog.faults import Fault, guess
from builder.catalog.lookup import catalog, layer, named_object
from builder.catalog.relations import relation_faults
from builder.catalog.spec import LayerSpec, ObjectSpec, ParamSpec
from builder.catalog.values import value_fault
from builder.catalog.words import clipped, either, shown
from builder.issues import Issue, IssueCode

Faults = list[tuple[str | None, Fault]]
"""What is wrong, by argument."""


def check_arguments(spec: LayerSpec, params: Mapping[str, object], node_id: str) -> list[Issue]:
    """What is wrong with a node's arguments: unknown, missing, wrong or too large ones, one issue each.

    Args:
        spec: The layer that the node is of.
        params: Constructor arguments as the document holds them; for an operation, its `args` without tensors.
        node_id: The node that the issues name.
    """
    if spec.category == "ops":
        return check_call_arguments(spec, params, node_id)
    return _issues(_layer_faults(spec, params, 0), node_id)


def check_call_arguments(spec: LayerSpec, args: Mapping[str, object], node_id: str) -> list[Issue]:
    """The same for a node's `args`: arguments of the call of a layer or operation that are not tensors."""
    return _issues(_faults(spec.type, spec.args, (), args, 0), node_id)


def _issues(faults: Faults, node_id: str) -> list[Issue]:
    return [
        Issue(code=fault.code, node=node_id, argument=argument, message=fault.message, fix=fault.fix)
        for argument, fault in faults
    ]


def _layer_faults(spec: LayerSpec, params: object, depth: int) -> Faults:
    faults = _faults(spec.type, spec.params, _common(spec), params, depth)
    if faults or not isinstance(params, Mapping):
        return faults
    return list(relation_faults(spec, params))


def _common(spec: LayerSpec) -> tuple[ParamSpec, ...]:
    own = {param.name for param in spec.params}
    common = (param for param in catalog().common if param.name not in own)
    return tuple(common) if _may_hold_whole(spec) else tuple(_decimal(param) for param in common)


def _may_hold_whole(spec: LayerSpec) -> bool:
    """Weights cannot be drawn as whole numbers; layers that only move or count values can work on them."""
    return not spec.trainable and (spec.dtype != "float" or spec.category == "preprocessing")


def _decimal(param: ParamSpec) -> ParamSpec:
    return param.model_copy(
        update={"choices": tuple(name for name in param.choices if not name.startswith("int"))}
    )


def _faults(
    owner: str, specs: tuple[ParamSpec, ...], common: tuple[ParamSpec, ...], params: object, depth: int
) -> Faults:
    if not isinstance(params, Mapping):
        return [(None, Fault(f"{owner} needs its arguments as an object; it has {shown(params)}."))]
    known = {spec.name: spec for spec in (*specs, *common)}
    strangers = islice((name for name in params if name not in known), limits.MOST_STRANGERS)
    faults: Faults = [_unknown(owner, name, tuple(known)) for name in strangers]
    faults += [
        (name, _missing(owner, spec)) for name, spec in known.items() if spec.required and name not in params
    ]
    judged = ((name, _fault(known[name], value, depth)) for name, value in params.items() if name in known)
    return faults + [(name, fault) for name, fault in judged if fault]


def _unknown(owner: str, name: object, known: tuple[str, ...]) -> tuple[str | None, Fault]:
    if name == "name":
        return "name", Fault(f"{owner} takes its name from the node.", "Rename the node instead.")
    text = clipped(str(name)) if isinstance(name, str) else "without a name"
    return text, Fault(f"{owner} has no argument {text}.", guess(name, known))


def _missing(owner: str, spec: ParamSpec) -> Fault:
    fix = None if spec.start is None else f"Set it, for example to {shown(spec.start)}."
    return Fault(f"{spec.name} is missing; {owner} cannot do without it.", fix, IssueCode.MISSING_ARGUMENT)


def _fault(spec: ParamSpec, value: object, depth: int) -> Fault | None:
    if value is None or not spec.group:
        return value_fault(spec, value)
    if spec.group == "cells":
        return _cells_fault(spec, value, depth)
    if isinstance(value, Mapping) and spec.group != "activation":
        return _object_fault(spec, value, depth)
    if spec.kind == "choice":
        return _name_fault(spec, value)
    return Fault(f"{spec.name} must be an object with type and params; it is {shown(value)}.")


def _cells_fault(spec: ParamSpec, value: object, depth: int) -> Fault | None:
    if not isinstance(value, list | tuple) or not 0 < len(value) <= limits.MOST_CELLS:
        return Fault(f"{spec.name} must be a list of 1 to {limits.MOST_CELLS} cells; it is {shown(value)}.")
    one = spec.model_copy(update={"group": "cell"})
    return next((fault for cell in value if (fault := _fault(one, cell, depth))), None)


def _name_fault(spec: ParamSpec, value: object) -> Fault | None:
    """Keras reads several spellings of a name (`GlorotUniform`, `glorot_uniform`); all of them are fine."""
    found = named_object(spec.group, value) if isinstance(value, str) else None
    if found and value in found.names:
        return None
    return Fault(_wanted(spec, value), guess(value, spec.choices))


def _object_fault(spec: ParamSpec, value: Mapping[str, object], depth: int) -> Fault | None:
    kind, params = value.get("type"), value.get("params", {})
    if kind == "Model" and spec.holds == "network":
        return _network_fault(spec, value)
    if depth >= limits.DEEPEST:
        return Fault(
            f"{spec.name} is nested more than {limits.DEEPEST} levels deep.", None, IssueCode.TOO_LARGE
        )
    if not isinstance(kind, str) or set(value) - {"type", "params"}:
        return Fault(f"{spec.name} must be an object with type and params, and nothing else.")
    faults = _inner_faults(spec, kind, params, depth + 1)
    return _of(spec, faults[0][1]) if faults else None


def _network_fault(spec: ParamSpec, value: Mapping[str, object]) -> Fault | None:
    """Only whether a network is given at all; what is drawn in it is judged like any drawing."""
    if isinstance(value.get("graph"), Mapping) and set(value) == {"type", "graph"}:
        return None
    return Fault(f"{spec.name} must be a network with its graph.", "Draw it, or choose a layer.")


def _inner_faults(spec: ParamSpec, kind: str, params: object, depth: int) -> Faults:
    if spec.group == "layer":
        inner = layer(kind) if kind in spec.choices else None
        return (
            _layer_faults(inner, params, depth) if inner else [(None, _not_allowed(spec, kind, spec.choices))]
        )
    found = named_object(spec.group, kind)
    if found is None or found.type != kind:
        return [(None, _not_allowed(spec, kind, _types(spec.group)))]
    return _faults(found.type, found.params, _object_common(found), params, depth)


def _object_common(found: ObjectSpec) -> tuple[ParamSpec, ...]:
    return catalog().common if found.group == "cell" else ()


def _not_allowed(spec: ParamSpec, kind: str, types: Iterable[str]) -> Fault:
    return Fault(f"a {clipped(kind)} cannot stand here.", guess(kind, tuple(types)))


def _of(spec: ParamSpec, fault: Fault) -> Fault:
    return Fault(f"In {spec.name}: {fault.message}", fault.fix, fault.code)


def _types(group: str) -> tuple[str, ...]:
    return tuple(spec.type for spec in catalog().objects if spec.group == group)


def _wanted(spec: ParamSpec, value: object) -> str:
    few = len(spec.choices) <= 5
    noun = either(spec.choices) if few else f"the name of an {spec.group}"
    return f"{spec.name} must be {noun}; it is {shown(value)}."
