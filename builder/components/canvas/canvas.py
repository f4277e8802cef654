"""How is the drawing surface put on a page? As one Streamlit component, served from its built file."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from pydantic import JsonValue

KEY = "canvas"


@cache
def _component() -> Any:
    return st.components.v2.component("builder.canvas", js="canvas.*.js")


def canvas(
    payload: dict[str, JsonValue],
    on_change: Callable[[], None],
    on_action: Callable[[], None],
    on_poll: Callable[[], None],
) -> None:
    """Mount the canvas. Before the page runs again, `on_change` is called for a drawing, `on_action` for a button and
    `on_poll` when the canvas waits for a late answer of the engine.
    """
    _component()(
        key=KEY,
        data=payload,
        on_change_change=on_change,
        on_action_change=on_action,
        on_poll_change=on_poll,
    )


def sent(what: str) -> JsonValue:
    """What the canvas sent last under this name: `change`, `action` or `poll`."""
    mounted = st.session_state.get(KEY)
    value: JsonValue = mounted.get(what) if mounted else None
    return value
