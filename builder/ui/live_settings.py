"""What can be changed while the network trains? The learning rate at once, the rest from the next epoch on.

A fragment: a slider that is moved makes only this panel anew. What is asked for here becomes an event of the run, so
that the curve tells when it was; one click takes the last change back.
"""

import json
from collections.abc import Sequence

import streamlit as st
from pydantic import JsonValue

from builder.catalog import lookup
from builder.errors import BuilderError
from builder.project import regularization
from builder.project.optimizers import ARGUMENTS
from builder.runs.records import RunRecord, RunState
from builder.ui import orders, pieces, services, state

RATES = tuple(float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5))
STRENGTHS = (0.0, *(rate for rate in RATES if rate <= 0.1))
CHANGEABLE = (RunState.RUNNING, RunState.PAUSED)
LARGEST_BATCH = 65_536
STEPPED_BY = 0.05
LARGEST_RATE = 0.95
LAYERS_SHOWN = 4
"""Dropout layers with a slider of their own; the others stand under More."""


def panel(run: RunRecord) -> None:
    """The settings of a run at work that can be changed without ending it."""
    st.fragment(_panel)(run.id)


def _panel(run_id: str) -> None:
    run = services.store().run(run_id, state.owner())
    with st.container(border=True):
        title, when = st.columns([3, 2], vertical_alignment="center")
        title.markdown("#### Change while it runs")
        when.markdown(":gray[:small[applies within 1 s]]", text_alignment="right")
        is_off = run.state not in CHANGEABLE
        _rate(run, is_off)
        st.markdown(":gray[:small[From the next epoch on]]")
        _strength(run, is_off)
        rates = dropout_rates(run)
        for path in list(rates)[:LAYERS_SHOWN]:
            _dropout(run, path, rates[path], is_off)
        with st.expander("More"):
            _more(run, is_off, list(rates)[LAYERS_SHOWN:])
        _undo_line(run, is_off)


def learning_rate(run: RunRecord) -> float:
    """As it is now."""
    return _float((run.live or {}).get("learning_rate"), _first_rate(run))


def _first_rate(run: RunRecord) -> float:
    optimizer = run.project.training.optimizer
    usual = float(ARGUMENTS[optimizer.type]["learning_rate"].default)
    return _float(optimizer.params.get("learning_rate"), usual)


def l2_strength(run: RunRecord) -> float:
    """As it is now."""
    return _float((run.live or {}).get("l2"), regularization.l2_strength(run.project.design))


def dropout_rates(run: RunRecord) -> dict[str, float]:
    """By the path of each layer, as they are now."""
    changed = (run.live or {}).get("dropout")
    drawn = regularization.dropout_rates(run.project.design)
    return {
        path: _float(changed.get(path) if isinstance(changed, dict) else None, rate)
        for path, rate in drawn.items()
    }


def batch_size(run: RunRecord) -> int:
    """As it is now."""
    return int(_float((run.live or {}).get("batch_size"), run.project.training.batch_size))


def trainable_layers(run: RunRecord) -> list[str]:
    """Paths of the layers that have weights to freeze."""
    return [
        "/".join((*path, node.id))
        for path, node in regularization.placed(run.project.design)
        if (spec := lookup.layer(node.type)) is not None and spec.trainable and not node.bypass
    ]


def frozen(run: RunRecord) -> list[str]:
    """Paths of the layers whose weights stand still now."""
    changed = (run.live or {}).get("frozen")
    if isinstance(changed, list):
        return [str(path) for path in changed]
    return [
        "/".join((*path, node.id))
        for path, node in regularization.placed(run.project.design)
        if node.params.get("trainable") is False
    ]


def plain(number: float) -> str:
    """`0.0001`, never 1e-04; `off` for nothing."""
    if number == 0:
        return "off"
    return f"{number:.10f}".rstrip("0").rstrip(".") if 1e-8 < number < 1e6 else f"{number:g}"


def notches(offered: Sequence[float], *values: float) -> list[float]:
    """What a slider offers, the present value and the one that the run began with among it."""
    return sorted({*offered, *values})


def _rate(run: RunRecord, is_off: bool) -> None:
    now, key = learning_rate(run), f"live.{run.id}.rate"
    state.follow(key, now)
    st.select_slider(
        "Learning rate",
        notches(RATES, now, _first_rate(run)),
        key=key,
        format_func=plain,
        disabled=is_off,
        on_change=_change,
        args=(run.id, "learning_rate", None, key),
    )


def _strength(run: RunRecord, is_off: bool) -> None:
    now, key = l2_strength(run), f"live.{run.id}.l2"
    state.follow(key, now)
    st.select_slider(
        "L2 strength",
        notches(STRENGTHS, now, regularization.l2_strength(run.project.design)),
        key=key,
        format_func=plain,
        disabled=is_off,
        help="Pulls all weights towards 0, so that none is learned by heart.",
        on_change=_change,
        args=(run.id, "l2", None, key),
    )


def _dropout(run: RunRecord, path: str, now: float, is_off: bool) -> None:
    key = f"live.{run.id}.dropout.{path}"
    state.follow(key, now)
    st.slider(
        f"Dropout of {pieces.escaped(path)}",
        0.0,
        LARGEST_RATE,
        step=STEPPED_BY,
        key=key,
        disabled=is_off,
        on_change=_change,
        args=(run.id, "dropout", path, key),
    )


def _more(run: RunRecord, is_off: bool, paths: Sequence[str]) -> None:
    for path in paths:
        _dropout(run, path, dropout_rates(run)[path], is_off)
    exact, batch, still = (f"live.{run.id}.{name}" for name in ("exact", "batch", "frozen"))
    state.follow(exact, learning_rate(run))
    st.number_input(
        "Learning rate, exactly",
        1e-12,
        1e30,
        format="%g",
        key=exact,
        disabled=is_off,
        on_change=_change,
        args=(run.id, "learning_rate", None, exact),
    )
    state.follow(batch, batch_size(run))
    st.number_input(
        "Batch size",
        1,
        LARGEST_BATCH,
        key=batch,
        disabled=is_off,
        on_change=_change,
        args=(run.id, "batch_size", None, batch),
    )
    state.follow(still, [*frozen(run)])
    st.multiselect(
        "Frozen layers",
        trainable_layers(run),
        key=still,
        disabled=is_off,
        placeholder="None",
        help="Their weights stand still.",
        on_change=_change,
        args=(run.id, "frozen", None, still),
    )


def _present(run: RunRecord, setting: str, node: str | None) -> JsonValue:
    match setting:
        case "learning_rate":
            return learning_rate(run)
        case "l2":
            return l2_strength(run)
        case "batch_size":
            return batch_size(run)
        case "dropout":
            return dropout_rates(run).get(node or "")
    return [*frozen(run)]


def _change(run_id: str, setting: str, node: str | None, key: str) -> None:
    run = services.store().run(run_id, state.owner())
    before, value = _present(run, setting, node), state.widget(key)
    if before != value and _ordered(run_id, setting, node, value):
        state.remember(f"changed.{run_id}", json.dumps([setting, node, before, value]))
    else:
        state.unfollow(key)


def _ordered(run_id: str, setting: str, node: str | None, value: JsonValue) -> bool:
    try:
        orders.change(services.store(), run_id, state.owner(), setting, node, value)
    except BuilderError as error:
        state.remember("said", str(error))
        return False
    return True


def _undo_line(run: RunRecord, is_off: bool) -> None:
    """The last change, and the way back."""
    kept = state.recall(f"changed.{run.id}")
    if not kept:
        return
    setting, node, before, after = json.loads(kept)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":small[{pieces.escaped(f'{_named(setting, node)}: {_said(before)} to {_said(after)}.')}]"
        )
        st.button(
            f"Back to {_said(before)}",
            type="tertiary",
            icon=":material/undo:",
            key=f"live.{run.id}.back",
            disabled=is_off,
            on_click=_back,
            args=(run.id, setting, node, before),
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


def _named(setting: str, node: str | None) -> str:
    names = {
        "learning_rate": "Learning rate",
        "l2": "L2 strength",
        "batch_size": "Batch size",
        "frozen": "Frozen",
    }
    return f"Dropout of {node}" if setting == "dropout" else names[setting]


def _said(value: JsonValue) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return plain(value) if isinstance(value, float) else str(value)


def _float(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else otherwise
