"""What does the Train page show? The run of this project that matters now, its curves, and the one next step."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import streamlit as st

from builder.components.live.chart import Mode, RunGroup, RunView, live_chart
from builder.data import registry
from builder.experiments import compare
from builder.figures import numbers
from builder.issues import Issue
from builder.project.document import Project
from builder.runs.records import ProjectRecord, RunRecord
from builder.ui import (
    calibration_view,
    learned_view,
    limits_view,
    live_settings,
    pieces,
    run_buttons,
    run_choice,
    series_view,
    settings_form,
    state,
)

EMPTY = "Nothing has run yet. The settings are fine as they are: press Train."
FAULTY = "Nothing has run yet. Mend what is said above, then press Train."


def heading(project: ProjectRecord, run: RunRecord | None) -> AbstractContextManager[object]:
    """Name, run and state; returns the place for buttons."""
    name = run.name if run is not None and not run.ended else project.project.name
    beside = f"run {run.number}" if run else ""
    return pieces.heading(name, beside=beside, badge=run_buttons.badge(run), room=(1, 1))


def curves(run: RunRecord | None, faults: Sequence[Issue]) -> None:
    """The live chart, or what to do first; and above it why the project cannot be trained."""
    said = state.take("said")
    if said:
        st.warning(pieces.escaped(said))
    pieces.issues(faults)
    if run is None:
        pieces.empty(FAULTY if faults else EMPTY)
        return
    state.remember(run_choice.SHOWN, run.id)
    others = run_choice.beside(run)
    series_view.around(run, others)
    if run_choice.is_together(run):
        _series(run, [one for one in others if one.series == run.series])
        return
    # Its end and its other turns are told by the chart: the rerun that they cause shows the buttons that fit.
    live_chart(
        [RunView(id=run.id, label=f"run {run.number}")],
        key="train.live",
        active=not run.ended,
        batch_size=live_settings.present(run).training.batch_size,
        ghosts=run_choice.ghosts(run, others),
        states={run.id: run.state.value},
    )


def _series(run: RunRecord, members: Sequence[RunRecord]) -> None:
    """All runs of a series as one band, and what they reached."""
    st.markdown(pieces.escaped(compare.summary(compare.side_of(members))))
    ids = tuple(one.id for one in members)
    live_chart(
        [RunView(id=one.id, label=f"run {one.number}") for one in members],
        key="train.series",
        mode=Mode.OVERLAY,
        active=any(not one.ended for one in members),
        groups=[RunGroup(f"{len(members)} seeds", ids)],
        states={run.id: run.state.value},
    )


def beside(project: ProjectRecord, run: RunRecord | None) -> ProjectRecord:
    """At the right: what was learned; live settings while a run is at work, else the settings of the next one.

    Returns:
        The project, as the person set it.
    """
    learned_view.learned(run)
    if run is not None and not run.ended:
        live_settings.panel(run)
        return project
    st.markdown("#### Settings")
    changed = settings_form.settings(project.project, project.id)
    if changed != project.project:
        project = state.save(changed)
    data_line(project.project)
    calibration_view.panel(project)
    limits_view.room_line(project.owner)
    return project


def take_away(run: RunRecord | None) -> None:
    """Files of a run that ended."""
    if run is None or not run.ended:
        return
    with st.container(horizontal=True):
        pieces.take_away("runs", run.id, "keras", "Trained model")
        pieces.take_away("runs", run.id, "python", "Python code")
        pieces.take_away("runs", run.id, "project", "Project file")
        pieces.take_away("runs", run.id, "tensorboard", "TensorBoard files")


def data_line(project: Project) -> None:
    """What the network learns from, and the loss, in one line each."""
    if project.data is None or project.data.source not in registry.names():
        st.caption("No data is chosen yet. Go to Data.")
        return
    card = registry.card(project.data.source)
    st.caption(
        f"{card.title}: {numbers.count(card.rows)} rows. Loss: {settings_form.loss_in_words(project)}."
    )
