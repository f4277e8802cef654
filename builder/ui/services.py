"""What do all pages share? One store and two engines for the whole server.

"Clear caches" releases them for everyone; the next page that asks gets new ones.
"""

from concurrent.futures import Future
from contextlib import suppress

import streamlit as st
from pydantic import JsonValue

from builder import paths
from builder.engine.client import Engine
from builder.errors import BuilderError
from builder.runs.store import Store
from builder.translate.machine import Machine, cores


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


@st.cache_resource(show_spinner=False)
def _asked_machine() -> "Future[dict[str, JsonValue]]":
    return jobs().submit("", {"kind": "devices"})


def machine() -> Machine:
    """What there is to compute with; only the processor as long as the engine is warming up."""
    asked = _asked_machine()
    if asked.done():
        with suppress(BuilderError):
            return Machine.model_validate(asked.result())
        _asked_machine.clear()  # that engine died: the next page asks again
    return Machine(cores=cores())


def _started() -> Engine:
    engine = Engine()
    engine.start()
    return engine
