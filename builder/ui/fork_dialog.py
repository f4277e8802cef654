"""How does a person fork a run? By a kept epoch, one thing and its new value; a sentence says what will happen."""

from collections.abc import Sequence

import streamlit as st
from pydantic import JsonValue

from builder.errors import BuilderError
from builder.experiments import alteration, fork
from builder.experiments.alteration import Thing
from builder.experiments.fork import KeptEpoch
from builder.experiments.moment import as_trained
from builder.figures import numbers
from builder.project.document import Project
from builder.project.optimizers import Optimizer
from builder.project.regularization import augmenting, dropout_rates
from builder.runs.records import RunRecord
from builder.ui import live_settings, pieces, run_choice, services, state

NAMES = {
    Thing.LEARNING_RATE: "Learning rate",
    Thing.OPTIMIZER: "Optimizer",
    Thing.BATCH_SIZE: "Batch size",
    Thing.DROPOUT: "Dropout",
    Thing.L2: "L2 strength",
    Thing.EPOCHS: "Epochs",
    Thing.EARLY_STOPPING: "Early stopping",
    Thing.SEED: "Seed",
    Thing.AUGMENTATION: "Augmentation",
}
BEGUN, SAID = "fork_begun", "fork_refused"
"""What the session remembers until the dialog is made anew."""
NOTHING_KEPT = (
    "No epoch of this run is kept yet. The first is kept soon after it is completed; Keep this epoch keeps the one"
    " that is under way."
)


def open_for(run: RunRecord) -> None:
    """Show the dialog over the page."""
    st.dialog(f"Fork run {run.number}")(_body)(run.id)


def _body(run_id: str) -> None:
    if state.take(BEGUN):
        pieces.go_to("train")
    run = services.store().run(run_id, state.owner())
    kept = fork.kept_epochs(run)
    if not kept:
        st.markdown(NOTHING_KEPT)
        return
    best = next((index for index, one in enumerate(kept) if one.is_best), 0)
    chosen = st.selectbox("Begin after", kept, best, format_func=_epoch_words, key=f"fork.{run_id}.epoch")
    project = as_trained(run, chosen.epoch)
    things = alteration.things(project)
    thing = st.selectbox(
        "Change one thing", things, format_func=NAMES.__getitem__, key=f"fork.{run_id}.thing"
    )
    key, value = _new_value(project, thing, chosen, f"fork.{run_id}.{thing}")
    sentence, is_sound = _sentence(run, chosen, key, value)
    st.markdown(pieces.escaped(sentence))
    label = f"Fork at epoch {chosen.epoch}"
    st.button(
        label,
        type="primary",
        icon=":material/fork_right:",
        disabled=not is_sound,
        on_click=_begin,
        args=(run, chosen.epoch, key, value),
    )
    if said := state.take(SAID):
        st.warning(pieces.escaped(said))


def _epoch_words(kept: KeptEpoch) -> str:
    marks = [word for word, holds in (("best", kept.is_best), ("last", kept.is_last)) if holds]
    return f"epoch {kept.epoch}" + (f", {' and '.join(marks)}" if marks else "")


def _sentence(run: RunRecord, kept: KeptEpoch, key: str, value: JsonValue) -> tuple[str, bool]:
    """What the fork will be, or why there can be none; and whether there can."""
    try:
        planned = fork.plan(run, kept.epoch, key, value)
    except BuilderError as error:
        return str(error), False
    first, last = kept.epoch + 1, planned.project.training.epochs
    epochs = f"epoch {first}" if first == last else f"epochs {numbers.count(first)} to {numbers.count(last)}"
    return f"Trains {epochs} with {planned.words}.", True


def _begin(run: RunRecord, epoch: int, key: str, value: JsonValue) -> None:
    try:
        made = fork.fork(services.store(), run, epoch, key, value)
    except BuilderError as error:
        state.remember(SAID, str(error))
        return
    run_choice.show(made.id)
    state.remember("begun", made.id)
    state.remember(BEGUN, made.id)


def _new_value(project: Project, thing: Thing, kept: KeptEpoch, key: str) -> tuple[str, JsonValue]:
    """Ask for the new value, with one that is worth trying; and the key, which may be that of one layer."""
    now = alteration.current(project, thing)
    match thing:
        case Thing.LEARNING_RATE:
            usual = float(now) / 10 if isinstance(now, int | float) else 0.001
            step = usual / 10
            rate = st.number_input("New learning rate", 1e-12, 1e30, usual, step, format="%g", key=key)
            return thing, rate
        case Thing.OPTIMIZER:
            others = [str(one) for one in Optimizer if str(one) != now]
            return thing, st.selectbox("New optimizer", others, key=key)
        case Thing.DROPOUT:
            return _dropout(project, key)
        case Thing.L2:
            usual_strength = 0.001 if now is None else 0.0
            return thing, st.select_slider(
                "New L2 strength",
                live_settings.STRENGTHS,
                usual_strength,
                format_func=live_settings.plain,
                key=key,
            )
        case Thing.EARLY_STOPPING:
            return thing, _patience(now, key)
        case Thing.AUGMENTATION:
            layers = ", ".join(augmenting(project.design))
            st.markdown(f":small[{pieces.escaped(layers)} will let everything pass unchanged.]")
            return thing, "none"
    return thing, _whole_number(thing, now, kept, key)


def _whole_number(thing: Thing, now: JsonValue, kept: KeptEpoch, key: str) -> int:
    was = now if isinstance(now, int) else 1
    low, high, usual = {
        Thing.BATCH_SIZE: (1, live_settings.LARGEST_BATCH, was * 2),
        Thing.EPOCHS: (kept.epoch + 1, 100_000, was * 2),
        Thing.SEED: (0, 2**31 - 1, was + 1),
    }[thing]
    label = f"New {NAMES[thing].lower()}"
    return int(st.number_input(label, low, high, min(max(usual, low), high), key=key))


def _patience(now: JsonValue, key: str) -> JsonValue:
    usual = now * 2 if isinstance(now, int) else 10
    help = "Stops when validation loss has not improved for so many epochs. 0: never stops early."
    return int(st.number_input("New patience, epochs", 0, 100_000, usual, key=key, help=help)) or "none"


def _dropout(project: Project, key: str) -> tuple[str, JsonValue]:
    rates = dropout_rates(project.design)
    layer = _layer(list(rates), key)
    now = rates[layer] if layer else max(rates.values())
    usual = round(min(0.9, now + 0.1), 2)
    rate = st.slider("New dropout", 0.0, live_settings.LARGEST_RATE, usual, 0.05, key=f"{key}.{layer}")
    return (f"{Thing.DROPOUT}.{layer}" if layer else str(Thing.DROPOUT)), rate


def _layer(paths: Sequence[str], key: str) -> str:
    """Which dropout layer; all of them is the empty name."""
    if len(paths) == 1:
        return ""
    return str(
        st.selectbox("Layer", ["", *paths], format_func=lambda path: path or "all", key=f"{key}.layer")
    )
