"""How are counts, shapes and lists written in sentences, and how is a misfit told?"""

from collections.abc import Sequence

from builder.issues import Issue, IssueCode, Severity

LISTED = 4


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`"1 class"`, `"3 classes"`, `"4 810 units"` (with a thin space)."""
    return f"{figure(number)} {singular if number == 1 else plural or singular + 's'}"


def figure(number: float) -> str:
    """A number as a person writes it: `4 810` with a thin space, `0.5`, `−3` with a true minus."""
    text = f"{number:,.0f}" if float(number).is_integer() else f"{number:.3g}"
    return text.replace(",", "\u2009").replace("-", "\u2212")


def times(shape: Sequence[int | None]) -> str:
    """A shape without the batch: `8×8×1`; an unknown length is n, a single number is `1`."""
    return "×".join("n" if size is None else str(size) for size in shape) or "1"


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def mismatch(
    node: str | None,
    message: str,
    fix: str | None = None,
    severity: Severity = Severity.ERROR,
    argument: str | None = None,
) -> Issue:
    """An issue that says how network and data do not fit."""
    return Issue(
        code=IssueCode.DATA_MISMATCH,
        severity=severity,
        node=node,
        argument=argument,
        message=message,
        fix=fix,
    )
