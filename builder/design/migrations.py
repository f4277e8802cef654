"""How are files of earlier versions brought up to date? By numbered steps, one for each version.

`STEPS[n]` turns a document of version n into one of version n + 1. Files saved by every version stay in
tests/documents/v<N> for ever. Fields that may be left out (such as `bypass`) are added within a version: old files
read as they were meant, and a reader from before refuses the new field by name.
"""

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from builder.errors import Faulty, Unreadable
from builder.issues import Issue, IssueCode

Raw = dict[str, JsonValue]
Step = Callable[[Raw], Raw]

DESIGN_STEPS: Mapping[int, Step] = {}
PROJECT_STEPS: Mapping[int, Step] = {}


def kind_and_version(raw: JsonValue) -> tuple[str, int]:
    """`("layerloom" | "layerloom-project", version)` of a parsed document.

    Raises:
        Unreadable: It has no `format`, or one that is not ours.
    """
    text = raw.get("format") if isinstance(raw, dict) else None
    kind, _, version = text.partition("/") if isinstance(text, str) else ("", "", "")
    if kind not in ("layerloom", "layerloom-project") or not version.isascii() or not version.isdigit():
        raise Unreadable(
            f"The file has the format {str(text)[:40]!r};" if text else "The file does not say its format;",
            "it should be layerloom/1 or layerloom-project/1.",
            "Open a file saved here.",
        )
    return kind, int(version[:9])


def migrated(raw: Raw, current: int, steps: Mapping[int, Step]) -> Raw:
    """The document as version `current`.

    Raises:
        Faulty: It was saved by a newer version (issue `newer_format`).
        Unreadable: No step leads from its version.
    """
    kind, version = kind_and_version(raw)
    if version > current:
        raise Faulty([_newer(kind, version, current)])
    for number in range(version, current):
        if number not in steps:
            raise Unreadable(f"The file has the format {kind}/{number}, which never existed.")
        raw = steps[number](raw) | {"format": f"{kind}/{number + 1}"}
    return raw


def _newer(kind: str, version: int, current: int) -> Issue:
    return Issue(
        code=IssueCode.NEWER_FORMAT,
        argument="format",
        message=f"The file has the format {kind}/{version}; this Layerloom reads up to {kind}/{current}.",
        fix="Update Layerloom, or save the file again with the older one.",
    )
