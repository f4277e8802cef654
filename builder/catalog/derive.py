"""Which layers does the installed Keras have, and what can each be given?

`python -m builder.catalog.derive` writes `catalog.json`; a test holds the file against the installed Keras.
Introspection finds classes, arguments and defaults; `rules` judge arguments by name; `overlay/` says by hand what
neither can know.
"""

import inspect
import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, JsonValue

from builder import discovery
from builder.catalog import docstrings, families, overlay
from builder.catalog.entry import Entries, Entry
from builder.catalog.examples import example
from builder.catalog.keywords import KEYWORDS
from builder.catalog.objects import objects
from builder.catalog.operations import operations
from builder.catalog.parameters import from_fields, parameters
from builder.catalog.spec import Catalog, LayerSpec, ObjectSpec, ParamSpec, PortSpec

FILE = Path(__file__).with_name("catalog.json")
LEFT_OUT = {
    "Lambda": "runs Python code from the document",
    "Wrapper": "abstract",
    "Pipeline": "a list of layers: draw them one after another",
    "SimpleRNNCell": "used inside RNN",
    "GRUCell": "used inside RNN",
    "LSTMCell": "used inside RNN",
    "StackedRNNCells": "used inside RNN",
    "Equalization": "drops out of a model: called on a symbolic tensor it hands back that very tensor (Keras 3.15)",
    "RandomCrop": "crops only while training: in use it hands on the whole image, and what follows breaks (Keras 3.15)",
    "MixUp": "needs labels beside the images",
    "CutMix": "needs labels beside the images",
    "MaxNumBoundingBoxes": "needs bounding boxes beside the images",
}
"""Classes that are not offered, and why. Layer, Flax, Jax, TFSM and Torch layers belong to no family and drop out."""
DTYPES = ("float32", "float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16", "int32", "int64")


def derive() -> Catalog:
    """The catalogue of the installed Keras; takes seconds, for it imports Keras."""
    import keras

    sets = objects()
    layers = tuple(map(_with_search, (*_layers(sets), *operations())))
    return Catalog(keras_version=keras.__version__, layers=layers, objects=sets, common=_common())


def _with_search(spec: LayerSpec) -> LayerSpec:
    """The layer with what a palette tells about it: other names, and what it does to a usual input."""
    return spec.model_copy(update={"keywords": KEYWORDS.get(spec.type, ()), "example": example(spec)})


def written(catalog: Catalog) -> str:
    """The catalogue as text: one line for each argument, defaults left out, always the same for the same catalogue."""
    parts = [
        f'"keras_version": {json.dumps(catalog.keras_version)}',
        f'"common": {_lines(catalog.common, "  ")}',
    ]
    for name, specs in (("layers", catalog.layers), ("objects", catalog.objects)):
        parts.append(f'"{name}": [\n' + ",\n".join(_block(spec) for spec in specs) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def entries() -> Entries:
    """What is said by hand, by type, from all files of `overlay/`."""
    files = discovery.constants(overlay, Entries)
    return Entries({name: entry for found in files.values() for name, entry in found.items()})


def offered() -> dict[str, type]:
    """The classes on offer by their public name: categories as in the palette, layers in the order of `overlay/`."""
    found: dict[type, list[str]] = {}
    for name, cls in _public_layers():
        if families.category(cls) in families.CATEGORIES and name not in LEFT_OUT:
            found.setdefault(cls, []).append(name)
    named = {_usual(cls, names): cls for cls, names in found.items()}
    described = list(entries())
    return {
        name: named[name] for name in sorted(named, key=lambda name: _place(name, named[name], described))
    }


def _place(name: str, cls: type, described: list[str]) -> tuple[int, int, str]:
    position = described.index(name) if name in described else len(described)
    return families.CATEGORIES.index(families.category(cls)), position, name


def _public_layers() -> Iterable[tuple[str, type]]:
    import keras

    for name, value in sorted(vars(keras.layers).items()):
        if inspect.isclass(value) and issubclass(value, keras.layers.Layer):
            yield name, value


def _usual(cls: type, names: list[str]) -> str:
    return cls.__name__ if cls.__name__ in names else names[0]


def _layers(sets: tuple[ObjectSpec, ...]) -> Iterable[LayerSpec]:
    by_hand = entries()
    aliases: dict[type, list[str]] = {}
    for name, cls in _public_layers():
        aliases.setdefault(cls, []).append(name)
    for name, cls in offered().items():
        others = tuple(alias for alias in aliases[cls] if alias != name)
        yield _layer(name, cls, others, by_hand.get(name, Entry(_fallback_summary(cls))), sets)


def _layer(
    name: str, cls: type, aliases: tuple[str, ...], entry: Entry, sets: tuple[ObjectSpec, ...]
) -> LayerSpec:
    category = families.category(cls)
    params = parameters(cls, name, entry, sets)
    return LayerSpec(
        type=name,
        aliases=aliases,
        category=category,
        family=families.family(name, category),
        summary=entry.summary,
        help=docstrings.opening(cls.__doc__ or "") or entry.summary + ".",
        inputs=entry.ports if entry.ports is not None else (PortSpec(name=_first_argument(cls)),),
        params=params,
        args=tuple(from_fields(arg, fields) for arg, fields in entry.args.items()),
        trainable=_trainable(params) if entry.trainable is None else entry.trainable,
        min_rank=entry.rank[0],
        max_rank=entry.rank[1],
        dtype=entry.dtype,
        takes_whole=entry.takes_whole,
        takes_bool=entry.takes_bool,
        channels=entry.channels,
        shortest=entry.shortest,
        takes_trainable=_takes(cls, "trainable"),
        output_names=entry.outputs,
        relations=entry.relations,
    )


def _first_argument(cls: type) -> str:
    call = getattr(cls, "call")  # noqa: B009
    return next(name for name in inspect.signature(call).parameters if name != "self")


def _takes(cls: type, name: str) -> bool:
    """Whether the constructor takes this argument by name or among others."""
    parameters_of = inspect.signature(cls).parameters
    return name in parameters_of or any(each.kind is each.VAR_KEYWORD for each in parameters_of.values())


def _trainable(params: tuple[ParamSpec, ...]) -> bool:
    return any(param.group == "initializer" for param in params)


def _fallback_summary(cls: type) -> str:
    """For a layer that a new Keras brings and nobody has described yet."""
    return docstrings.opening(cls.__doc__ or cls.__name__).split(".")[0][:59]


def _common() -> tuple[ParamSpec, ...]:
    return (
        ParamSpec(
            name="trainable", kind="bool", default=True, help="Whether training changes this layer's weights."
        ),
        ParamSpec(
            name="dtype",
            kind="choice",
            choices=DTYPES,
            nullable=True,
            help="Type of the numbers inside this layer.",
        ),
    )


def _block(spec: LayerSpec | ObjectSpec) -> str:
    lists = ("inputs", "params", "args")
    plain = spec.model_dump(mode="json", exclude=set(lists), exclude_defaults=True)
    lines = [
        f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()
    ]
    lines += [f'    "{key}": {_lines(getattr(spec, key), "    ")}' for key in lists if getattr(spec, key, ())]
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _lines(parts: Iterable[BaseModel], indent: str) -> str:
    rows = [f"{indent}  {json.dumps(_brief(part), ensure_ascii=False)}" for part in parts]
    return "[\n" + ",\n".join(rows) + f"\n{indent}]" if rows else "[]"


def _brief(part: BaseModel) -> dict[str, JsonValue]:
    """The fields that are not what they are by default."""
    brief: dict[str, JsonValue] = part.model_dump(mode="json", exclude_defaults=True)
    return brief


if __name__ == "__main__":
    FILE.write_text(written(derive()), encoding="utf-8")
