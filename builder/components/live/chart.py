"""How does a page show curves that grow while a run goes on?

The chart fetches its points itself from the points route; the page only says which runs to follow, so a rerun
sends a few bytes and redraws nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

POINTS_PREFIX = "/api/runs/"
"""Where the points route lies, after the app's base path: `{prefix}{run id}/points?after=SEQ`."""

GHOSTS = 3
"""More grey lines than this cannot be told apart."""


class Mode(StrEnum):
    """How the runs are shown."""

    LIVE = "live"
    """One run with its numbers, progress and two charts."""
    OVERLAY = "overlay"
    """Several runs over each other, a colour each."""


@dataclass(frozen=True, slots=True)
class RunView:
    """One run to follow."""

    id: str
    label: str
    """What the legend calls it, e.g. "run 7"."""


@dataclass(frozen=True, slots=True)
class RunGroup:
    """Runs that are shown as one band: the runs of a series."""

    label: str
    """What the legend calls them, e.g. "5 seeds of digits"."""
    runs: tuple[str, ...]
    """Their ids; each is among the runs that the chart follows."""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run came to its end while somebody watched it."""

    run: str
    state: str
    """finished, stopped, failed or lost."""


def live_chart(
    runs: Sequence[RunView],
    *,
    key: str,
    mode: Mode = Mode.LIVE,
    active: bool = False,
    height: int | None = None,
    heading: bool = False,
    batch_size: int | None = None,
    ghosts: Sequence[RunView] = (),
    groups: Sequence[RunGroup] = (),
    states: Mapping[str, str] | None = None,
    on_end: Callable[[], None] | None = None,
) -> RunEnded | None:
    """Mount the chart; call it in every rerun with the same key.

    Args:
        runs: The runs to follow; `Mode.LIVE` takes exactly one, `Mode.OVERLAY` one or more.
        key: Streamlit's key of the component. Zoom and points are kept by run, not by key.
        mode: One run with its numbers, or several over each other.
        active: True while the page believes that a run goes on: then its end is told.
        height: Pixels of both charts together; None takes what the window allows (360 to 620).
        heading: Write name, number and state of the run above the numbers.
        batch_size: Rows a batch, for the line below the progress bar; None leaves it out.
        ghosts: Earlier runs to compare with, drawn grey behind (`Mode.LIVE`); the first three are taken.
        groups: Runs of `runs` that are drawn as one line, their mean, in its bands (`Mode.OVERLAY`).
        states: By run id, the state that the page shows: the page runs again when a run turns to another.
        on_end: Called before the rerun in which a run's end is told.

    Returns:
        The end of a run in the one rerun that it causes, else None.

    Raises:
        ValueError: No run, more than one in `Mode.LIVE`, or a group of runs that are not shown.
    """
    data = chart_data(
        runs,
        mode=mode,
        active=active,
        height=height,
        heading=heading,
        batch_size=batch_size,
        ghosts=ghosts,
        groups=groups,
        states=states,
    )
    result = _component()(key=key, data=data, on_state_change=on_end or _nothing, on_turn_change=_nothing)
    return run_ended(result.get("state"))


def chart_data(
    runs: Sequence[RunView],
    *,
    mode: Mode,
    active: bool,
    height: int | None = None,
    heading: bool = False,
    batch_size: int | None = None,
    ghosts: Sequence[RunView] = (),
    groups: Sequence[RunGroup] = (),
    states: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """What goes down to the browser; the arguments are those of `live_chart`."""
    if not runs or (mode is Mode.LIVE and len(runs) > 1):
        raise ValueError(f"{len(runs)} runs for a chart of mode {mode}: live takes one, overlay at least one")
    shown = {run.id for run in runs}
    strangers = [run for group in groups for run in group.runs if run not in shown]
    if strangers:
        raise ValueError(f"a group names {', '.join(strangers)}, which the chart does not show")
    return {
        "api": POINTS_PREFIX,
        "runs": [asdict(run) for run in runs],
        "mode": str(mode),
        "active": active,
        "height": height,
        "heading": heading,
        "batch_size": batch_size,
        "ghosts": [asdict(ghost) for ghost in ghosts if ghost.id not in shown][:GHOSTS],
        "states": dict(states or {}),
        "groups": [{"label": group.label, "runs": list(group.runs)} for group in groups],
    }


def run_ended(trigger: object) -> RunEnded | None:
    """Read the trigger `state` of the component; None for anything that is not one."""
    match trigger:
        case {"run": str(run), "state": str(state)}:
            return RunEnded(run, state)
    return None


@cache
def _component() -> "ComponentRenderer":
    # Declared at the first use: at import time the list of installed components may not have been read yet.
    return st.components.v2.component("builder.live", js="live.*.js")


def _nothing() -> None:
    """Streamlit hands a trigger over only where somebody listens."""
