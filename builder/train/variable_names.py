"""Which variable of one model is which of another? By the nodes it belongs to, never by Keras' counted names.

`hidden:0` is the first variable of the layer `hidden`; what lies inside a layer is counted: `memory/0:1`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


def model_names(model: "keras.Model") -> list[str]:
    """A name for each of `model.variables`, in order; states of seed generators end with `:seed` and a number."""
    known: dict[int, str] = {}
    for name, variable in _walk(model, ""):
        known.setdefault(id(variable), name)
    return [known.get(id(variable), variable.path) for variable in model.variables]


def slot_names(model: "keras.Model") -> list[str]:
    """A name for each of `model.optimizer.variables`, in order: `momentum of hidden:0`, or its own (`iteration`)."""
    names = dict(zip(map(id, model.variables), model_names(model), strict=True))
    trained = {weight.path.replace("/", "_"): names[id(weight)] for weight in model.trainable_variables}
    frozen = {weight.path.replace("/", "_"): names[id(weight)] for weight in model.non_trainable_weights}
    return [
        _slot(variable.path.rpartition("/")[2], frozen | trained) for variable in model.optimizer.variables
    ]


def _slot(flat: str, weights: dict[str, str]) -> str:
    """The longest path that the slot's begins with is its weight's: one layer's name may begin another's."""
    owners = [path for path in weights if flat.startswith(f"{path}_")]
    if not owners:
        return flat
    owner = max(owners, key=len)
    return f"{flat.removeprefix(f'{owner}_')} of {weights[owner]}"


def _walk(layer: Any, path: str) -> Iterator[tuple[str, Any]]:
    import keras

    own = [*layer._trainable_variables, *layer._non_trainable_variables]
    yield from ((f"{path}:{index}", variable) for index, variable in enumerate(own))
    yield from ((f"{path}:seed{index}", seeds.state) for index, seeds in enumerate(layer._seed_generators))
    for index, inner in enumerate(layer._layers):
        name = inner.name if isinstance(layer, keras.Model) else str(index)
        yield from _walk(inner, f"{path}/{name}" if path else name)
