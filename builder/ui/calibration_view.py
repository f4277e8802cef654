"""How long will it take? Ten seconds of trying tell; kept until network, data or settings change."""

import time

import streamlit as st

from builder.errors import BuilderError
from builder.runs.records import ProjectRecord, Purpose, RunRecord
from builder.train import calibration, launch
from builder.ui import pieces, services, state

EVERY_S = 1.0
SAID = "calibration_said"
STARTS_S = 4.0
"""A worker's start; the bar is for the eye."""


def panel(project: ProjectRecord) -> None:
    """The figures of this network on this machine, a bar while they are measured, or the button that measures."""
    known = calibration.latest(services.store(), project.owner, project.project)
    if known is not None and known.measured is not None:
        _figures(known, project)
    elif known is not None:
        _running(known.id, project.owner)
    else:
        _button(project, "Calibrate")
    said = state.take(SAID)
    if said:
        st.caption(pieces.escaped(str(said)))


def _button(project: ProjectRecord, label: str) -> None:
    st.button(
        label,
        icon=":material/speed:",
        key="train.calibrate",
        on_click=_begin,
        args=(project,),
        help="Trains for 10 seconds and keeps nothing of it but how long an epoch takes and how much memory.",
    )


def _begin(project: ProjectRecord) -> None:
    store = services.store()
    try:
        run = store.create_run(project.owner, project.project, purpose=Purpose.CALIBRATE)
        launch.start(store, run.id, project.owner)
    except BuilderError as error:
        state.remember(SAID, str(error))


def _figures(run: RunRecord, project: ProjectRecord) -> None:
    told = calibration.words(run.measured or {}, project.project.training.epochs)
    st.caption(f"Measured here: {told}.")
    _button(project, "Measure again")


@st.fragment(run_every=EVERY_S)
def _running(run_id: str, owner: str) -> None:
    """A bar until the figures are there; then the page is drawn anew."""
    run = services.store().run(run_id, owner)
    if run.ended:
        if run.measured is None:
            state.remember(SAID, run.error or "The calibration was stopped before it measured anything.")
        st.rerun()
    passed = 0.0 if run.started_at is None else STARTS_S + time.time() - run.started_at
    share = min(0.98, passed / (STARTS_S + calibration.LASTS_S))
    words = "Measuring how long an epoch takes" if run.started_at else (run.phase or "Waiting for its turn")
    st.progress(share, text=words)
