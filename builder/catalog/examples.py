"""What does a layer, just dropped, do to a usual input? Asked of Keras when the catalogue is derived."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from builder.catalog.spec import ExampleSpec, LayerSpec

Shape = tuple[int | None, ...]
USUAL: Mapping[int, Shape] = {
    1: (),
    2: (64,),
    3: (20, 16),
    4: (8, 8, 16),
    5: (4, 8, 8, 16),
    6: (5, 4, 8, 8, 16),
}
"""By rank with batch: a row, a sequence, a small image, a volume, a series of volumes."""
PICTURE: Shape = (32, 32, 3)
INPUTS: Mapping[str, tuple[Shape, ...]] = {
    "EinsumDense": ((64,),),
    "Embedding": ((20,),),
    "ReversibleEmbedding": ((20,),),
    "Masking": ((20, 16),),
    "Activation": ((64,),),
    "BatchNormalization": ((8, 8, 16),),
    "LayerNormalization": ((20, 16),),
    "GroupNormalization": ((8, 8, 16),),
    "RMSNormalization": ((20, 16),),
    "SpectralNormalization": ((64,),),
    "Flatten": ((8, 8, 16),),
    "Reshape": ((8, 8, 16),),
    "Permute": ((20, 16),),
    "Concatenate": ((8, 8, 16), (8, 8, 32)),
    "Add": ((8, 8, 16), (8, 8, 16)),
    "Dot": ((64,), (64,)),
    "Bidirectional": ((20, 16),),
    "TimeDistributed": ((20, 16),),
    "RNN": ((20, 16),),
    "Rescaling": (PICTURE,),
    "Normalization": ((8,),),
    "Discretization": ((8,),),
    "CategoryEncoding": ((3,),),
    "Hashing": ((3,),),
    "HashedCrossing": ((1,), (1,)),
    "IntegerLookup": ((3,),),
    "StringLookup": ((3,),),
    "TextVectorization": ((),),
    "STFTSpectrogram": ((256, 1),),
    "MelSpectrogram": ((16_000,),),
    "Resizing": ((48, 64, 3),),
    "ops.mean": ((20, 16),),
    "ops.sum": ((20, 16),),
    "ops.max": ((20, 16),),
    "ops.min": ((20, 16),),
    "ops.var": ((20, 16),),
    "ops.std": ((20, 16),),
    "ops.matmul": ((20, 16), (16, 8)),
    "ops.concatenate": ((20, 16), (20, 32)),
    "ops.stack": ((64,), (64,)),
    "ops.reshape": ((8,),),
    "ops.transpose": ((20, 16),),
    "ops.squeeze": ((20, 1),),
    "ops.get_item": ((20, 16),),
    "ops.expand_dims": ((64,),),
}
"""Where the smallest rank alone does not tell what is usual, or several inputs differ."""


def example(spec: LayerSpec) -> ExampleSpec | None:
    """Shapes of one row going in and coming out; None where Keras refuses the usual input.

    Args:
        spec: The layer, with the arguments of a node that has just been dropped.
    """
    import keras

    start = {param.name: param.start for param in spec.params if param.start is not None}
    if spec.type == "InputLayer":
        return ExampleSpec(inputs=(), output=tuple(start["shape"]))  # type: ignore[arg-type]
    shapes = _inputs(spec)
    tensors = [keras.KerasTensor((None, *shape), dtype=_dtype(spec)) for shape in shapes]
    try:
        output = keras.tree.flatten(_called(spec, start, tensors))[0]
    except Exception:  # a layer that a new Keras brings, for which no usual input is said yet
        return None
    return ExampleSpec(inputs=shapes, output=tuple(output.shape)[1:])


def _inputs(spec: LayerSpec) -> tuple[Shape, ...]:
    if spec.type in INPUTS:
        return INPUTS[spec.type]
    count = sum(2 if port.many else 1 for port in spec.inputs if not port.optional)
    is_picture = spec.category == "preprocessing" and spec.min_rank == 4
    return (PICTURE if is_picture else USUAL[max(spec.min_rank or 2, 2)],) * count


def _dtype(spec: LayerSpec) -> str:
    if spec.dtype == "string":
        return "string"
    return "int32" if spec.dtype == "int" or spec.type in ("Hashing", "HashedCrossing") else "float32"


def _called(spec: LayerSpec, start: Mapping[str, JsonValue], tensors: list[Any]) -> Any:
    import keras

    constants = {param.name: param.start for param in spec.args if param.start is not None}
    if spec.type == "ops.get_item":
        return tensors[0][:, 0]
    is_operation = spec.type.startswith("ops.")
    call = getattr(keras.ops, spec.type[4:]) if is_operation else _made(spec.type, start)
    return call(tensors, **constants) if spec.inputs[0].many else call(*tensors, **constants)


def _made(type_name: str, params: Mapping[str, JsonValue]) -> Any:
    """The layer, layers within it made first: a start value that is an object is always a layer or a cell."""
    import keras

    return getattr(keras.layers, type_name)(**{name: _value(value) for name, value in params.items()})


def _value(value: JsonValue) -> Any:
    if isinstance(value, list):
        return [_value(part) for part in value]
    if isinstance(value, dict):
        params = value.get("params")
        return _made(str(value["type"]), params if isinstance(params, dict) else {})
    return value
