"""Whose request is next? Owners take turns, so that one who asks a lot keeps nobody else waiting."""

import itertools
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field

from pydantic import JsonValue

from builder.engine.wire import Answer, Request
from builder.errors import BuilderError

MOST_WAITING = 50
"""Requests of one owner that may wait: a page has one check under way, so this is 50 tabs."""
_numbers = itertools.count(1)


@dataclass(slots=True)
class Job:
    """One request and the future of its answer."""

    owner: str
    request: Request
    future: "Future[dict[str, JsonValue]]" = field(default_factory=Future)
    number: int = field(default_factory=lambda: next(_numbers))

    def settle(self, answer: Answer) -> None:
        """Give the answer, or the failure it tells of."""
        if answer.answer is None:
            self.fail(answer.error())
        elif not self.future.done():
            self.future.set_result(answer.answer)

    def fail(self, error: BuilderError) -> None:
        """Give up, in words."""
        try:
            self.future.set_exception(error)
        except InvalidStateError:
            return  # cancelled by the one who asked


class Turns:
    """Waiting requests, first come first served for each owner, owners in turn. Thread safe."""

    def __init__(self) -> None:
        self._queues: OrderedDict[str, deque[Job]] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False

    def add(self, job: Job) -> str | None:
        """Let a job wait; in words why not, if it may not."""
        with self._changed:
            queue = self._queues.setdefault(job.owner, deque())
            if len(queue) >= MOST_WAITING:
                return f"{MOST_WAITING} of your requests are waiting already. Wait for one of them."
            if self._closed:
                return "The engine is closed."
            queue.append(job)
            self._changed.notify()
        return None

    def next(self, is_alive: Callable[[], bool], look_s: float = 0.5) -> Job | None:
        """The next job, waiting for one; None once closed, or when `is_alive` answers no."""
        with self._changed:
            while not self._closed and is_alive():
                job = self._take()
                if job:
                    return job
                self._changed.wait(look_s)
        return None

    def _take(self) -> Job | None:
        while self._queues:
            owner, queue = self._queues.popitem(last=False)
            while queue:
                job = queue.popleft()
                if job.future.set_running_or_notify_cancel():
                    if queue:
                        self._queues[owner] = queue
                    return job
        return None

    def drain(self) -> Iterator[Job]:
        """Everything that waits, taken out."""
        while True:
            with self._changed:
                job = self._take()
            if job is None:
                return
            yield job

    def close(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
