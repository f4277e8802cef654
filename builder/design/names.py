"""What is a new node called? Like Keras calls it: `dense`, then `dense_1`, `dense_2` …"""

import re
from collections.abc import Container


def snake(type_name: str) -> str:
    """The Keras way of naming a layer after its class: `MaxPooling2D` gives `max_pooling2d`.

    `ops.add` gives `add`.
    """
    name = type_name.rpartition(".")[2]
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower() or "layer"


def fresh_id(wanted: str, taken: Container[str]) -> str:
    """`wanted` if it is free, else its stem with the first free number from 1."""
    if wanted not in taken:
        return wanted
    stem = re.sub(r"_\d+$", "", wanted) or wanted
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"
