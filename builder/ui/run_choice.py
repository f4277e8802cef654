"""Which run does the Train page show, and which others belong beside it?

One that was picked, else one that is at work, else the latest of the project. Beside it stand the runs that it shares a
past or a series with, and those that are at work too.
"""

from collections.abc import Sequence

import streamlit as st

from builder.components.live.chart import GHOSTS, RunView
from builder.experiments import fork
from builder.runs.records import ProjectRecord, RunRecord, RunState
from builder.ui import services, state

_AT_WORK = (
    RunState.RUNNING,
    RunState.PAUSED,
    RunState.STOPPING,
    RunState.STARTING,
    RunState.QUEUED,
)
"""Which of several active runs is worth looking at first."""
MOST_BESIDE = 24
TOGETHER = "series_on_train"
"""What the session remembers: the series that is seen as a whole."""
SHOWN = "run_on_train"
"""What the session remembers: the run that the Train page showed last."""


def shown_run(project: ProjectRecord) -> RunRecord | None:
    """The run that the page is about."""
    mine = services.store().runs(project.owner)
    by_id = {run.id: run for run in mine}
    if (picked := by_id.get(state.recall("picked"))) is not None:
        return picked
    asked = by_id.get(state.recall("run"))
    active = sorted((run for run in mine if not run.ended), key=_rank)
    if active:
        return asked if asked in active else active[0]
    if asked is not None and asked.name == project.project.name:
        return asked
    return next((run for run in mine if run.name == project.project.name), None)


def _rank(run: RunRecord) -> tuple[int, int]:
    return _AT_WORK.index(run.state), run.number


def show(run_id: str) -> None:
    """From now on show this run, as long as it is at work or nothing else is."""
    state.take("picked")
    state.remember("run", run_id)


def pick(run_id: str) -> None:
    """From now on show this run, whatever else is at work."""
    state.remember("picked", run_id)


def beside(run: RunRecord) -> list[RunRecord]:
    """Runs that belong to this one: its series, its branches, and what else is at work; itself included, by number."""
    store = services.store()
    found = {one.id: one for one in fork.family(store, run)}
    if run.series is not None:
        found |= {one.id: one for one in store.runs(run.owner, series=run.series)}
    found |= {one.id: one for one in store.runs(run.owner) if not one.ended}
    return sorted(found.values(), key=lambda one: one.number)[-MOST_BESIDE:]


def chooser(run: RunRecord, others: Sequence[RunRecord]) -> None:
    """One click leads to each run that belongs here, or to its whole series; nothing where it stands alone."""
    if len(others) < 2:
        return
    names = {one.id: f"run {one.number}" for one in others}
    members = [one for one in others if run.series and one.series == run.series]
    if len(members) > 1:
        names[TOGETHER] = f"all {len(members)} seeds"
    key = f"train.shown.{run.id}"
    st.pills(
        "Runs that belong together",
        list(names),
        default=TOGETHER if is_together(run) else run.id,
        required=True,
        format_func=lambda name: names.get(name, ""),
        key=key,
        label_visibility="collapsed",
        on_change=_pick,
        args=(key, run),
    )


def _pick(key: str, run: RunRecord) -> None:
    picked = state.widget(key)
    if picked == TOGETHER:
        state.remember(TOGETHER, run.series or "")
    elif isinstance(picked, str):
        state.take(TOGETHER)
        pick(picked)


def is_together(run: RunRecord) -> bool:
    """Whether the whole series of this run is to be seen, not the run alone."""
    return run.series is not None and state.recall(TOGETHER) == run.series


def ghosts(run: RunRecord, others: Sequence[RunRecord]) -> list[RunView]:
    """Runs to see behind this one: its branches and series, else the latest of its network on its data."""
    near = [one for one in others[::-1] if one.id != run.id and _is_alike(one, run)]
    earlier = [
        one
        for one in services.store().runs(run.owner)
        if one.number < run.number and one.ended and one.epoch and one not in near and _is_alike(one, run)
    ]
    chosen = [one for one in near if one.epoch] or [one for one in earlier if one.name == run.name]
    return [RunView(one.id, f"run {one.number}") for one in chosen[:GHOSTS]]


def _is_alike(one: RunRecord, run: RunRecord) -> bool:
    """Whether their losses mean the same: the same data and the same loss."""
    first, second = one.project, run.project
    return first.data == second.data and first.training.loss == second.training.loss
