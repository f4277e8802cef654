"""Which Keras module does a layer live in, and in which colour is it drawn?"""

from builder.catalog.spec import Family

CATEGORIES = (
    "core", "convolutional", "pooling", "activation", "normalization", "regularization", "reshaping", "merging", "rnn",
    "attention", "preprocessing", "ops",
)  # fmt: skip
"""In the order of the palette."""
_RENAMED = {"activations": "activation"}
_FAMILIES: dict[str, Family] = {
    "core": "core",
    "convolutional": "conv",
    "pooling": "shape",
    "activation": "bend",
    "normalization": "steady",
    "regularization": "steady",
    "reshaping": "shape",
    "merging": "merge",
    "rnn": "recur",
    "attention": "attend",
    "preprocessing": "io",
    "ops": "merge",
}


def category(cls: type) -> str:
    """Keras' module family of a layer class, such as convolutional; empty for classes outside a family."""
    parts = cls.__module__.split(".")
    name = parts[3] if parts[:3] == ["keras", "src", "layers"] and len(parts) > 4 else ""
    return _RENAMED.get(name, name)


def family(type_name: str, category_name: str) -> Family:
    """Colour family on the canvas; inputs are drawn like preparation, whatever module they live in."""
    return "io" if type_name == "InputLayer" else _FAMILIES[category_name]
