"""How does a person run the same training several times, and what was begun beside the shown run?"""

from collections.abc import Sequence

import streamlit as st

from builder.errors import BuilderError
from builder.experiments import fork, seeds
from builder.issues import Issue
from builder.runs.records import RunRecord
from builder.train import launch
from builder.ui import pieces, run_choice, services, state, training

POPOVER_PX = 320


def starter(faults: Sequence[Issue]) -> None:
    """The same training several times: how much of the result is luck?"""
    with (
        st.popover("Run it several times", icon=":material/casino:", disabled=bool(faults)),
        st.container(width=POPOVER_PX),
    ):
        st.markdown(
            ":small[The same training with another seed each time: the curves become a band, and a comparison"
            " can say whether a difference is more than luck.]"
        )
        count = st.number_input("Times", seeds.FEWEST, seeds.MOST, seeds.USUAL, key="train.times")
        first = state.project().project.training.seed
        st.caption(f"Seeds {first} to {first + count - 1}, one after the other where there is little room.")
        st.button(f"Run it {count} times", icon=":material/play_arrow:", on_click=_begin, args=(count,))


def _begin(count: int) -> None:
    try:
        with st.spinner("Running the whole network once, without data, before it is trained."):
            series = training.start_series(state.project(), count)
    except BuilderError as error:
        state.remember("said", str(error))
        return
    if series is not None:
        run_choice.show(series.runs[0].id)
        state.remember("begun", " ".join(run.id for run in series.runs))


def begun_line(run: RunRecord | None) -> None:
    """After a fork or a series was begun: what it is, and one click that takes it back."""
    begun = [one for one in map(_found, state.recall("begun").split()) if one is not None]
    if run is None or run.id not in [one.id for one in begun]:
        _origin_line(run)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":small[{pieces.escaped(_words(begun))}]")
        st.button(
            "Undo",
            type="tertiary",
            icon=":material/undo:",
            key="train.unbegin",
            on_click=_take_back,
            args=(begun,),
        )


def _origin_line(run: RunRecord | None) -> None:
    if run is not None and run.origin is not None:
        st.markdown(f":gray[:small[{pieces.escaped(_words([run]))}]]")


def _words(begun: Sequence[RunRecord]) -> str:
    if begun[0].origin is not None:
        described = fork.described(begun[0].origin)
        return f"{described[0].upper()}{described[1:]}."
    return f"Runs {begun[0].number} to {begun[-1].number}: the same training with {len(begun)} seeds."


def _found(run_id: str) -> RunRecord | None:
    try:
        return services.store().run(run_id, state.owner())
    except BuilderError:
        return None


def _take_back(begun: Sequence[RunRecord]) -> None:
    """Stop and delete; the Runs page can bring them back."""
    for run in begun:
        services.store().hide_run(run.id, state.owner())
    state.take("begun")
    state.remember("deleted", " ".join(run.id for run in begun))
    first = begun[0].origin
    if first is not None:
        run_choice.show(first.run)


def stop_all(run: RunRecord | None) -> None:
    """End what is left of a series with one click."""
    if run is None or run.series is None:
        return
    left = [one for one in services.store().runs(run.owner, series=run.series) if not one.ended]
    if len(left) > 1:
        st.button(
            f"Stop all {len(left)}",
            type="tertiary",
            key="train.stop_all",
            on_click=_stop,
            args=([one.id for one in left],),
        )


def _stop(run_ids: Sequence[str]) -> None:
    for run_id in run_ids:
        launch.stop(services.store(), run_id, state.owner())
