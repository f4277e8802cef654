"""What can be changed while a run goes on, and how is it judged before anybody does it? Without Keras.

One setting is one file in `live_changes`, holding one constant. What a run trains with at a moment is its project with
all changes folded in: what is shown, what a fork begins with and what the worker follows come from there.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pydantic import JsonValue

from builder.discovery import constants
from builder.project.document import Project
from builder.train import live_changes

if TYPE_CHECKING:
    from builder.train.session import Session

Live = dict[str, JsonValue]
"""Settings that were changed, as they are now: `{"learning_rate": 0.001, "dropout": {"drop": 0.5}}`."""


@dataclass(frozen=True, slots=True)
class LiveChange:
    """One setting that can be changed while a run goes on; its file's name is the setting's."""

    label: str
    """As people call it: "Learning rate"."""
    is_instant: bool
    """Whether it counts from the next step on; else from the next epoch."""
    is_compiled: bool
    """Whether it is fixed while compiling, so that training is compiled anew (0.3 to 1 s)."""
    judge: Callable[[Project, str | None, JsonValue], str | None]
    """What is wrong, in the project as it was begun, with giving this node (None: all) this value; one sentence."""
    fold: Callable[[Project, str | None, JsonValue], Project]
    """The project with the change."""
    told: Callable[[Project], JsonValue]
    """The setting as it is in a project; a dict tells it by node."""
    follow: Callable[["Session", Project], None]
    """Make a session train as the project says; needs Keras."""


@cache
def changes() -> dict[str, LiveChange]:
    """All settings by name."""
    return constants(live_changes, LiveChange)


def complaint(project: Project, setting: str, node: str | None, value: JsonValue) -> str | None:
    """What is wrong with a change, as one sentence; None: it can be made."""
    change = changes().get(setting)
    if change is None:
        known = ", ".join(changes())
        return f"{setting[:40]!r} cannot be changed while a run goes on; {known} can."
    return change.judge(project, node, value)


def folded(project: Project, live: Mapping[str, JsonValue] | None) -> Project:
    """The project with all that was changed while it ran."""
    now = project
    for setting, value in (live or {}).items():
        change = changes().get(setting)
        for node, each in value.items() if isinstance(value, dict) else [(None, value)]:
            if change is not None and change.judge(project, node, each) is None:
                now = change.fold(now, node, each)
    return now


def words(setting: str, before: Project, after: Project, node: str | None) -> str:
    """`Learning rate 0.001 to 0.0001`."""
    change = changes()[setting]
    old, new = (_shown(change.told(project), node) for project in (before, after))
    where = f" of {node}" if node else ""
    return f"{change.label}{where} {old} to {new}"


def number(value: JsonValue, low: float, high: float, name: str, high_allowed: bool = True) -> str | None:
    """What is wrong with a number that shall be in a range, as one sentence."""
    top = f"at most {high:g}" if high_allowed else f"below {high:g}"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return f"{name} must be a number from {low:g}, {top}."
    if value < low or value > high or (value == high and not high_allowed):
        return f"{name} must be from {low:g}, {top}; it is {value:g}."
    return None


def stranger(node: str | None, known: Iterable[str], what: str) -> str | None:
    """What is wrong with naming a node, or with changing all of them, as one sentence."""
    names = list(known)
    if not names:
        return f"This network has no {what}."
    if node is None or node in names:
        return None
    return f"{node[:60]!r} is no {what}; there are {', '.join(names[:8])}."


def _shown(value: JsonValue, node: str | None) -> str:
    if isinstance(value, dict):
        found = list(
            dict.fromkeys(_shown(each, None) for name, each in value.items() if node in (None, name))
        )
        return " and ".join(found[:3]) + (" …" if len(found) > 3 else "")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:.6g}" if isinstance(value, int | float) else str(value)
