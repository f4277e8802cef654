"""Did a run end while its person was on another page? Then it is said, on whichever page they are.

Streamlit asks a fragment every few seconds, and only while a run of this person goes on: it reads which runs are at
work and makes the page anew when one is gone. Good news come and go as a toast; a fault stays until it was read.
"""

from collections.abc import Sequence

import streamlit as st

from builder.components.canvas.wire import Notice
from builder.errors import NotFound
from builder.figures import numbers, runs_table
from builder.runs.records import ENDED, RunRecord, RunState
from builder.ui import pieces, run_choice, services, state

LOOK_S = 4.0
AT_WORK, FAULT = "runs_at_work", "run_that_failed"
"""What the session remembers: ids."""
_UNENDED = [one for one in RunState if one not in ENDED]
_FAULTS = (RunState.FAILED, RunState.LOST)


def announce(page: str) -> frozenset[str]:
    """Say what ended since this session last took note, and go on looking.

    Args:
        page: The url of the page that follows.

    Returns:
        The runs at work, to be handed to `take_note` when the page is whole: what was said in a run of the script that
        was cut short is said again.
    """
    now = _at_work()
    known = set(state.recall(AT_WORK).split())
    for run in _found(sorted(known - now)):
        _tell(run, page)
    if now:
        st.fragment(_look, run_every=LOOK_S)(sorted(now))
    _fault_line(page)
    return frozenset(now)


def take_note(at_work: frozenset[str]) -> None:
    """What has ended by now was told."""
    state.remember(AT_WORK, " ".join(sorted(at_work)))


def _at_work() -> set[str]:
    return {run.id for run in services.store().runs(state.owner(), _UNENDED)}


def _look(known: Sequence[str]) -> None:
    if set(known) - _at_work():
        st.rerun()


def _found(run_ids: Sequence[str]) -> list[RunRecord]:
    """Those that are still there: a deleted run is no news."""
    found = []
    for run_id in run_ids:
        try:
            found.append(services.store().run(run_id, state.owner()))
        except NotFound:
            continue
    return found


def _tell(run: RunRecord, page: str) -> None:
    """Nothing on Train about the run that is shown there, nor about one that its person stopped."""
    if run.state is RunState.STOPPED or (page == "train" and run.id == state.recall(run_choice.SHOWN)):
        return
    if run.state in _FAULTS:
        state.remember(FAULT, run.id)
        if page == "build":
            state.desk().notice = Notice(severity="warning", text=bad_news(run))
    elif run.ended:
        st.toast(pieces.escaped(good_news(run)), icon=":material/flag:", duration="long")


def good_news(run: RunRecord) -> str:
    """`Run 7 of digits-mlp is finished: loss 0.112, accuracy 96.7 % at epoch 12. It took 8 s.`"""
    score = runs_table.best_score(run)
    best = f": {score} at epoch {run.best['epoch']}" if run.best and score else ""
    took = f" It took {numbers.seconds(run.seconds)}." if run.seconds else ""
    return f"Run {run.number} of {run.name} is finished{best}.{took}"


def bad_news(run: RunRecord) -> str:
    """Which run ended badly, and why."""
    return f"Run {run.number} of {run.name} ended: {run.error or 'its process vanished.'}"


def _fault_line(page: str) -> None:
    """Above every page but the canvas, which must not be pushed down: there it comes as a notice of its own."""
    if page == "build":
        return
    for run in _found(state.recall(FAULT).split()):
        if page == "train" and run.id == state.recall(run_choice.SHOWN):
            state.take(FAULT)
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/error: {pieces.escaped(bad_news(run))}")
            if st.button("Show it", key="frame.show_fault"):
                state.take(FAULT)
                run_choice.pick(run.id)
                pieces.go_to("train")
            st.button("Dismiss", type="tertiary", key="frame.dismiss_fault", on_click=_dismiss)


def _dismiss() -> None:
    state.take(FAULT)
