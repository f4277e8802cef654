"""What does the server do besides running pages? Start and stop the engines, answer routes, tell owners apart."""

import gc
import os
import socket
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import App, config

from builder import paths
from builder.runs import artifacts
from builder.train import launch, presence
from builder.ui import caching, owners, routes, services

FRAME = paths.PACKAGE / "frame.py"
UNDO_S = 3600.0
"""A deleted run can be brought back for at least so long."""


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[dict[str, object]]:
    """Warm up without keeping anybody waiting; end the engines with the server. Runs go on."""
    send_at_once()
    answer_own_names_only()
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    ends = [launch.keep_watch(services.store()), presence.stay()]
    if owners.mode() is owners.Mode.CLASSROOM:
        print(f"Join at {join_address()}", flush=True)
    yield {}
    for end in ends:
        end.set()
    for release in (services.engine.clear, services.jobs.clear, services.store.clear):
        release()


def answer_own_names_only() -> None:
    """On a server for this machine alone, take websockets only from pages that came by one of this machine's names.

    A page from elsewhere can make its own name lead to 127.0.0.1; routes look themselves (`owners.is_own_host`).
    What somebody set as `server.allowedHosts` stands.
    """
    if st.get_option("server.allowedHosts") or owners.mode() is owners.Mode.CLASSROOM:
        return
    if st.get_option("server.address") in owners.LOOPBACK:
        config.set_option("server.allowedHosts", sorted(name for name in owners.LOOPBACK if "[" not in name))


def send_at_once() -> None:
    """Have small messages sent without waiting until the browser has confirmed the ones before (TCP_NODELAY).

    asyncio asks for this only on sockets made for `IPPROTO_TCP`; Streamlit's listening socket is made for protocol 0,
    and each page run is answered in four to six small messages. Accepted connections inherit it from it.
    """
    for handle in _open_handles():
        try:
            with socket.socket(fileno=os.dup(handle)) as found:
                if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            continue  # no socket, or not one of TCP


def _open_handles() -> list[int]:
    """Numbers of the files and sockets that this process has open; empty where they cannot be listed (Windows)."""
    try:
        return [int(file.name) for file in Path("/dev/fd").iterdir() if file.name.isdigit()]
    except OSError:
        return []


def _warm_up() -> None:
    """The first page needs the engine and the digits; reading them takes seconds that nobody should wait for."""
    from builder.data import registry

    services.engine()
    _remove_deleted_runs()
    registry.load("digits")
    services.jobs()
    # What was imported stays: later collections need not look at it again (150 ms each, on every page's time).
    gc.freeze()


def _remove_deleted_runs() -> None:
    """Undo is offered until the server ends or an hour has passed, whichever comes later."""
    store = services.store()
    for run_id in store.hidden_runs(time.time() - UNDO_S):
        artifacts.remove(run_id)
        store.delete_run(run_id, None)


def join_address() -> str:
    """Where browsers of a class find this server: its address in the local network. Nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(
                ("192.0.2.1", 9)
            )  # a datagram socket only picks the interface; the address is for examples
            host = probe.getsockname()[0]
        except OSError:
            host = "127.0.0.1"
    return f"http://{host}:{st.get_option('server.port')}{routes.base_path()}"


def api_routes() -> list[Route]:
    """Routes of our own, beside Streamlit's."""
    return routes.all_routes()


def middleware() -> list[Middleware]:
    """The owner cookie, and what browsers may keep."""
    return [
        Middleware(owners.OwnerCookie, path=routes.base_path() or "/"),
        Middleware(caching.KeepHashedFiles),
    ]
