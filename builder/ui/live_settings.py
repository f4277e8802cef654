"""What can be changed while the network trains? The learning rate at once, the rest from the next epoch on.

A fragment: a slider that is moved makes only this panel anew. What is asked for here becomes an event of the run, so
that the curve tells when it was; one click takes the last change back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from pydantic import JsonValue

from builder.errors import BuilderError
from builder.project import regularization
from builder.project.document import Project
from builder.project.optimizers import ARGUMENTS
from builder.runs.records import RunRecord
from builder.train import live_change, orders
from builder.train.live_changes.frozen import learners
from builder.ui import pieces, services, state

RATES = tuple(float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5))
STRENGTHS = (0.0, *(rate for rate in RATES if rate <= 0.1))
LARGEST_BATCH = 65_536
STEPPED_BY = 0.05
LARGEST_RATE = 0.95
LAYERS_SHOWN = 4
"""Dropout layers with a slider of their own; the others stand under More."""


def panel(run: RunRecord) -> None:
    """The settings of a run at work that can be changed without ending it."""
    st.fragment(_panel)(run.id)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run with what it trains with now."""

    record: RunRecord
    now: Project
    is_off: bool
    """Whether nothing can be changed any more."""

    def told(self, setting: str) -> JsonValue:
        """The setting as it is now; a dict tells it by layer."""
        return live_change.changes()[setting].told(self.now)


def _panel(run_id: str) -> None:
    record = services.store().run(run_id, state.owner())
    run = _Run(record, present(record), record.state not in orders.HEARS)
    with st.container(border=True):
        title, when = st.columns([3, 2], vertical_alignment="center")
        title.markdown("#### Change while it runs")
        when.markdown(":gray[:small[applies within 1 s]]", text_alignment="right")
        _rate(run)
        st.markdown(":gray[:small[From the next epoch on]]")
        _strength(run)
        paths = list(regularization.dropout_rates(run.now.design))
        for path in paths[:LAYERS_SHOWN]:
            _dropout(run, path)
        with st.expander("More"):
            for path in paths[LAYERS_SHOWN:]:
                _dropout(run, path)
            _more(run)
        _said_line(run_id)
        _undo_line(run)


def present(run: RunRecord) -> Project:
    """The project with everything that was changed while it ran."""
    return live_change.folded(run.project, run.live)


def learning_rate(project: Project) -> float:
    """As the optimizer has it, or its own default."""
    optimizer = project.training.optimizer
    given = optimizer.params.get("learning_rate")
    if isinstance(given, int | float):
        return float(given)
    return float(ARGUMENTS[optimizer.type]["learning_rate"].default)


def plain(number: float) -> str:
    """`0.0001`, never 1e-04; `off` for nothing."""
    if number == 0:
        return "off"
    return f"{number:.10f}".rstrip("0").rstrip(".") if 1e-8 < number < 1e6 else f"{number:g}"


def notches(offered: Sequence[float], *values: float) -> list[float]:
    """What a slider offers, the present value and the one that the run began with among it."""
    return sorted({*offered, *values})


def _rate(run: _Run) -> None:
    now, key = learning_rate(run.now), f"live.{run.record.id}.rate"
    state.follow(key, now)
    st.select_slider(
        "Learning rate",
        notches(RATES, now, learning_rate(run.record.project)),
        key=key,
        format_func=plain,
        disabled=run.is_off,
        on_change=_change,
        args=(run.record.id, "learning_rate", None, key),
    )


def _strength(run: _Run) -> None:
    if not regularization.l2_by_node(run.now.design):
        return
    now, key = regularization.l2_strength(run.now.design), f"live.{run.record.id}.l2"
    state.follow(key, now)
    st.select_slider(
        "L2 strength",
        notches(STRENGTHS, now, regularization.l2_strength(run.record.project.design)),
        key=key,
        format_func=plain,
        disabled=run.is_off,
        help="Pulls all weights towards 0, so that none is learned by heart.",
        on_change=_change,
        args=(run.record.id, "l2", None, key),
    )


def _dropout(run: _Run, path: str) -> None:
    key = f"live.{run.record.id}.dropout.{path}"
    state.follow(key, regularization.dropout_rates(run.now.design)[path])
    st.slider(
        f"Dropout of {pieces.escaped(path)}",
        0.0,
        LARGEST_RATE,
        step=STEPPED_BY,
        key=key,
        disabled=run.is_off,
        on_change=_change,
        args=(run.record.id, "dropout", path, key),
    )


def _more(run: _Run) -> None:
    run_id = run.record.id
    exact, batch, still = (f"live.{run_id}.{name}" for name in ("exact", "batch", "frozen"))
    state.follow(exact, learning_rate(run.now))
    st.number_input(
        "Learning rate, exactly",
        1e-12,
        1e30,
        step=learning_rate(run.record.project) / 10,
        format="%g",
        key=exact,
        disabled=run.is_off,
        on_change=_change,
        args=(run_id, "learning_rate", None, exact),
    )
    state.follow(batch, run.told("batch_size"))
    st.number_input(
        "Batch size",
        1,
        LARGEST_BATCH,
        key=batch,
        disabled=run.is_off,
        on_change=_change,
        args=(run_id, "batch_size", None, batch),
    )
    state.follow(still, run.told("frozen"))
    st.multiselect(
        "Frozen layers",
        learners(run.now.design),
        key=still,
        disabled=run.is_off,
        placeholder="None",
        help="Their weights stand still.",
        on_change=_change,
        args=(run_id, "frozen", None, still),
    )


def _present(project: Project, setting: str, node: str | None) -> JsonValue:
    """What the widget of this setting shows."""
    if setting == "l2":
        return regularization.l2_strength(project.design)
    if setting == "learning_rate":
        return learning_rate(project)
    told = live_change.changes()[setting].told(project)
    return told.get(node) if isinstance(told, dict) and node is not None else told


def _change(run_id: str, setting: str, node: str | None, key: str) -> None:
    run = services.store().run(run_id, state.owner())
    before, value = _present(present(run), setting, node), state.widget(key)
    if before != value and _ordered(run_id, setting, node, value):
        state.remember(f"changed.{run_id}", json.dumps([setting, node, before, value]))
    else:
        state.unfollow(key)


def _ordered(run_id: str, setting: str, node: str | None, value: JsonValue) -> bool:
    try:
        orders.change(services.store(), run_id, setting, value, state.owner(), node)
    except BuilderError as error:
        state.remember(f"refused.{run_id}", str(error))
        return False
    return True


def _said_line(run_id: str) -> None:
    """Why the last change was refused, once."""
    if said := state.take(f"refused.{run_id}"):
        st.markdown(f":orange[:small[{pieces.escaped(said)}]]")


def _undo_line(run: _Run) -> None:
    """The last change, and the way back."""
    run_id = run.record.id
    kept = state.recall(f"changed.{run_id}")
    if not kept:
        return
    setting, node, before, after = json.loads(kept)
    where = f" of {node}" if node else ""
    words = f"{live_change.changes()[setting].label}{where}: {_said(before)} to {_said(after)}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":small[{pieces.escaped(words)}]")
        st.button(
            f"Back to {_said(before)}",
            type="tertiary",
            icon=":material/undo:",
            key=f"live.{run_id}.back",
            disabled=run.is_off,
            on_click=_back,
            args=(run_id, setting, node, before),
        )


def _back(run_id: str, setting: str, node: str | None, before: JsonValue) -> None:
    if _ordered(run_id, setting, node, before):
        state.take(f"changed.{run_id}")
        for key in _keys(run_id, setting, node):
            state.set_widget(key, before)


def _keys(run_id: str, setting: str, node: str | None) -> list[str]:
    """The widgets that show this setting."""
    if setting == "dropout":
        return [f"live.{run_id}.dropout.{node}"]
    names = {"learning_rate": ["rate", "exact"], "batch_size": ["batch"]}.get(setting, [setting])
    return [f"live.{run_id}.{name}" for name in names]


def _said(value: JsonValue) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return plain(value) if isinstance(value, float) else str(value)
