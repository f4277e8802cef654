"""Which answers may a browser keep? Files whose name holds their hash, for ever.

Streamlit sends component files without a validator, so that each reload would fetch 400 kB again.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"/(canvas|live)\.[0-9a-zA-Z_-]{8,}\.(js|css)$|/app/static/[^/]+\.woff2$")


class KeepHashedFiles:
    """Middleware: lets browsers keep hashed component files and fonts, and tells them to trust the declared types."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        hashed = bool(_HASHED.search(scope["path"]))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-content-type-options"] = "nosniff"
                if hashed and message["status"] == 200:
                    headers["cache-control"] = FOREVER
            await send(message)

        await self.app(scope, receive, send_with_headers)
