"""What do all pages share? One store and two engines for the whole server.

"Clear caches" releases them for everyone; the next page that asks gets new ones.
"""

import streamlit as st

from builder import paths
from builder.engine.client import Engine
from builder.runs.store import Store


@st.cache_resource(on_release=lambda store: store.close(), show_spinner=False)
def store() -> Store:
    """Projects, runs and events."""
    return Store(paths.store_file())


@st.cache_resource(on_release=lambda engine: engine.close(), show_spinner=False)
def engine() -> Engine:
    """Answers checks; started without waiting."""
    return _started()


@st.cache_resource(on_release=lambda engine: engine.close(), show_spinner=False)
def jobs() -> Engine:
    """The same program for what takes longer: code and model files. Kept apart so that no check waits for it."""
    return _started()


def _started() -> Engine:
    engine = Engine()
    engine.start()
    return engine
