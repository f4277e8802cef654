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
    payload: dict[str, JsonValue], on_change: Callable[[], None], on_action: Callable[[], None]
) -> None:
    """Mount the canvas. `on_change` is called for a drawing, `on_action` for a button, before the page runs again."""
    _component()(
        key=KEY,
        data=payload,
        on_change_change=on_change,
        on_action_change=on_action,
        on_poll_change=_nothing,
    )


def _nothing() -> None:
    """A poll only makes the page run again, so that a late answer of the engine is shown."""


def sent(what: str) -> JsonValue:
    """What the canvas sent last under this name: `change` or `action`."""
    mounted = st.session_state.get(KEY)
    value: JsonValue = mounted.get(what) if mounted else None
    return value
