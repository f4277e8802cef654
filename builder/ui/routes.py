"""What does the server answer besides pages? Live points, the catalogue, and files to take away.

Each route finds out by itself whose browser is asking; foreign and missing things are both "404, no such thing".
Routes are plain functions: Starlette runs them in threads, so that no file or database read holds up a page. Those
that wait for something to come are coroutines: they hold no thread.
"""

import gzip
import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Protocol

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from builder import paths
from builder.errors import BuilderError, NotFound
from builder.project import ready_blocks
from builder.runs import frames, packing
from builder.train import queue
from builder.ui import analysis, caching, downloads, live_layers, owners, pictures, services

Endpoint = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]
CATALOG_FILE = paths.PACKAGE / "catalog" / "catalog.json"


class Answer(Protocol):
    """A function that answers a request for its owner."""

    def __call__(self, request: Request, owner: str) -> Response:
        """The response; `BuilderError` becomes one line of JSON."""


class WaitingAnswer(Protocol):
    """The same for an answer that waits."""

    async def __call__(self, request: Request, owner: str) -> Response:
        """As of `Answer`; must not read files or the database at length by itself."""


def base_path() -> str:
    """The path under which everything is served, without a slash at its end: empty, or `/lab/layerloom`."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


@cache
def catalog_url() -> str:
    """Where the catalogue lies; the name changes with its content, so that browsers may keep it for ever."""
    return f"{base_path()}/api/catalog/{hashlib.sha256(_catalog_bytes()).hexdigest()[:16]}"


def all_routes() -> list[Route]:
    """The API, under the base path; whatever else begins with /api/ does not exist."""
    answers: dict[str, Answer] = {
        "catalog/{version}": _catalog,
        "runs/{run}/points": _points,
        "runs/{run}/rows2d": pictures.points,
        "runs/{run}/layers": live_layers.newest,
        "runs/{run}/layers/{node:path}/histograms": live_layers.histograms,
        "runs/{run}/export": downloads.run_file,
        "projects/{project}/export": downloads.project_file,
        "projects/{project}/analysis": analysis.table,
        "projects/{project}/analysis.csv": analysis.file,
        "{path:path}": _nothing,
    }
    endpoints: dict[str, Endpoint] = {"runs/{run}/picture": _guarded_wait(pictures.newest)}
    endpoints |= {path: _guarded(answer) for path, answer in answers.items()}
    return [
        Route(f"{base_path()}/api/{path}", endpoint, methods=["GET"]) for path, endpoint in endpoints.items()
    ]


def _guarded(answer: Answer) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        try:
            return answer(request, _owner(request))
        except (BuilderError, TimeoutError) as error:
            return _refusal(error)

    return endpoint


def _guarded_wait(answer: WaitingAnswer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await answer(request, _owner(request))
        except (BuilderError, TimeoutError) as error:
            return _refusal(error)

    return endpoint


def _owner(request: Request) -> str:
    """Who asks.

    Raises:
        NotFound: The server is addressed by a name that is not its own.
    """
    if not owners.is_own_host(request.url.hostname, st.get_option("server.address")):
        raise NotFound("This server answers to 127.0.0.1 and localhost only.")
    return owners.owner_of(request.cookies)


def _refusal(error: BuilderError | TimeoutError) -> Response:
    if isinstance(error, TimeoutError):
        return JSONResponse({"error": "The server is busy. Ask again in a moment."}, status_code=503)
    return JSONResponse({"error": str(error)}, status_code=404 if isinstance(error, NotFound) else 422)


def _catalog(request: Request, owner: str) -> Response:
    headers = {"cache-control": caching.FOREVER, "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(_catalog_bytes(), media_type="application/json", headers=headers)
    return Response(
        _packed_catalog(), media_type="application/json", headers={**headers, "content-encoding": "gzip"}
    )


@cache
def _packed_catalog() -> bytes:
    """30 kB instead of 290."""
    return gzip.compress(_catalog_bytes())


@cache
def _catalog_bytes() -> bytes:
    """The layers of the catalogue, and the ready blocks beside them."""
    blocks = json.dumps(ready_blocks.served(), ensure_ascii=False, separators=(",", ":")).encode()
    return CATALOG_FILE.read_bytes().rstrip()[:-1] + b',"blocks":' + blocks + b"}"


def _points(request: Request, owner: str) -> Response:
    store = services.store()
    run = store.run(request.path_params["run"], owner)
    asked, stamp = request.query_params.get("after", "0")[:18], request.query_params.get("stamp")
    after = int(asked) if asked.isascii() and asked.isdigit() else 0
    headers, where = {"cache-control": "no-store"}, queue.place(store, run)
    if stamp is None:
        told = frames.points(store, run, after, where).model_dump_json()
        return Response(told, media_type="application/json", headers=headers)
    news = packing.packed(store, run, after, stamp[:100], where)
    if news is None:
        return Response(status_code=204, headers=headers)
    return Response(news, media_type="application/json", headers=headers)


def _nothing(request: Request, owner: str) -> Response:
    raise NotFound("There is nothing at this address.")
