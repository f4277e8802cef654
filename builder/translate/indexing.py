"""How is a part of a tensor named? `":, 0"` is parsed into slices and numbers, and never evaluated."""

import re
from types import EllipsisType

Index = int | slice | EllipsisType | None
_INTEGER = re.compile(r"[+-]?\d{1,9}")
MAX_PARTS = 16


def parsed(key: str) -> tuple[Index, ...]:
    """The index that `key` writes: whole numbers, `a:b:c`, `...` and `None`, separated by commas.

    The first part belongs to the batch, as in `tensor[:, 0]`.

    Raises:
        ValueError: Anything else stands there; the message continues a sentence.
    """
    text = key.strip().removeprefix("[").removesuffix("]").removeprefix("(").removesuffix(")")
    parts = [part.strip() for part in text.strip().rstrip(",").split(",")]
    if len(parts) > MAX_PARTS:
        raise ValueError(f"at most {MAX_PARTS} parts are read")
    return tuple(_index(part) for part in parts)


def _index(part: str) -> Index:
    if part == "...":
        return ...
    if part == "None":
        return None
    if ":" in part:
        return _slice(part)
    return _integer(part)


def _slice(part: str) -> slice:
    ends = [None if not end.strip() else _integer(end.strip()) for end in part.split(":")]
    if len(ends) > 3:
        raise ValueError("a range has at most two colons")
    if len(ends) == 3 and ends[2] == 0:
        raise ValueError("the step of a range is not 0")
    return slice(*ends)


def _integer(part: str) -> int:
    if not _INTEGER.fullmatch(part):
        raise ValueError(f"{part[:20]!r} is no whole number, range, ... or None")
    return int(part)


def written(index: tuple[Index, ...]) -> str:
    """The index as Python, `:, 0`; the inverse of `parsed`."""
    return ", ".join(_written(part) for part in index)


def _written(part: Index) -> str:
    if not isinstance(part, slice):
        return "..." if part is ... else str(part)
    ends = [part.start, part.stop] if part.step is None else [part.start, part.stop, part.step]
    return ":".join("" if end is None else str(end) for end in ends)
