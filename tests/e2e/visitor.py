"""A browser without a screen: fetches what a page fetches, speaks Streamlit's protocol, at a small part of the cost.

It loads the page and its static files (kept as a browser keeps them), opens the websocket, has the page's script run,
presses buttons by their label and asks for the points of a run. Messages are Streamlit's own (`streamlit.proto`).
"""

import gzip
import http.client
import json
import re
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urljoin, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60.0
_LINKED = re.compile(r'(?:src|href)="([^"]+\.(?:js|css|svg|png))"')


@dataclass
class Shown:
    """What one run of a page's script put on the page."""

    buttons: dict[str, Any] = field(default_factory=dict)
    """Button messages by label."""
    numbers: dict[str, Any] = field(default_factory=dict)
    """Number fields by label."""
    components: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What our own components were given, by their name."""
    words: list[str] = field(default_factory=list)
    page: str = ""
    """The page's name in the address."""
    seconds: float = 0.0
    """From the request to the end of the script."""


class Visitor:
    """One browser with its own cookie."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port, self._base = parts.hostname or "", parts.port or 80, parts.path.rstrip("/")
        self._http: http.client.HTTPConnection | None = None
        self._socket: ClientConnection | None = None
        self._line = ExitStack()
        self._kept: set[str] = set()
        self._fields: dict[str, tuple[str, float]] = {}
        self._hash, self._page = "", ""
        self._messages: dict[str, ForwardMsg] = {}
        self.cookies: dict[str, str] = {}
        self.bytes_read = 0

    def get(self, path: str, accept: str = "*/*") -> tuple[int, bytes]:
        """Status and content of what lies at a path of the server; cookies are taken and sent as browsers do."""
        for attempt in (1, 2):  # a kept connection may have been closed meanwhile
            try:
                if self._http is None:
                    self._http = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE_S)
                headers = {"Accept": accept, "Cookie": self._cookie_line(), "Accept-Encoding": "gzip"}
                self._http.request("GET", path, headers=headers)
                answer = self._http.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self._http = None
                if attempt == 2:
                    raise
        for line in answer.headers.get_all("set-cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        self.bytes_read += len(content)
        packed = answer.headers.get("content-encoding") == "gzip"
        return answer.status, gzip.decompress(content) if packed else content

    def open(self, page: str = "") -> Shown:
        """Open a page as its address typed into the browser does: document, files, websocket, first run."""
        began = time.perf_counter()
        self.close()
        path = f"{self._base}/{page}"
        status, content = self.get(path, accept="text/html")
        assert status == 200, status
        for linked in _LINKED.findall(content.decode()):
            self._fetch_once(urljoin(path, linked))
        self._connect()
        self._hash, self._page, self._fields, self._messages = "", page, {}, {}
        shown = self._run()
        shown.seconds = time.perf_counter() - began
        return shown

    def press(self, label: str, shown: Shown) -> Shown:
        """Press a button that is on the page."""
        button = shown.buttons[label]
        assert not button.disabled, f"{label} is off: {button.help}"
        return self._timed(pressed=button.id)

    def fill(self, label: str, value: float, shown: Shown) -> Shown:
        """Type into a number field that is on the page, and leave it."""
        self._fields[label] = (shown.numbers[label].id, value)
        return self._timed()

    def rerun(self) -> Shown:
        """Have the page's script run again."""
        return self._timed()

    def points(self, run: str, after: int = 0) -> tuple[int, dict[str, Any]]:
        """Status and answer of the live route, as the chart asks for it."""
        status, content = self.get(f"{self._base}/api/runs/{run}/points?after={after}", "application/json")
        return status, json.loads(content)

    def close(self) -> None:
        """Leave the page."""
        self._line.close()
        self._socket = None

    def _timed(self, pressed: str | None = None) -> Shown:
        began = time.perf_counter()
        shown = self._run(pressed)
        shown.seconds = time.perf_counter() - began
        return shown

    def _fetch_once(self, path: str) -> None:
        if path not in self._kept:
            self._kept.add(path)
            self.get(path)

    def _cookie_line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _connect(self) -> None:
        opened = connect(
            f"ws://{self._host}:{self._port}{self._base}/_stcore/stream",
            additional_headers={"Cookie": self._cookie_line()},
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://{self._host}:{self._port}",  # type: ignore[arg-type]
            max_size=None,
            open_timeout=PATIENCE_S,
        )
        self._socket = self._line.enter_context(opened)

    def _run(self, pressed: str | None = None) -> Shown:
        """Ask for a run of the script and read until it has ended; a page that sends us to another runs that too."""
        assert self._socket is not None
        asked = BackMsg()
        state = asked.rerun_script
        state.page_script_hash, state.page_name = self._hash, "" if self._hash else self._page
        state.context_info.color_scheme = "light"
        for identity, value in self._fields.values():
            state.widget_states.widgets.add(id=identity, double_value=value)
        if pressed:
            state.widget_states.widgets.add(id=pressed, trigger_value=True)
        self._socket.send(asked.SerializeToString())
        return self._read()

    def _read(self) -> Shown:
        assert self._socket is not None
        shown, deadline = Shown(page=self._page), time.monotonic() + PATIENCE_S
        while True:
            told = ForwardMsg.FromString(self._socket.recv(deadline - time.monotonic()))  # type: ignore[arg-type]
            kind = told.WhichOneof("type")
            if kind == "ref_hash":  # sent before, word for word
                told = self._messages[told.ref_hash]
                kind = told.WhichOneof("type")
            elif told.metadata.cacheable:
                self._messages[told.hash] = told
            if kind == "new_session":
                shown = Shown(page=shown.page)
            elif kind == "navigation":
                names = {page.page_script_hash: page.url_pathname for page in told.navigation.app_pages}
                self._hash = told.navigation.page_script_hash
                self._page = shown.page = names.get(self._hash, shown.page)
            elif kind == "delta":
                _see(told.delta, shown)
            elif kind == "script_finished" and _is_over(told):
                return shown


def _is_over(told: ForwardMsg) -> bool:
    """A script that sends on to another page, or begins again, ends early; its successor follows at once."""
    return told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def _see(delta: Any, shown: Shown) -> None:
    element = delta.new_element
    kind = element.WhichOneof("type")
    if kind == "button":
        shown.buttons[element.button.label] = element.button
    elif kind == "number_input":
        shown.numbers[element.number_input.label] = element.number_input
    elif kind == "markdown":
        shown.words.append(element.markdown.body)
    elif kind == "alert":
        shown.words.append(element.alert.body)
    elif kind == "bidi_component":
        component = element.bidi_component
        data = json.loads(component.json) if component.WhichOneof("data") == "json" else {}
        shown.components[component.component_name] = data


class Following:
    """Asks for the points of a run four times a second, in a thread, and notes when each event was known."""

    EVERY_S = 0.25

    def __init__(self, visitor: Visitor, run: str) -> None:
        self.visitor, self.run = visitor, run
        self.known: list[tuple[float, int]] = []
        """Unix seconds at which the answer was there, and its `seq`."""
        self.seconds: list[float] = []
        """How long each answer took."""
        self.places: list[int] = []
        """Places in the queue that were told while it waited."""
        self.state = ""
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        seq = 0
        while not self._end.is_set():
            began = time.perf_counter()
            status, answer = self.visitor.points(self.run, seq)
            self.seconds.append(time.perf_counter() - began)
            if status == 200:
                if answer["seq"] > seq:
                    seq = answer["seq"]
                    self.known.append((time.time(), seq))
                self.state = answer["state"]
                if answer.get("queue"):
                    self.places.append(answer["queue"]["place"])
                if self.state in ("finished", "stopped", "failed", "lost"):
                    return
            self._end.wait(max(0.0, self.EVERY_S - (time.perf_counter() - began)))

    def wait(self, seconds: float) -> bool:
        """Whether the run came to its end in time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        self._thread.join(PATIENCE_S)
