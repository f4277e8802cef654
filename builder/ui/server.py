"""What does the server do besides running pages? Start and stop the engines, answer routes, tell owners apart."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import App

from builder import paths
from builder.train import launch
from builder.ui import caching, owners, routes, services

FRAME = paths.PACKAGE / "frame.py"


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
    registry.load("digits")
    services.jobs()


def api_routes() -> list[Route]:
    """Routes of our own, beside Streamlit's."""
    return routes.all_routes()


def middleware() -> list[Middleware]:
    """The owner cookie, and what browsers may keep."""
    return [
        Middleware(owners.OwnerCookie, path=routes.base_path() or "/"),
        Middleware(caching.KeepHashedFiles),
    ]
