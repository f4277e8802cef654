"""What is wrong with one argument, in words, before it is known which node has it?"""

import difflib
from dataclasses import dataclass

from builder.catalog.needed import bound, needed
from builder.catalog.spec import ParamSpec
from builder.catalog.words import shown
from builder.issues import IssueCode

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an argument."""

    message: str
    """What was found and what is needed; names the argument."""
    fix: str | None = None
    """What to do about it."""
    code: IssueCode = IssueCode.BAD_ARGUMENT


def wrong(spec: ParamSpec, value: object, fix: str | None = None) -> Fault:
    """The value is of another kind, or below the smallest one."""
    return Fault(f"{spec.name} must be {needed(spec)}; it is {shown(value)}.", fix)


def too_large(spec: ParamSpec, value: object) -> Fault:
    """The value is beyond what any machine could hold."""
    message = f"{spec.name} can be at most {bound(spec.maximum or 0)}; it is {shown(value)}."
    return Fault(message, "Use a smaller number.", IssueCode.TOO_LARGE)


def too_long(spec: ParamSpec, what: str, most: str, found: str) -> Fault:
    """The value has too many parts."""
    message = f"{spec.name} can have at most {most} {what}; it has {found}."
    return Fault(message, "Make it shorter.", IssueCode.TOO_LARGE)


def guess(value: object, names: tuple[str, ...]) -> str | None:
    """ "Did you mean …?" if one of the names is close."""
    if not isinstance(value, str):
        return None
    lower = {name.lower(): name for name in names}
    found = difflib.get_close_matches(value[:LONGEST_NAME].lower(), lower, n=1, cutoff=0.6)
    return f"Did you mean {lower[found[0]]}?" if found else None
