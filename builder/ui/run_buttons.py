"""What can be done with the shown run? Its buttons, one of which is the next step.

While it is at work: pause or resume, keep this epoch, fork, stop. Afterwards: train anew, go on, fork.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from builder.errors import BuilderError
from builder.issues import Issue
from builder.runs.records import RunRecord, RunState
from builder.train import checkpoints, launch, orders
from builder.ui import fork_dialog, run_choice, services, state, training

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
_RESUMABLE = (RunState.STOPPED, RunState.FAILED, RunState.LOST)


def badge(run: RunRecord | None) -> tuple[str, str] | None:
    """The run's state in a word, and the colour of that word."""
    return LOOKS[run.state] if run else None


def buttons(run: RunRecord | None, faults: Sequence[Issue]) -> None:
    """All that can be done with this run now."""
    if run is not None and not run.ended:
        _at_work(run)
        return
    if run is not None:
        _go_on(run)
        _fork(run)
    _train(faults)


def _at_work(run: RunRecord) -> None:
    is_paused, is_ending = run.state is RunState.PAUSED, run.state is RunState.STOPPING
    if is_paused:
        _order("Resume", "play_arrow", orders.resume, run, is_primary=True)
    else:
        _order("Pause", "pause", orders.pause, run, is_off=is_ending)
    _order(
        "Keep this epoch",
        "save",
        orders.keep,
        run,
        is_off=not _can_keep(run),
        help="Keeps everything at the end of this epoch, so that a fork can begin there.",
    )
    _fork(run)
    _order(
        "Stop",
        "stop",
        launch.stop,
        run,
        is_primary=not is_paused,
        is_off=is_ending,
        help="Ends the run and keeps its best and its last weights.",
    )


def _can_keep(run: RunRecord) -> bool:
    """Whether there is a process with an epoch under way."""
    return run.state is RunState.RUNNING or (run.state is RunState.PAUSED and run.pid is not None)


def _go_on(run: RunRecord) -> None:
    """Resume what was cut short; more epochs for what came to its end."""
    if not checkpoints.exists(run.id):
        return
    if run.state in _RESUMABLE and run.epoch < run.epochs:
        help = f"Goes on where it ended, to epoch {run.epochs}."
        _order("Resume", "resume", orders.resume, run, help=help)
        return
    with st.popover("More epochs", icon=":material/add:"):
        more = st.number_input(
            "Epochs to add",
            1,
            orders.MOST_EPOCHS - run.epoch,
            min(run.project.training.epochs, orders.MOST_EPOCHS - run.epoch),
            key=f"train.more.{run.id}",
            help=f"It goes on from epoch {run.epoch} as if it had never ended.",
        )
        st.button(f"Train {more} more", on_click=_extend, args=(run.id, more))


def _extend(run_id: str, epochs: int) -> None:
    _carry_out(lambda: orders.extend(services.store(), run_id, epochs, state.owner()))
    run_choice.show(run_id)


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
