"""Which ready blocks can be put into a drawing? Each is a small network that fits itself to the shape that comes in.

One file a block in `blocks/`. Numbers there may be written "$channels", "$channels/4", "$steps*2" or "$height%2": they
are worked out from the shape, by `resolved` here and in the canvas by design/blocks.ts; both pass
tests/project/block_values.json.
"""

import re
from functools import cache
from pathlib import Path
from typing import cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from builder.design.document import Design, Node, Params
from builder.design.edits import SetParams
from builder.errors import EditRefused, NotFound

FOLDER = Path(__file__).with_name("blocks")

Sizes = tuple[int | None, ...]
"""Sizes of one sample, without the batch; None: any length."""


class Example(BaseModel):
    """What a block does to a usual input."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: tuple[Sizes, ...]
    output: Sizes


class Block(BaseModel):
    """A ready block as it is offered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """File name without its ending, and what a node made of it is called."""
    title: str
    summary: str
    """One line in plain words."""
    keywords: tuple[str, ...] = ()
    """What people also call it, in small letters."""
    rank: int = Field(ge=2, le=5)
    """Axes that must come in, batch included: 4 for images, 3 for series."""
    example: Example
    graph: Design
    """The network, with values that are still to be worked out."""


@cache
def ready_blocks() -> tuple[Block, ...]:
    """All ready blocks by title."""
    found = (Block.model_validate_json(file.read_bytes()) for file in sorted(FOLDER.glob("*.json")))
    return tuple(sorted(found, key=lambda block: block.title))


def ready_block(name: str) -> Block:
    """The block of this name.

    Raises:
        NotFound: There is none.
    """
    for block in ready_blocks():
        if block.name == name:
            return block
    raise NotFound(
        f"There is no block {name[:80]}.", f"There is: {', '.join(b.name for b in ready_blocks())}."
    )


def resolved(block: Block, shape: Sizes) -> Design:
    """The network of a block for what comes in.

    Raises:
        EditRefused: Another number of axes is needed, or a length that is not known.
    """
    if len(shape) + 1 != block.rank:
        raise EditRefused(
            f"{block.title} needs {_KINDS[block.rank - 1]};",
            f"{_KINDS.get(len(shape), 'others')} come in here.",
        )
    return block.graph.model_copy(
        update={"nodes": tuple(_node(node, block.title, shape) for node in block.graph.nodes)}
    )


_KINDS = {0: "single values", 1: "rows of numbers", 2: "sequences", 3: "images", 4: "volumes"}


def refitted(block: Block, graph: Design, shape: Sizes) -> tuple[SetParams, ...]:
    """What must be set in a network that was made of the block, so that it takes another shape.

    Only numbers that follow from the shape are set, and only where the layer that holds them is still drawn.

    Raises:
        EditRefused: As `resolved`.
    """
    wanted = resolved(block, shape)
    return tuple(
        SetParams(id=after.id, params=params)
        for written, after in zip(block.graph.nodes, wanted.nodes, strict=True)
        if (here := graph.node(after.id)) is not None and here.type == after.type
        if (params := _following(written, after, here))
    )


def _following(written: Node, after: Node, here: Node) -> Params:
    return {
        name: now
        for name, now in after.params.items()
        if written.params[name] != now and here.params.get(name) != now
    }


def _node(node: Node, title: str, shape: Sizes) -> Node:
    params = {name: value(written, title, shape) for name, written in node.params.items()}
    return node.model_copy(update={"params": params})


_NUMBER = re.compile(r"^\$(channels|features|steps|height|width)(?:([*/%])([0-9]+))?$")
_AXES = {"channels": -1, "features": -1, "steps": 0, "height": 0, "width": 1}


def value(written: JsonValue, title: str, shape: Sizes) -> JsonValue:
    """What a written value stands for: itself, the shape, or a number worked out from an axis of it.

    A share is rounded down and at least 1.

    Raises:
        EditRefused: The axis has any length.
    """
    if written == "$shape":
        return list(shape)
    if isinstance(written, list):
        return [value(part, title, shape) for part in written]
    match = _NUMBER.match(written) if isinstance(written, str) else None
    if match is None:
        return written
    axis, sign, by = match.groups()
    size = shape[_AXES[axis]]
    if size is None:
        raise EditRefused(f"{title} needs to know how many {_MANY[axis]} come in;", "any number may.")
    return _worked_out(size, sign, int(by or 1))


_MANY = {
    "channels": "channels",
    "features": "features",
    "steps": "steps",
    "height": "rows",
    "width": "columns",
}


def _worked_out(size: int, sign: str | None, by: int) -> int:
    if sign == "%":
        return size % by
    return max(1, size // by) if sign == "/" else size * by


def served() -> list[dict[str, JsonValue]]:
    """The blocks as the canvas reads them."""
    return [cast("dict[str, JsonValue]", block.model_dump(mode="json")) for block in ready_blocks()]
