"""Which pages are there, and what stands around them? The script that Streamlit runs for each browser."""

import streamlit as st

from builder import paths
from builder.ui import announcements, state

PAGES = paths.PROJECT / "pages"


def _page(name: str, icon: str, default: bool = False) -> st.Page:
    """Absolute paths: relative ones would be relative to this file. Files end in `_page` so that no url is doubled."""
    return st.Page(
        PAGES / f"{name}_page.py",
        title=name.capitalize(),
        icon=f":material/{icon}:",
        url_path=name,
        default=default,
        visibility="hidden" if default else "visible",
    )


PAGE_ICONS = {"data": "database", "build": "account_tree", "train": "play_circle", "runs": "history"}

st.set_page_config(page_title="Layerloom", page_icon=str(paths.ASSETS / "icon.svg"), layout="wide")
state.begin()
st.logo(str(paths.ASSETS / f"logo-{state.appearance()}.svg"), size="medium")
page = st.navigation(
    [_page("start", "home", default=True), *(_page(name, icon) for name, icon in PAGE_ICONS.items())],
    position="top",
)
at_work = announcements.announce(page.url_path)
page.run()
announcements.take_note(at_work)
