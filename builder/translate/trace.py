"""What does Keras say about one call? The layer is made and called in the ghost scope; nothing is allocated."""

import inspect
import json
import re
from collections.abc import Callable, Hashable, Mapping
from math import prod
from typing import Any, TypeVar

import numpy as np
from pydantic import JsonValue

from builder.catalog.spec import LayerSpec
from builder.errors import Faulty
from builder.translate import indexing, objects
from builder.translate.faults import Refusal
from builder.translate.ghost_scope import ghost_scope
from builder.translate.outcomes import Outcome, WeightArray, Weights
from builder.translate.plan import Kind, Step
from builder.translate.sizing import activations, reach
from builder.translate.sizing.call import Call
from builder.translate.sizing.flops import flops
from builder.translate.specs import Spec, SpecTree, keras_tree, specs_of

Figure = TypeVar("Figure")
Incoming = tuple[tuple[str, SpecTree], ...]
"""Argument name and specs, in the order of the ports."""


FEW = 12
"""Rows in a thorough rehearsal: some layers write out a loop over them."""
ANNOUNCED = "Announced:"
"""Another shape comes out than Keras announces."""
WITHIN = "Within:"
"""A network inside an argument has faults of its own."""


_REHEARSED = frozenset({"EinsumDense", "HashedCrossing", "TextVectorization", "STFTSpectrogram"})
"""Layers whose symbolic call lets wrong shapes pass; the rank and kind that the catalogue demands do not tell them."""
BATCH = 55_440
"""Rows in a rehearsal: with an unknown number, a product of (rows, 6) and (rows, 6) goes through. No layer is as long,
and it can be dealt into groups of nearly any size, as a reshape may want. Nothing is allocated."""


def key(step: Step, incoming: Incoming, built_on: Incoming | None) -> Hashable:
    """All that the outcome of a call depends on."""
    holder = step.holder
    params = json.dumps(holder.params, sort_keys=True)
    return holder.type, params, json.dumps(step.node.args, sort_keys=True), incoming, built_on


def outcome(step: Step, incoming: Incoming, built_on: Incoming | None, thorough: bool = False) -> Outcome:
    """What comes of the call; whatever Keras raises becomes a refusal.

    Args:
        built_on: What the layer was called with first, where this is another call of it.
        thorough: Trace the call as a graph too, as it is run in training.
    """
    try:
        with ghost_scope():
            return (
                _operation(step, incoming)
                if step.kind is Kind.OPERATION
                else _layer(step, incoming, built_on, thorough)
            )
    except Exception as error:
        return Outcome(refusal=_refusal(step, error))


def _operation(step: Step, incoming: Incoming) -> Outcome:
    outputs = specs_of(call_operation(step, {name: keras_tree(tree) for name, tree in incoming}))
    _rehearse(lambda tensors: call_operation(step, tensors), incoming)
    return _measured(step, None, incoming, outputs)


def call_operation(step: Step, tensors: Mapping[str, Any]) -> Any:
    """The result of a `keras.ops` function on these tensors and the node's constant arguments."""
    import keras

    name = step.holder.type.removeprefix("ops.")
    ports = {port.name for port in step.spec.inputs} if step.spec else set()
    constants: dict[str, Any] = {
        arg: np.asarray(value, "float32") if arg in ports and isinstance(value, list) else value
        for arg, value in step.node.args.items()
    }
    if name == "get_item" and isinstance(constants.get("key"), str):
        return tensors["x"][indexing.parsed(constants["key"])]
    return getattr(keras.ops, name)(**tensors, **constants)


def _layer(step: Step, incoming: Incoming, built_on: Incoming | None, thorough: bool) -> Outcome:
    spec = step.spec
    if spec is None:
        raise ValueError("a nested network is not a layer")
    layer = objects.layer(spec, step.holder.params, "layer", _assemble)
    if step.kind is Kind.INPUT:
        return _measured(step, layer, (), specs_of(layer.output))
    if built_on is not None:
        call_layer(layer, {name: keras_tree(tree) for name, tree in built_on}, {})
    outputs = specs_of(call_layer(layer, {name: keras_tree(tree) for name, tree in incoming}, step.node.args))
    if "_initializer" in json.dumps(step.holder.params):
        _initialize(layer)
    if "Orthogonal" in json.dumps(step.holder.params) or "orthogonal" in json.dumps(step.holder.params):
        _regularize(layer, outputs)
    if (
        thorough
        or spec.type in _REHEARSED
        or _has_optional(spec, {**step.holder.params, **step.node.args}, incoming)
        or built_on is not None
    ):
        mode = {"training": True} if thorough and _knows_training(layer) else {}
        rows = BATCH if spec.type in _REHEARSED else FEW
        ran = _rehearse(
            lambda tensors: call_layer(layer, tensors, {**step.node.args, **mode}), incoming, rows
        )
        if spec.type not in _REHEARSED:
            _compare(outputs, ran)
    return _measured(step, layer, incoming, outputs)


def _measured(step: Step, layer: Any, incoming: Incoming, outputs: tuple[Spec, ...]) -> Outcome:
    """What the call holds and costs."""
    tensors = {name: tuple(_flat(tree)) for name, tree in incoming}
    category = step.spec.category if step.spec else ""
    call = Call(step.spec.type if step.spec else "", category, layer, tensors, outputs, step.node.args)
    arrays = () if layer is None else _arrays(layer)
    kept = _figure(activations.elements, call, None)
    unseen: reach.Reach = reach.Look.UNKNOWN
    return Outcome(
        outputs,
        _held(arrays),
        _figure(flops, call, None),
        kept_bytes=None if kept is None else kept * bytes_of(outputs[0].dtype if outputs else "float32"),
        arrays=arrays,
        reach=_figure(reach.reach, call, unseen),
    )


def _figure(work: Callable[[Call], Figure], call: Call, unknown: Figure) -> Figure:
    """What cannot be worked out is unknown: a figure never makes a sound layer a fault."""
    try:
        return work(call)
    except Exception:
        return unknown


def _initialize(layer: Any) -> None:
    """Every weight begun as a graph without numbers: a ghost never asks its initializer, and some make tables only."""
    import keras

    for weight in layer.weights:
        begin = getattr(weight, "_initializer", None)
        if callable(begin):
            shape, dtype = tuple(weight.shape), weight.dtype
            keras.src.backend.compute_output_spec(lambda begin=begin, s=shape, d=dtype: begin(s, dtype=d))


def _regularize(layer: Any, outputs: tuple[Spec, ...]) -> None:
    """Only tables have rows and columns that can be at right angles.

    Raises:
        ValueError: Something else is to be regularized like that; Keras says so in training only.
    """
    import keras

    wanted = keras.regularizers.OrthogonalRegularizer
    held = [weight for weight in layer.weights if isinstance(getattr(weight, "regularizer", None), wanted)]
    ranks = [len(weight.shape) for weight in held]
    if isinstance(getattr(layer, "activity_regularizer", None), wanted):
        ranks += [len(spec.shape) for spec in outputs]
    if any(rank != 2 for rank in ranks):
        raise ValueError("Inputs to OrthogonalRegularizer must have rank 2.")


def _has_optional(spec: LayerSpec, params: Mapping[str, JsonValue], incoming: Incoming) -> bool:
    """Masks, first states, axes and scores of attention: Keras' symbolic call does not look at them."""
    whole = any("int" in each.dtype for _, tree in incoming for each in _flat(tree))
    if whole and (spec.type == "Activation" or params.get("normalize")):
        return True  # many activations are for decimal numbers only, and so is the norm in Dot
    if params.keys() & {"attention_axes", "sliding_window", "return_attention_scores"}:
        return True
    optional = {port.name for port in spec.inputs if port.optional}
    return any(name in optional and name != "key" for name, _ in incoming)


def _knows_training(layer: Any) -> bool:
    return "training" in inspect.signature(layer.call).parameters


def _compare(announced: tuple[Spec, ...], ran: tuple[Spec, ...]) -> None:
    """What comes out of the graph is what was announced, wherever both lengths are known.

    Raises:
        ValueError: It is not.
    """
    for said, found in zip(announced, ran, strict=False):
        pairs = zip(said.sample, found.sample, strict=False)
        if len(said.shape) != len(found.shape) or any(
            None not in pair and pair[0] != pair[1] for pair in pairs
        ):
            raise ValueError(f"{ANNOUNCED} {said.words} but {found.words}")


def _rehearse(
    call: Callable[[dict[str, Any]], Any], incoming: Incoming, rows: int = BATCH
) -> tuple[Spec, ...]:
    """Runs the call as a graph without numbers, which finds what Keras' symbolic call does not (2 ms)."""
    import keras

    concrete = {name: keras_tree(tree, rows) for name, tree in incoming}
    return specs_of(keras.src.backend.compute_output_spec(lambda **tensors: call(tensors), **concrete))


def _flat(tree: Any) -> list[Spec]:
    if isinstance(tree, Spec):
        return [tree]
    return [spec for part in tree for spec in _flat(part)] if isinstance(tree, tuple) else []


def call_layer(layer: Any, tensors: Mapping[str, Any], constants: Mapping[str, JsonValue]) -> Any:
    """The layer called with its first tensor argument by position and everything else by name."""
    first, *rest = tensors
    return layer(tensors[first], **{name: tensors[name] for name in rest}, **constants)


def _arrays(layer: Any) -> tuple[WeightArray, ...]:
    """The weights of a built layer or model, each once; named as in Keras, without the layer's own name in front."""
    import keras

    trained = {id(weight) for weight in layer.trainable_weights}
    return tuple(
        WeightArray(
            weight.path.partition("/")[2] or weight.name,
            tuple(weight.shape),
            keras.backend.standardize_dtype(weight.dtype),
            id(weight) in trained,
        )
        for weight in layer.weights
    )


def _held(arrays: tuple[WeightArray, ...]) -> Weights:
    """Counts of these weights."""
    sized = [(array, array.count, array.count * bytes_of(array.dtype)) for array in arrays]
    return Weights(
        params=sum(count for _, count, _ in sized),
        trainable=sum(count for array, count, _ in sized if array.trainable),
        size_bytes=sum(size for *_, size in sized),
        trainable_bytes=sum(size for array, _, size in sized if array.trainable),
        largest_bytes=max((size for array, _, size in sized if array.trainable), default=0),
    )


def row_bytes(spec: Spec) -> int | None:
    """Bytes of one row of this tensor; None: a length is unknown."""
    known = [dim for dim in spec.sample if dim is not None]
    return prod(known) * bytes_of(spec.dtype) if len(known) == len(spec.sample) else None


def bytes_of(dtype: str) -> int:
    """Bytes of one number; 1 where the name does not tell."""
    bits = re.search(r"\d+$", dtype.replace("float8_e4m3fn", "float8").replace("float8_e5m2", "float8"))
    return max(1, int(bits.group()) // 8) if bits else 1


def _assemble(design: Any) -> Any:
    """A network within an argument; unsound ones are refused in words."""
    from builder.translate.keras_model import assemble_design, checked

    checked(design)
    return assemble_design(design)


def _refusal(step: Step, error: Exception) -> Refusal:
    """Keras' words, and the argument without which it would have gone through."""
    if isinstance(error, Faulty):
        return Refusal(f"{WITHIN} {error.issues[0].message}", making=False)
    said = _said(error)
    if step.kind is Kind.OPERATION or step.spec is None:
        return Refusal(said, making=False)
    if _makes(step, dict(step.holder.params)):
        return Refusal(said, making=False)
    return Refusal(said, making=True, culprit=_culprit(step))


def _said(error: Exception) -> str:
    """The message without colour codes and Keras' list of arguments."""
    text = re.sub(r"\x1b\[\d+m", "", f"{error}")
    text = re.sub(r"^Exception encountered when calling \S+\s+", "", text)
    return f"{type(error).__name__}: {text.partition('Arguments received by')[0].strip()}"[:2000]


def _makes(step: Step, params: dict[str, JsonValue]) -> bool:
    try:
        with ghost_scope():
            if step.spec is not None:
                objects.layer(step.spec, params, "layer", _assemble)
    except Exception:
        return False
    return True


def _culprit(step: Step) -> str | None:
    params = step.holder.params
    for name in params:
        if _makes(step, {other: value for other, value in params.items() if other != name}):
            return name
    return next(iter(params)) if len(params) == 1 else None
