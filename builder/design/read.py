"""How does a file become a design, and what is said when it does not?

Reading checks the form only. Cycles, unknown layers or wrong shapes are read all the same and reported as issues later:
nothing that a person drew is ever refused for being unfinished.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from builder.design import json_text, migrations
from builder.design.document import Design
from builder.errors import Faulty, Unreadable
from builder.issues import Issue, IssueCode

VERSION = 1
MAX_NODES = 5000

M = TypeVar("M", bound=BaseModel)


def read_design(text: str | bytes) -> Design:
    """The design in a `layerloom/1` file (or an older one, migrated).

    Raises:
        Unreadable: Not JSON, too large, too deep, or another format.
        Faulty: A node or wire has the wrong form, or the format is newer; each issue names node and argument.
    """
    return design_from(json_text.parse(text))


def design_from(raw: JsonValue) -> Design:
    """The design in a parsed document; raises as `read_design`."""
    kind, _ = migrations.kind_and_version(raw)
    if kind != "layerloom" or not isinstance(raw, dict):
        raise Unreadable(f"The file is a {kind} document;", "a design was expected.")
    refuse_too_many(raw)
    return validated(Design, migrations.migrated(raw, VERSION, migrations.DESIGN_STEPS))


def refuse_too_many(raw: JsonValue) -> None:
    """Raise `Faulty` when a raw design holds more nodes than anything here can show."""
    nodes = raw.get("nodes") if isinstance(raw, dict) else None
    edges = raw.get("edges") if isinstance(raw, dict) else None
    for name, items, most in (("nodes", nodes, MAX_NODES), ("edges", edges, 8 * MAX_NODES)):
        if isinstance(items, list) and len(items) > most:
            message = f"The network has {len(items)} {name}; at most {most} are read."
            raise Faulty([Issue(code=IssueCode.TOO_LARGE, argument=name, message=message)])


def validated(model: type[M], raw: JsonValue) -> M:
    """`raw` as a pydantic model; its complaints become issues that name node and argument."""
    try:
        return model.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        raise Faulty([issue_of(dict(item), raw) for item in error.errors(include_url=False)[:20]]) from None


def issue_of(error: dict[str, Any], raw: JsonValue) -> Issue:
    """One pydantic complaint in plain words, named after the node it stands in."""
    place: Sequence[str | int] = error["loc"]
    node = _node_at(raw, place)
    names = [
        str(part)
        for part in place
        if not isinstance(part, int) and part not in ("design", "nodes", "graph", "tuple")
    ]
    argument = _printable(".".join(names)) or None
    missing = error["type"] == "missing"
    subject = (
        f"{node or 'The file'} has no {_printable(names[-1])}."
        if missing and names
        else f"{argument or 'The file'} {_words(error)}."
    )
    return Issue(
        code=IssueCode.MISSING_ARGUMENT if missing else IssueCode.BAD_ARGUMENT,
        node=node,
        argument=argument,
        message=subject,
    )


def _words(error: dict[str, Any]) -> str:
    found = repr(error.get("input"))
    shown = found if len(found) <= 60 else found[:57] + "…"
    reasons = {
        "int_parsing": f"is {shown}; it should be a whole number",
        "int_type": f"is {shown}; it should be a whole number",
        "int_from_float": f"is {shown}; it should be a whole number",
        "float_parsing": f"is {shown}; it should be a number",
        "finite_number": f"is {shown}; it should be a number below infinity",
        "greater_than_equal": f"is {shown}; it should be at least {error.get('ctx', {}).get('ge')}",
        "less_than_equal": f"is {shown}; it should be at most {error.get('ctx', {}).get('le')}",
        "extra_forbidden": "is not known here",
        "string_pattern_mismatch": f"is {shown}; a name holds only letters, digits, _ . - and starts with none of . -",
    }
    said = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    return reasons.get(error["type"], f"is {shown}; it {said}" if said.startswith("should") else said)


def _printable(text: str) -> str:
    """The text on one line, at most 100 characters."""
    return "".join(character if character.isprintable() else "?" for character in text[:100])


def _node_at(raw: JsonValue, place: Sequence[str | int]) -> str | None:
    """The path of the innermost node that `place` leads through, such as `block/conv`."""
    path: list[str] = []
    here: Any = raw
    for number, part in enumerate(place):
        here = _step(here, part)
        if number and place[number - 1] == "nodes" and isinstance(here, dict):
            path.append(_printable(str(here.get("id", f"node {part}"))))
    return "/".join(path) or None


def _step(here: Any, part: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return here
