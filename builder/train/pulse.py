"""How does a worker say that it lives, tell what happened, and hear what it shall do?

All from one thread beside the training, so that a slow step or a locked store never holds the other up.
"""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from builder.errors import NotFound
from builder.runs.records import Command, Event, RunState
from builder.runs.store import Store
from builder.train.vitals import Vitals

BEAT_S = 1.0
LISTEN_S = 0.1
"""How often commands are looked for: a tenth of the second within which they must work."""
TOLD_EACH = 2
"""Events are written at every second look: a reader asks once a second, and each writing waits for the disk."""


Action = Callable[[Command], None]
"""What is done, in the pulse's thread, when a command comes."""


class Pulse:
    """The line between a worker and the store, as a context manager."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._store, self._run_id = store, run_id
        self.stop = threading.Event()
        """Set when somebody wants the run to stop."""
        self._actions: dict[str, Action] = {"stop": lambda _: self.stop.set()}
        self._asked: deque[Command] = deque()
        self._vitals = Vitals()
        self._end = threading.Event()
        self._waiting: list[Event] = []
        self._fields: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._listening = threading.Lock()
        self._thread = threading.Thread(target=self._live, name="pulse", daemon=True)

    def __enter__(self) -> "Pulse":
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def obey(self, name: str, action: Action) -> None:
        """From now on do `action`, in the pulse's thread, when the command `name` comes."""
        self._actions[name] = action

    def ask(self, name: str) -> None:
        """Give a command from within the worker; safe in a signal handler, since the pulse's thread obeys it."""
        self._asked.append(Command(name=name))

    def tell(self, *events: Event, **fields: Any) -> None:
        """Note events and the run's newest fields; they are in the store a fifth of a second later."""
        moment = time.time()
        with self._lock:
            self._waiting += [event.model_copy(update={"at": moment}) for event in events]
            self._fields.update(fields)

    def flush(self) -> None:
        """Write what waits, now; what cannot be written waits on.

        Raises:
            NotFound: The run was deleted.
            sqlite3.Error: The store cannot be written.
        """
        with self._writing:  # one writer at a time keeps events in order
            with self._lock:
                events, fields = self._waiting, self._fields
                self._waiting, self._fields = [], {}
            try:
                self._write(events, fields)
            except sqlite3.Error:
                with self._lock:
                    self._waiting, self._fields = events + self._waiting, fields | self._fields
                raise

    def listen(self) -> None:
        """Take and obey the commands that wait; when this returns, all given before are obeyed, by whichever thread.

        Raises:
            NotFound: The run was deleted.
            sqlite3.Error: The store cannot be read.
        """
        with self._listening:
            inside = [self._asked.popleft() for _ in range(len(self._asked))]
            for command in inside + self._store.take_commands(self._run_id):
                self._actions.get(command.name, _pass_over)(command)
            if self.stop.is_set():
                self._store.update_run(self._run_id, only_if={RunState.RUNNING}, state=RunState.STOPPING)

    def _write(self, events: list[Event], fields: dict[str, Any]) -> None:
        if events:
            self._store.append(self._run_id, events)
            events.clear()  # written: a failure from here on must not write them twice
        if fields:
            self._store.update_run(self._run_id, **fields)

    def _beat(self) -> None:
        self._store.update_run(self._run_id, heartbeat_at=time.time(), vitals=self._vitals.look())

    def _live(self) -> None:
        beaten, looks = time.monotonic(), 0
        while not self._end.wait(LISTEN_S):
            looks += 1
            try:
                self.listen()
                if looks % TOLD_EACH == 0:
                    self.flush()
                if time.monotonic() - beaten >= BEAT_S:
                    self._beat()
                    beaten = time.monotonic()
            except NotFound:  # the run was deleted: nobody wants its result
                self.stop.set()
            except sqlite3.Error as error:
                _log(f"The store cannot be written just now: {error}")


def _pass_over(command: Command) -> None:
    _log(f"This run does not know the command {command.name!r}.")


def _log(line: str) -> None:
    with suppress(OSError):  # the log lies on the same disk: full, it must not end the pulse
        print(line, flush=True)
