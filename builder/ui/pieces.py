"""What do several pages show alike? Headings with buttons, lists of faults, links to files."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import NoReturn

import streamlit as st

from builder import paths
from builder.issues import Issue, Severity
from builder.ui import routes

_SAID = {Severity.ERROR: st.error, Severity.WARNING: st.warning, Severity.INFO: st.info}


def go_to(page: str) -> NoReturn:
    """Leave for another page: `start`, `data`, `build`, `train` or `runs`. Absolute: the frame lies elsewhere."""
    st.switch_page(paths.PROJECT / "pages" / f"{page}_page.py")


def heading(
    title: str,
    beside: str = "",
    badge: tuple[str, str] | None = None,
    room: tuple[int, int] = (2, 1),
) -> AbstractContextManager[object]:
    """The page's heading; returns the place at its right for buttons.

    Args:
        title: What the page is about.
        beside: Small words behind it.
        badge: A word in a coloured field behind that, and Streamlit's name of the colour.
        room: Shares of the width for the words and for the buttons.
    """
    left, right = st.columns(room, vertical_alignment="center")
    words = f"## {escaped(title)}" + (f"&ensp;:gray[:small[{escaped(beside)}]]" if beside else "")
    left.markdown(words + (f"&ensp;:{badge[1]}-badge[:small[{badge[0]}]]" if badge else ""))
    return right.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center")


def escaped(text: str) -> str:
    """What a person typed, so that Markdown, HTML and LaTeX in it stay plain text."""
    return "".join(
        f"\\{character}" if character in r"\`*_{}[]()#+-.!|<>~$:&" else character for character in text
    )


def issues(found: Iterable[Issue]) -> None:
    """Faults in words, each with what to do."""
    for issue in found:
        _SAID[issue.severity](escaped(issue.line))


def take_away(what: str, item_id: str, wanted: str, label: str) -> None:
    """A link to a file that the server makes when it is asked for: `what` is `runs` or `projects`."""
    st.link_button(
        label, f"{routes.base_path()}/api/{what}/{item_id}/export?format={wanted}", icon=":material/download:"
    )


def empty(text: str) -> None:
    """What an empty page says: what to do first."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"&nbsp;\n\n:gray[{text}]\n\n&nbsp;", text_alignment="center")
