"""How does a page show what a network over the plane has learned, redrawn while it learns?

The component fetches its pictures itself from the picture route, only while it is in view; the page only says which
run to follow.
"""

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

PICTURE_PREFIX = "/api/runs/"
"""Where the routes lie, after the app's base path: `{prefix}{run id}/picture` and `/rows2d`."""


def learned_picture(run_id: str, *, key: str, active: bool) -> None:
    """Mount the picture; call it in every rerun with the same key.

    Args:
        run_id: A run whose network takes two numbers.
        key: Streamlit's key of the component.
        active: True while the page believes that the run goes on; a change to it makes the picture ask again.
    """
    _component()(key=key, data={"api": PICTURE_PREFIX, "run": run_id, "active": active})


@cache
def _component() -> "ComponentRenderer":
    # Declared at the first use: at import time the list of installed components may not have been read yet.
    return st.components.v2.component("builder.learned", js="learned.*.js")
