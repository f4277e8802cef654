"""What is called inside a call? The layer that a wrapper holds, the two of `Bidirectional`, the parts of a model."""

from collections.abc import Iterator
from typing import Any

from builder.catalog import lookup
from builder.translate.sizing.call import Call, size
from builder.translate.specs import Spec, specs_of

MODELS = frozenset({"Functional", "Sequential", "Model"})


def inner(call: Call) -> list[tuple[int, Call]]:
    """Calls inside a wrapper, each with how often it is made for one row; empty for a plain layer.

    Raises:
        UnknownLength: The number of time steps is open.
    """
    layer = call.layer
    if layer is None:
        return []
    if call.type == "TimeDistributed":
        return [(size(call.came[:1]), _of(layer.layer, _stepped(call.flat), _stepped(call.outputs)))]
    if hasattr(layer, "forward_layer"):
        halves = (layer.forward_layer, layer.backward_layer)
        return [(1, _of(half, call.flat, call.outputs)) for half in halves]
    if type(layer).__name__ in MODELS:
        return [(1, part) for part in _parts(layer)]
    return [(1, _of(layer.layer, call.flat, call.outputs))] if hasattr(layer, "layer") else []


def _stepped(specs: tuple[Spec, ...]) -> tuple[Spec, ...]:
    """One time step of each: (batch, time, …) becomes (batch, …)."""
    return tuple(Spec((None, *spec.shape[2:]), spec.dtype) for spec in specs)


def _of(layer: Any, incoming: tuple[Spec, ...], outputs: tuple[Spec, ...]) -> Call:
    name = type(layer).__name__
    known = lookup.layer(name)
    return Call(
        known.type if known else name, known.category if known else "", layer, {"inputs": incoming}, outputs
    )


def _parts(model: Any) -> Iterator[Call]:
    """Every call in a functional model; its inputs are none."""
    functional = getattr(model, "_functional", None) or model
    for nodes in getattr(functional, "_nodes_by_depth", {}).values():
        for node in nodes:
            if type(node.operation).__name__ != "InputLayer":
                yield _part(node)


def _part(node: Any) -> Call:
    operation, incoming = node.operation, specs_of(node.input_tensors)
    outputs = specs_of(node.outputs)
    if hasattr(operation, "weights"):
        return _of(operation, incoming, outputs)
    name = f"ops.{_snake(type(operation).__name__)}"
    return Call(name, "ops", None, {"x": incoming}, outputs)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
