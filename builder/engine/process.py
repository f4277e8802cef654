"""How is one engine process run? Started, written to, listened to with a time limit, and ended for certain."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
from typing import Any

from builder import paths
from builder.engine import wire
from builder.engine.wire import Answer

COMMAND = (sys.executable, "-m", "builder.engine.server")


class Gone(Exception):
    """The process ended."""


class Slow(Exception):
    """The process did not answer in time."""


class Process:
    """One engine process; its answers are read by a thread of its own."""

    def __init__(self) -> None:
        # Its own session: Ctrl-C in the terminal is the server's to handle. No GPU: that is for training.
        quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "PYTHONUNBUFFERED": "1"}
        self._child = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("LAYERLOOM_DEBUG") else subprocess.DEVNULL,
            cwd=paths.PROJECT,
            env={**os.environ, **quiet},
            start_new_session=True,
        )
        self._hung_up = threading.Event()
        self._answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="engine answers", daemon=True).start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._child.pid

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return not self._hung_up.is_set() and self._child.poll() is None

    def send(self, message: dict[str, Any]) -> None:
        """Write one request.

        Raises:
            Gone: There is nobody to read it.
        """
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(wire.line(message))
            self._child.stdin.flush()
        except (OSError, ValueError):
            raise Gone from None

    def answer(self, limit_s: float) -> Answer:
        """The next answer.

        Raises:
            Slow: It did not come within `limit_s`.
            Gone: The process ended.
        """
        try:
            found = self._answers.get(timeout=limit_s)
        except queue.Empty:
            raise Slow from None
        if found is None:
            raise Gone
        return found

    def _listen(self) -> None:
        assert self._child.stdout is not None
        try:
            with self._child.stdout as lines:
                for line in lines:
                    self._answers.put(Answer.model_validate_json(line))
        finally:
            self._hung_up.set()
            self._answers.put(None)

    def end(self) -> None:
        """Close its stdin, upon which it ends by itself; kill it if it does not within a second."""
        self._hang_up()
        try:
            self._child.wait(1)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once and reap it."""
        self._hang_up()
        self._child.kill()
        self._child.wait()

    def _hang_up(self) -> None:
        assert self._child.stdin is not None
        with contextlib.suppress(OSError):
            self._child.stdin.close()
