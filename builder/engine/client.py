"""How does a page ask what needs Keras? It sends a request to a warm process and goes on; the answer comes as a future.

Never imports Keras. One request is in flight; owners take turns. A process that is stuck or dies fails only the
request that it was answering, and is started again. Thread safe.
"""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Literal

from pydantic import JsonValue

from builder.engine.process import Gone, Process, Slow
from builder.engine.turns import Job, Turns
from builder.engine.wire import Answer, Request
from builder.errors import EngineFailed

State = Literal["starting", "ready", "down"]
TIMEOUTS_S: Mapping[str, float] = {
    "check": 10.0,
    "analysis": 10.0,
    "repairs": 20.0,
    "rehearse": 60.0,
    "code": 60.0,
    "build": 60.0,
    "layers": 10.0,
    "ping": 10.0,
}
"""Counted from sending, not from asking: waiting for others is nobody's fault."""
START_S = 60.0
"""Importing TensorFlow takes 3 s on a quiet machine, ten times that on a busy one."""
MOST_BACKOFF_S = 30.0


class Engine:
    """A warm process that checks, prints and builds networks."""

    def __init__(self, timeouts_s: Mapping[str, float] | None = None, start_s: float = START_S) -> None:
        self._timeouts_s = {**TIMEOUTS_S, **(timeouts_s or {})}
        self._start_s = start_s
        self._turns = Turns()
        self._process: Process | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._failures = 0
        self.state: State = "starting"
        """`ready` when a warm process waits or works; `down` after it could not be started."""

    @property
    def pid(self) -> int | None:
        """Process id of the engine, if one runs."""
        process = self._process
        return process.pid if process else None

    def start(self) -> None:
        """Begin to warm up; returns at once, and does nothing when called again."""
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._serve, name="engine", daemon=True)
                self._thread.start()

    def submit(self, owner: str, request: Request) -> "Future[dict[str, JsonValue]]":
        """Send a request when this owner's turn comes; never blocks.

        The future fails with `EngineFailed`, or with the `Faulty` or `Unreadable` that the work raised. One that is
        cancelled before it is sent costs nothing.
        """
        self.start()
        job = Job(owner, request)
        refused = "The engine is closed." if self._closed.is_set() else self._turns.add(job)
        if refused:
            job.fail(EngineFailed(refused))
        return job.future

    def close(self) -> None:
        """End the process; what still waits fails. Safe to call again, and from any thread."""
        self._closed.set()
        self._turns.close()
        process = self._process
        if process:
            process.end()
        thread = self._thread
        if thread and thread is not threading.current_thread():
            thread.join(5)
        self._fail_waiting("The engine is closed.")
        self.state = "down"

    def _fail_waiting(self, words: str) -> None:
        for job in self._turns.drain():
            job.fail(EngineFailed(words))

    def _serve(self) -> None:
        while not self._closed.is_set():
            process = self._started()
            if process is None:
                self._pause()
                continue
            self._work(process)
            process.kill()

    def _started(self) -> Process | None:
        """A warm process, or None when it does not come up."""
        self._process = process = Process()
        try:
            if self._closed.is_set():
                raise Gone
            process.answer(self._start_s)
        except (Gone, Slow):
            process.kill()
            return None
        self._failures, self.state = 0, "ready"
        return process

    def _pause(self) -> None:
        """What waits is told at once; the next try waits 1, 2, 4 … seconds."""
        if not self._closed.is_set():
            self.state = "down"
            self._fail_waiting("The checker does not start. Your drawing is kept; see the server's log.")
            self._failures += 1
            self._closed.wait(min(MOST_BACKOFF_S, 2.0 ** (self._failures - 1)))

    def _work(self, process: Process) -> None:
        """Answer one request after the other until the process is gone or stuck."""
        while not self._closed.is_set():
            job = self._turns.next(process.is_alive)
            if job is None:
                break
            if not self._ask(process, job):
                break
        if not self._closed.is_set():
            self.state = "starting"

    def _ask(self, process: Process, job: Job) -> bool:
        """Whether the process can be asked again."""
        kind = str(job.request.get("kind"))
        limit_s = self._timeouts_s.get(kind, TIMEOUTS_S["check"])
        try:
            job.settle(self._answer(process, job, limit_s))
        except Slow:
            job.fail(
                EngineFailed(
                    f"This took longer than {limit_s:g} s and was stopped.", "", "Try a smaller network."
                )
            )
            return False
        except Gone:
            words = (
                "The engine is closed."
                if self._closed.is_set()
                else "The checker stopped while it worked on this."
            )
            job.fail(
                EngineFailed(
                    words, "", "" if self._closed.is_set() else "It starts again; undo the last change."
                )
            )
            return False
        return True

    def _answer(self, process: Process, job: Job, limit_s: float) -> Answer:
        process.send({**job.request, "id": job.number})
        answer = process.answer(limit_s)
        while answer.id != job.number:
            answer = process.answer(limit_s)
        return answer
