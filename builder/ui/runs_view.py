"""What does the Runs page show? A table whose selection opens curves, the model, and what can be done with a run."""

from collections.abc import Sequence

import streamlit as st

from builder.components.live.chart import Mode, RunView, live_chart
from builder.figures.runs_table import runs_table
from builder.runs.records import RunRecord
from builder.ui import model_picture, pieces, services, state, training

EMPTY = "Runs will be listed here, with settings and scores."
LIVE_S = 2.0
ROWS_SHOWN, TABLE_PX = 8, 320
"""Beyond so many rows the table scrolls by itself."""
COMPARED = 8
"""More curves than this cannot be told apart."""


def table(owner: str) -> list[RunRecord]:
    """The runs of this person; returns those that are selected, else the latest."""
    runs = services.store().runs(owner)
    if not runs:
        pieces.empty(EMPTY)
        if st.button("Go to Train", type="primary"):
            pieces.go_to("train")
        return []
    if any(not run.ended for run in runs):
        st.fragment(_refresh, run_every=LIVE_S)(owner, _states(runs))
    picked = st.dataframe(
        runs_table(runs),
        hide_index=True,
        key="runs.table",
        on_select="rerun",
        selection_mode="multi-row",
        height="content" if len(runs) <= ROWS_SHOWN else TABLE_PX,
    )
    rows: list[int] = picked["selection"]["rows"]
    return [runs[row] for row in rows if row < len(runs)][:COMPARED] or runs[:1]


def _states(runs: Sequence[RunRecord]) -> list[tuple[str, int]]:
    return [(run.state.value, run.epoch) for run in runs]


def _refresh(owner: str, known: list[tuple[str, int]]) -> None:
    """Look again while something runs; the page is made anew only when a row changed."""
    if _states(services.store().runs(owner)) != known:
        st.rerun()


def actions(chosen: Sequence[RunRecord]) -> None:
    """What can be done with the selected runs."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_named(chosen)}**")
        if len(chosen) == 1:
            _single(chosen[0])
        ended = [run for run in chosen if run.ended]
        if ended:
            label = "Delete" if len(ended) == 1 else f"Delete {len(ended)}"
            st.button(label, icon=":material/delete:", on_click=_delete, args=([run.id for run in ended],))


def _named(chosen: Sequence[RunRecord]) -> str:
    listed = ", ".join(str(run.number) for run in chosen)
    return f"Run {listed}" if len(chosen) == 1 else f"Runs {listed}"


def _single(run: RunRecord) -> None:
    if st.button("Open its network", icon=":material/account_tree:"):
        state.open_project(run.project)
        pieces.go_to("build")
    files = (
        ("keras", "Trained model"),
        ("python", "Python code"),
        ("json", "Design"),
        ("tensorboard", "TensorBoard files"),
    )
    for wanted, label in files:
        if wanted != "keras" or run.ended:
            pieces.take_away("runs", run.id, wanted, label)


def _delete(run_ids: list[str]) -> None:
    for run_id in run_ids:
        services.store().hide_run(run_id, state.owner())
    state.remember("deleted", " ".join(run_ids))


def deleted_line() -> None:
    """After a deletion: one click brings the runs back."""
    gone = state.recall("deleted").split()
    if gone:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{len(gone)} run{'s' if len(gone) > 1 else ''} deleted.")
            st.button("Undo", on_click=_restore, args=(gone,))


def _restore(run_ids: list[str]) -> None:
    for run_id in run_ids:
        services.store().restore_run(run_id, state.owner())
    state.take("deleted")


def overlay(chosen: Sequence[RunRecord]) -> None:
    """The curves of the selected runs in one plot."""
    views = [RunView(id=run.id, label=f"run {run.number}, {run.name}") for run in chosen]
    live_chart(views, key="runs.overlay", mode=Mode.OVERLAY, active=any(not run.ended for run in chosen))


def model(run: RunRecord) -> None:
    """A picture of the run's model in which a click picks the layer that is told about beside it."""
    st.markdown(f"#### Model of run {run.number}")
    report = training.report_of(run.project, run.owner)
    picked = model_picture.picture(run.project.design, report, state.appearance())
    model_picture.beside(run.project.design, report, picked)
