"""What does the Train page show? The run of this project that matters now, its curves, and the one next step."""

from collections.abc import Sequence

import streamlit as st

from builder.components.live.chart import RunView, live_chart
from builder.data import registry
from builder.errors import BuilderError, NotFound
from builder.figures import numbers
from builder.issues import Issue
from builder.project.document import Project
from builder.runs.records import ProjectRecord, RunRecord, RunState
from builder.train import launch
from builder.ui import pieces, services, settings_form, state, training

EMPTY = "Nothing has run yet. The settings are fine as they are: press Train."


def shown_run(project: ProjectRecord) -> RunRecord | None:
    """The run at work, else the one that was asked for, else the latest of this project."""
    mine = services.store().runs(project.owner)
    active = next((run for run in mine if not run.ended), None)
    asked = next((run for run in mine if run.id == state.recall("run")), None)
    if active or (asked and asked.name == project.project.name):
        return active or asked
    return next((run for run in mine if run.name == project.project.name), None)


def caption(run: RunRecord | None) -> str:
    """Beside the title: which run is shown."""
    return f"run {run.number}" if run else ""


def start_or_stop(run: RunRecord | None, faults: Sequence[Issue]) -> None:
    """Train, or Stop while a run is at work. Train is off, with the reason, while the network cannot be trained."""
    if run is not None and not run.ended:
        stopping = run.state is RunState.STOPPING
        st.button(
            "Stop", type="primary", icon=":material/stop:", disabled=stopping, on_click=_stop, args=(run.id,)
        )
        return
    reason = faults[0].line if faults else None
    st.button(
        "Train",
        type="primary",
        icon=":material/play_arrow:",
        disabled=bool(faults),
        help=reason,
        on_click=_begin,
    )


def _begin() -> None:
    begin()


def begin() -> bool:
    """Start a run of the current project; what keeps it from that is left to be said on the page."""
    try:
        with st.spinner("Running the whole network once, without data, before it is trained."):
            state.remember("run", training.start(state.project()).id)
    except BuilderError as error:
        state.remember("said", str(error))
        return False
    return True


def _stop(run_id: str) -> None:
    try:
        launch.stop(services.store(), run_id, state.owner())
    except NotFound as error:
        state.remember("said", str(error))


def curves(run: RunRecord | None, faults: Sequence[Issue]) -> None:
    """The live chart, or what to do first; and above it why the project cannot be trained."""
    said = state.take("said")
    if said:
        st.warning(pieces.escaped(said))
    pieces.issues(faults)
    if run is None:
        pieces.empty(EMPTY)
        return
    view = RunView(id=run.id, label=f"run {run.number}")
    batch = run.project.training.batch_size
    # Its end is told by the chart: the rerun that it causes shows Train instead of Stop.
    live_chart([view], key="train.live", active=not run.ended, batch_size=batch)


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
