"""What is known about a layer of this name? Reads `catalog.json`, never Keras."""

import difflib
from functools import cache
from pathlib import Path

from builder.catalog.spec import Catalog, LayerSpec, ObjectSpec

FILE = Path(__file__).with_name("catalog.json")
LONGEST_NAME = 100


@cache
def catalog() -> Catalog:
    """All that is offered; read once."""
    return Catalog.model_validate_json(FILE.read_bytes())


def layer(type_name: str) -> LayerSpec | None:
    """The layer or operation of this name or alias (`MaxPool2D`), or None."""
    return _by_name().get(type_name)


def nearest(type_name: str) -> str | None:
    """The name that was probably meant, case aside, or None."""
    names = {name.lower(): spec.type for name, spec in _by_name().items()}
    close = difflib.get_close_matches(type_name[:LONGEST_NAME].lower(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def named_object(group: str, name: str) -> ObjectSpec | None:
    """The object of a closed set (initializer, regularizer …) by its type or by one of its names, or None."""
    return _objects().get((group, name))


@cache
def _by_name() -> dict[str, LayerSpec]:
    layers = catalog().layers
    aliases = {alias: spec for spec in layers for alias in spec.aliases}
    return aliases | {spec.type: spec for spec in layers}


@cache
def _objects() -> dict[tuple[str, str], ObjectSpec]:
    return {(spec.group, name): spec for spec in catalog().objects for name in (spec.type, *spec.names)}
