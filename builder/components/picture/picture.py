"""How is a drawing made in Python put on a page? As SVG in the page's own letters.

`st.html` strips SVG and `st.image` shows it without the page's fonts. What is drawn here is our own: names that a
person typed are escaped where the SVG is written, and it is parsed as SVG, where scripts do not run.
"""

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_JS = """
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector("div")
  if (place.dataset.shown === data.svg) return
  const drawn = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement
  drawn.querySelectorAll("script, foreignObject").forEach(stranger => stranger.remove())
  place.replaceChildren(document.importNode(drawn, true))
  place.dataset.shown = data.svg
}
"""


@cache
def _component() -> "ComponentRenderer":
    return st.components.v2.component(
        "layerloom_picture", html="<div></div>", css="div { line-height: 0; } svg { display: block; }", js=_JS
    )


def picture(svg: str, key: str, height_px: int) -> None:
    """Show an SVG; room for `height_px` is kept from the start, so that nothing jumps when it arrives."""
    _component()(key=key, data={"svg": svg}, height=height_px)
