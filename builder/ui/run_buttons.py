"""What can be done with the shown run? Its buttons, one of which is the next step.

While it is at work: pause or resume, keep this epoch, fork, stop. Afterwards: train anew, or fork.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from builder.errors import BuilderError
from builder.issues import Issue
from builder.runs.records import RunRecord, RunState
from builder.train import launch
from builder.ui import fork_dialog, orders, run_choice, services, state, training

LOOKS = {
    RunState.QUEUED: ("waiting", "gray"),
    RunState.STARTING: ("starting", "gray"),
    RunState.RUNNING: ("training", "green"),
    RunState.PAUSED: ("paused", "yellow"),
    RunState.STOPPING: ("stopping", "gray"),
    RunState.FINISHED: ("finished", "green"),
    RunState.STOPPED: ("stopped", "gray"),
    RunState.FAILED: ("failed", "red"),
    RunState.LOST: ("lost", "red"),
}


def badge(run: RunRecord | None) -> tuple[str, str] | None:
    """The run's state in a word, and the colour of that word."""
    return LOOKS[run.state] if run else None


def buttons(run: RunRecord | None, faults: Sequence[Issue]) -> None:
    """All that can be done with this run now."""
    if run is not None and not run.ended:
        _at_work(run)
        return
    if run is not None:
        _fork(run)
    _train(faults)


def _at_work(run: RunRecord) -> None:
    is_paused, has_begun = run.state is RunState.PAUSED, run.state in (RunState.RUNNING, RunState.PAUSED)
    if is_paused:
        _order("Resume", "play_arrow", orders.resume, run, is_primary=True)
    else:
        _order("Pause", "pause", orders.pause, run, is_off=not has_begun)
    _order(
        "Keep this epoch",
        "save",
        orders.keep,
        run,
        is_off=run.state is not RunState.RUNNING,
        help="Keeps everything at the end of this epoch, so that a fork can begin there.",
    )
    _fork(run)
    _order(
        "Stop",
        "stop",
        launch.stop,
        run,
        is_primary=not is_paused,
        is_off=run.state is RunState.STOPPING,
        help="Ends the run and keeps its best and its last weights.",
    )


def _fork(run: RunRecord) -> None:
    help = "A second run from a kept epoch, with one thing changed."
    if st.button("Fork", icon=":material/fork_right:", key="train.fork", help=help):
        fork_dialog.open_for(run)


Order = Callable[..., object]


def _order(
    label: str,
    icon: str,
    order: Order,
    run: RunRecord,
    *,
    is_primary: bool = False,
    is_off: bool = False,
    help: str | None = None,
) -> None:
    st.button(
        label,
        type="primary" if is_primary else "secondary",
        icon=f":material/{icon}:",
        disabled=is_off,
        help=help,
        on_click=_give,
        args=(order, run.id),
    )


def _give(order: Order, run_id: str) -> None:
    _carry_out(lambda: order(services.store(), run_id, state.owner()))
    run_choice.show(run_id)


def _carry_out(order: Callable[[], object]) -> None:
    """What keeps an order from being carried out is left to be said on the page."""
    try:
        order()
    except BuilderError as error:
        state.remember("said", str(error))


def _train(faults: Sequence[Issue]) -> None:
    """Off, with the reason, while the network cannot be trained."""
    st.button(
        "Train",
        type="primary",
        icon=":material/play_arrow:",
        disabled=bool(faults),
        help=faults[0].line if faults else None,
        on_click=_begin,
    )


def _begin() -> None:
    begin()


def begin() -> bool:
    """Start a run of the current project; what keeps it from that is left to be said on the page."""
    try:
        with st.spinner("Running the whole network once, without data, before it is trained."):
            run_choice.show(training.start(state.project()).id)
    except BuilderError as error:
        state.remember("said", str(error))
        return False
    return True
