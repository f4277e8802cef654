"""What does the server do besides running pages? Start and stop the engines, answer routes, tell owners apart."""

import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import App

from builder import paths
from builder.runs import artifacts
from builder.train import launch
from builder.ui import caching, owners, routes, services

FRAME = paths.PACKAGE / "frame.py"
UNDO_S = 3600.0
"""A deleted run can be brought back for at least so long."""


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[dict[str, object]]:
    """Warm up without keeping anybody waiting; end the engines with the server. Runs go on."""
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    watched = launch.keep_watch(services.store())
    yield {}
    watched.set()
    for release in (services.engine.clear, services.jobs.clear, services.store.clear):
        release()


def _warm_up() -> None:
    """The first page needs the engine and the digits; reading them takes seconds that nobody should wait for."""
    from builder.data import registry

    services.engine()
    _remove_deleted_runs()
    registry.load("digits")
    services.jobs()


def _remove_deleted_runs() -> None:
    """Undo is offered until the server ends or an hour has passed, whichever comes later."""
    store = services.store()
    for run_id in store.hidden_runs(time.time() - UNDO_S):
        artifacts.remove(run_id)
        store.delete_run(run_id, None)


def api_routes() -> list[Route]:
    """Routes of our own, beside Streamlit's."""
    return routes.all_routes()


def middleware() -> list[Middleware]:
    """The owner cookie, and what browsers may keep."""
    return [
        Middleware(owners.OwnerCookie, path=routes.base_path() or "/"),
        Middleware(caching.KeepHashedFiles),
    ]
