"""The routes of the app without a browser, on a store of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from builder.runs.store import Store
from builder.ui import routes, server, services


@pytest.fixture
def store(app_home: Path) -> Store:
    return services.store()


@pytest.fixture(scope="session", autouse=True)
def _engines() -> Iterator[None]:
    yield
    services.jobs.clear()
    services.engine.clear()


@pytest.fixture
def client(app_home: Path) -> Callable[[], TestClient]:
    """A new browser; what it is given by the server it sends back."""
    app = Starlette(routes=routes.all_routes(), middleware=server.middleware())
    return lambda: TestClient(app, base_url="http://127.0.0.1")
