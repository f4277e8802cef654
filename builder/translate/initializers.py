"""With which numbers do weights begin? In words, from the arguments as drawn and Keras' defaults. Pure."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from builder.catalog import lookup
from builder.catalog.spec import LayerSpec, ObjectSpec

_ENDING = "_initializer"


def initializer(
    spec: LayerSpec | ObjectSpec | None, params: Mapping[str, JsonValue], weights: Sequence[str]
) -> str:
    """`kernel glorot_uniform, bias zeros`; only for weights that the layer has.

    Args:
        spec: What the catalogue says about the layer.
        params: Its arguments as drawn.
        weights: Names of its arrays; none: there is nothing to begin with.
    """
    if spec is None or not weights:
        return ""
    held = params.get("layer") or params.get("cell")
    if isinstance(held, dict):
        return _of_held(held, weights)
    told = [(param.name, param.default) for param in spec.params if param.name.endswith(_ENDING)]
    said = [(name.removesuffix(_ENDING), _words(params.get(name, default))) for name, default in told]
    return ", ".join(f"{name} {words}" for name, words in said if words and _has(weights, name))


def _of_held(held: Mapping[str, JsonValue], weights: Sequence[str]) -> str:
    """Of the layer that a wrapper holds, or of the cell of an RNN."""
    name, params = str(held.get("type")), held.get("params")
    spec = lookup.layer(name) or lookup.named_object("cell", name)
    return initializer(spec, params if isinstance(params, dict) else {}, weights)


def _has(weights: Sequence[str], name: str) -> bool:
    """Whether one of the arrays is called so: `beta`, `moving_mean`, `query/kernel`."""
    names = [weight.rpartition("/")[2] for weight in weights]
    return any(name in weight or (name, weight) == ("depthwise", "kernel") for weight in names)


def _words(value: JsonValue) -> str:
    """`glorot_uniform`, or `RandomNormal(stddev=0.02)`."""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    params = value.get("params")
    given = params.items() if isinstance(params, dict) else ()
    said = ", ".join(f"{name}={argument}" for name, argument in given)
    return f"{value.get('type')}({said})" if said else str(value.get("type"))
