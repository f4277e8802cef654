"""How does the supervisor speak with the zygote? Orders go in, news come out; a zygote that is gone is told as such.

A thread reads the answers; what happens to them is decided where `news` is asked for.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

PROGRAM = (sys.executable, "-m", "builder.train.zygote")


@dataclass(frozen=True, slots=True)
class Born:
    """A child works on this run."""

    run: str
    pid: int


@dataclass(frozen=True, slots=True)
class Unborn:
    """There is no child for this run: the system refused."""

    run: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The child of this run ended; negative: by this signal."""

    run: str
    pid: int
    code: int


News = Born | Unborn | Ended


class Forker:
    """One zygote, from its start to its end."""

    def __init__(self, log: Path, environment: Mapping[str, str], program: Sequence[str] = PROGRAM) -> None:
        self._news: SimpleQueue[News] = SimpleQueue()
        self._ready = threading.Event()
        self.began = time.monotonic()
        """When it was started, on the monotonic clock."""
        with log.open("ab") as told:
            self._process = subprocess.Popen(
                program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told,
                env=os.environ | environment,
                start_new_session=True,
            )
        threading.Thread(target=self._read, name="zygote", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    @property
    def was_ready(self) -> bool:
        """Whether it had imported everything, dead or alive."""
        return self._ready.is_set()

    @property
    def is_ready(self) -> bool:
        """Whether it has imported everything, and lives."""
        return self._ready.is_set() and self.is_alive

    @property
    def is_alive(self) -> bool:
        """Whether its process is there."""
        return self._process.poll() is None

    def fork(self, run: str, log: Path, environment: Mapping[str, str]) -> bool:
        """Ask for a child that works on this run; False when the zygote is gone."""
        order = {"run": run, "log": str(log), "environment": dict(environment)}
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):  # its end of the pipe is gone, or ours is closed
            return False
        return True

    def news(self, timeout_s: float) -> list[News]:
        """What was told since the last time; waits so long for the first of it."""
        found: list[News] = []
        with suppress(Empty):
            found.append(self._news.get(timeout=timeout_s))
            while True:
                found.append(self._news.get_nowait())
        return found

    def close(self) -> None:
        """Let it end; its children go on."""
        with suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with suppress(ValueError, KeyError):
                told = json.loads(line)
                if "ready" in told:
                    self._ready.set()
                else:
                    self._news.put(_news(told))


def _news(told: Mapping[str, object]) -> News:
    run = str(told["run"])
    if "failed" in told:
        return Unborn(run, str(told["failed"]))
    pid = int(str(told["pid"]))
    return Ended(run, pid, int(str(told["exit"]))) if "exit" in told else Born(run, pid)
