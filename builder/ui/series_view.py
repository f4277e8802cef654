"""How does a person run the same training several times, and what was begun beside the shown run?"""

from collections.abc import Callable, Sequence

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
        count = st.number_input("Number of runs", seeds.FEWEST, seeds.MOST, seeds.USUAL, key="train.times")
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
        state.remember(run_choice.TOGETHER, series.id)
        state.remember("begun", " ".join(run.id for run in series.runs))


def around(run: RunRecord, others: Sequence[RunRecord]) -> None:
    """The runs that belong here, each a click away; where this one comes from, and how to take it back."""
    begun = [one for one in map(_found, state.recall("begun").split()) if one is not None]
    is_new = run.id in [one.id for one in begun]
    left = [one for one in others if run.series and one.series == run.series and not one.ended]
    if len(others) < 2 and not is_new and run.origin is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        run_choice.chooser(run, others)
        if words := _words(begun if is_new else [run]):
            st.markdown(f":gray[:small[{pieces.escaped(words)}]]", width="content")
        if is_new:
            _button("Undo", "undo", _take_back, begun)
        if len(left) > 1:
            _button(f"Stop all {len(left)}", "stop", _stop, left)


def _button(label: str, icon: str, act: Callable[[Sequence[str]], None], runs: Sequence[RunRecord]) -> None:
    ids = [run.id for run in runs]
    st.button(
        label, type="tertiary", icon=f":material/{icon}:", key=f"train.{icon}", on_click=act, args=(ids,)
    )


def _words(runs: Sequence[RunRecord]) -> str:
    """Where these runs, begun together, come from."""
    first = runs[0]
    if first.origin is not None:
        described = fork.described(first.origin)
        return f"{described[0].upper()}{described[1:]}."
    return f"{len(runs)} seeds of one training." if len(runs) > 1 else ""


def _found(run_id: str) -> RunRecord | None:
    try:
        return services.store().run(run_id, state.owner())
    except BuilderError:
        return None


def _take_back(run_ids: Sequence[str]) -> None:
    """Stop and delete; the Runs page can bring them back."""
    origin = services.store().run(run_ids[0], state.owner()).origin
    for run_id in run_ids:
        services.store().hide_run(run_id, state.owner())
    state.take("begun")
    state.remember("deleted", " ".join(run_ids))
    if origin is not None:
        run_choice.show(origin.run)


def _stop(run_ids: Sequence[str]) -> None:
    for run_id in run_ids:
        launch.stop(services.store(), run_id, state.owner())
