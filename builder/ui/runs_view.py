"""What does the Runs page show? A table whose selection opens curves, the model, and what can be done with a run."""

from collections.abc import Sequence

import streamlit as st

from builder.components.live.chart import Mode, RunGroup, RunView, live_chart
from builder.errors import BuilderError
from builder.experiments import compare, fork, seeds
from builder.figures.runs_table import Row, runs_table
from builder.runs.records import RunRecord
from builder.ui import fork_dialog, model_picture, pieces, run_choice, services, state, training

FILES = {
    "keras": "Trained model",
    "python": "Python code",
    "json": "Design",
    "tensorboard": "TensorBoard files",
}
"""What of a run can be taken away, by its format; the model only once it has ended."""
EMPTY = "Runs will be listed here, with settings and scores."
LIVE_S = 2.0
ROWS_SHOWN, TABLE_PX = 8, 320
"""Beyond so many rows the table scrolls by itself."""
COMPARED = 8
"""More curves than this cannot be told apart."""
OPENED = "opened_series"
"""What the session remembers: ids of series whose runs are listed."""


def table(owner: str) -> list[Row]:
    """The runs of this person, each series in one row; returns the rows that are selected, else the latest."""
    runs = services.store().runs(owner)
    if not runs:
        pieces.empty(EMPTY)
        if st.button("Go to Train", type="primary"):
            pieces.go_to("train")
        return []
    if any(not run.ended for run in runs):
        st.fragment(_refresh, run_every=LIVE_S)(owner, _states(runs))
    rows = _rows(runs)
    picked = st.dataframe(
        runs_table(rows),
        hide_index=True,
        key="runs.table",
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="",
        height="content" if len(rows) <= ROWS_SHOWN else TABLE_PX,
    )
    chosen: list[int] = picked["selection"]["rows"]
    return [rows[row] for row in chosen if row < len(rows)][:COMPARED] or rows[:1]


def _rows(runs: list[RunRecord]) -> list[Row]:
    """One for each run or series; an opened series is followed by its runs."""
    opened = state.recall(OPENED).split()
    rows: list[Row] = []
    for entry in seeds.grouped(runs):
        if isinstance(entry, RunRecord):
            rows.append(Row((entry,)))
            continue
        rows.append(Row(entry.runs))
        if entry.id in opened:
            rows += [Row((run,), is_member=True) for run in entry.runs]
    return rows


def _states(runs: Sequence[RunRecord]) -> list[tuple[str, int]]:
    return [(run.state.value, run.epoch) for run in runs]


def _refresh(owner: str, known: list[tuple[str, int]]) -> None:
    """Look again while something runs; the page is made anew only when a row changed."""
    if _states(services.store().runs(owner)) != known:
        st.rerun()


def actions(chosen: Sequence[Row]) -> None:
    """What can be done with the selected runs."""
    runs = runs_of(chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_named(chosen)}**")
        if len(runs) == 1:
            _single(runs[0])
        elif len(chosen) == 1:
            _series(chosen[0])
        ended = [run for run in runs if run.ended]
        if ended:
            label = "Delete" if len(ended) == 1 else f"Delete {len(ended)}"
            st.button(label, icon=":material/delete:", on_click=_delete, args=([run.id for run in ended],))


def runs_of(chosen: Sequence[Row]) -> list[RunRecord]:
    """Every run in these rows once."""
    return list({run.id: run for row in chosen for run in row.runs}.values())


def _named(chosen: Sequence[Row]) -> str:
    listed = ", ".join(
        f"{row.runs[0].number} to {row.runs[-1].number}" if len(row.runs) > 1 else str(row.runs[0].number)
        for row in chosen
    )
    return f"Run {listed}" if len(runs_of(chosen)) == 1 else f"Runs {listed}"


def _single(run: RunRecord) -> None:
    if st.button("Show on Train", icon=":material/play_circle:"):
        run_choice.pick(run.id)
        pieces.go_to("train")
    if st.button("Open its network", icon=":material/account_tree:"):
        state.open_project(run.project)
        pieces.go_to("build")
    if st.button("Fork", icon=":material/fork_right:"):
        fork_dialog.open_for(run)
    for wanted, label in FILES.items():
        if wanted != "keras" or run.ended:
            pieces.take_away("runs", run.id, wanted, label)


def _series(row: Row) -> None:
    """A series opens into its runs, and closes again."""
    series = row.runs[0].series or ""
    is_open = series in state.recall(OPENED).split()
    label, icon = ("Close the series", "unfold_less") if is_open else ("Open the series", "unfold_more")
    st.button(label, icon=f":material/{icon}:", on_click=_turn, args=(series,))


def _turn(series: str) -> None:
    opened = state.recall(OPENED).split()
    kept = [one for one in opened if one != series]
    state.remember(OPENED, " ".join(kept if series in opened else [*opened, series]))


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


def verdict(chosen: Sequence[Row]) -> None:
    """Of two rows: whether their difference is more than luck; of a series: what it reached."""
    sides = [compare.side_of(row.runs) for row in chosen]
    if len(sides) == 1 and len(sides[0].runs) > 1:
        st.markdown(pieces.escaped(compare.summary(sides[0])))
    if len(sides) != 2:
        return
    try:
        found = compare.compare(*sorted(sides, key=lambda side: side.runs[0].number))
    except BuilderError as error:
        st.caption(pieces.escaped(str(error)))
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{pieces.escaped(found.words)}**")
        st.caption(pieces.escaped(" ".join(found.remarks)))


def with_branches(chosen: Sequence[Row]) -> list[Row]:
    """The rows, and for a single run all that share a past with it, unless the person wants it alone."""
    runs = runs_of(chosen)
    family = fork.family(services.store(), runs[0]) if len(runs) == 1 else runs
    if len(family) <= len(runs):
        return list(chosen)
    label = f"With its {'branch' if len(family) == 2 else 'branches'}"
    if not st.toggle(label, value=True, key="runs.branches"):
        return list(chosen)
    return [Row((run,)) for run in family][-COMPARED:]


def overlay(chosen: Sequence[Row]) -> None:
    """The curves of the selected runs in one plot; a series as one line in its band."""
    runs = runs_of(chosen)
    groups = [
        RunGroup(
            f"runs {row.runs[0].number} to {row.runs[-1].number}, {len(row.runs)} seeds",
            tuple(run.id for run in row.runs),
        )
        for row in chosen
        if len(row.runs) > 1
    ]
    views = [RunView(id=run.id, label=f"run {run.number}, {run.name}") for run in runs]
    is_active = any(not run.ended for run in runs)
    live_chart(views, key="runs.overlay", mode=Mode.OVERLAY, active=is_active, groups=groups)


def model(run: RunRecord) -> None:
    """A picture of the run's model in which a click picks the layer that is told about beside it."""
    st.markdown(f"#### Model of run {run.number}")
    report = training.report_of(run.project, run.owner)
    picked = model_picture.picture(run.project.design, report, state.appearance())
    model_picture.beside(run.project.design, report, picked)
