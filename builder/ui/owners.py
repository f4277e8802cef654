"""Whose is what? In personal mode everything is one person's; in classroom mode a cookie tells people apart.

The cookie holds 256 random bits and is HttpOnly; the store knows only its sha256, so that a copied store opens nothing.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from enum import StrEnum
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.runs.owners import PERSONAL_OWNER

COOKIE = "layerloom_owner"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
YEAR_S = 365 * 24 * 3600
NOBODY = ""
"""An owner that owns nothing: a browser without a cookie in classroom mode."""
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")


class Mode(StrEnum):
    """Who uses this server: one person on this machine, or a class."""

    PERSONAL = "personal"
    CLASSROOM = "classroom"


def mode() -> Mode:
    """As `LAYERLOOM_MODE` says; anything but `classroom` is personal."""
    return Mode.CLASSROOM if os.environ.get("LAYERLOOM_MODE") == Mode.CLASSROOM.value else Mode.PERSONAL


def is_own_host(host: str | None, listening_on: str | None) -> bool:
    """Whether a request names this server as its person does.

    A page from elsewhere can make its own name lead to 127.0.0.1 and then read what a personal server answers without
    a cookie. So a server that listens on this machine only answers to this machine's names only.
    """
    if mode() is Mode.CLASSROOM or listening_on not in LOOPBACK:
        return True
    return host in LOOPBACK


def owner_of(cookies: Mapping[str, str]) -> str:
    """The owner that a browser's cookies stand for; `NOBODY` when a class member has none (or a forged one)."""
    if mode() is Mode.PERSONAL:
        return PERSONAL_OWNER
    token = cookies.get(COOKIE)
    if not isinstance(token, str) or not _TOKEN.match(token):
        return NOBODY
    return hashlib.sha256(token.encode()).hexdigest()


def _wants_cookie(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    if b"text/html" not in headers.get(b"accept", b""):
        return False
    cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    return COOKIE not in cookies or not _TOKEN.match(cookies[COOKIE].value)


class OwnerCookie:
    """Middleware: gives each new browser of a class its own owner cookie with the page."""

    def __init__(self, app: ASGIApp, path: str = "/") -> None:
        self.app, self.path = app, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add a cookie to the page if the browser has none."""
        if scope["type"] != "http" or mode() is Mode.PERSONAL or not _wants_cookie(scope):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                token = secrets.token_urlsafe(32)
                MutableHeaders(scope=message).append(
                    "set-cookie",
                    f"{COOKIE}={token}; Max-Age={YEAR_S}; Path={self.path}; HttpOnly; SameSite=Lax",
                )
            await send(message)

        await self.app(scope, receive, send_with_cookie)
