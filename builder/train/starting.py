"""How does a run get a process of its own? Forked from a warm zygote where that is possible, else started anew.

A fork begins in a hundredth of a second, a new process after three seconds of imports. `LAYERLOOM_START=spawn` forbids
forks; other backends than TensorFlow, and systems on which forks of a program with threads are unsafe, have none.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from builder import paths
from builder.project.document import Training
from builder.runs import artifacts
from builder.runs.records import RunRecord
from builder.train import devices, forking, limits, presence

START = "LAYERLOOM_START"
COLD_S = 60.0
"""Imports take 3 s, ten times that on a busy machine; after so long the run is started without the zygote."""
MOST_FAILURES = 3
"""A zygote that ended so often before it was ready is not tried again."""


class Starter:
    """Makes processes for runs, and keeps a zygote warm for that."""

    def __init__(self, program: Sequence[str] = forking.PROGRAM) -> None:
        self._program = program
        self._failures = 0
        self.zygote: forking.Forker | None = None
        self.keep_warm()

    def keep_warm(self) -> None:
        """Start the zygote, also again when it was killed."""
        if not _can_fork() or self._failures >= MOST_FAILURES:
            return
        if self.zygote is not None:
            if self.zygote.is_alive:
                return
            self._failures = 0 if self.zygote.was_ready else self._failures + 1
            self.zygote.close()
        log, quiet = paths.home() / presence.LOG, devices.environment(Training())
        self.zygote = forking.Forker(log, quiet, self._program)

    def is_ready_for(self, run: RunRecord) -> bool:
        """Whether it makes sense to start this run now rather than a moment later."""
        zygote = self.zygote
        if not forks(run) or zygote is None or zygote.is_ready or self._failures >= MOST_FAILURES:
            return True
        return time.monotonic() - zygote.began > COLD_S

    def fork(self, run: RunRecord) -> bool:
        """Ask for a fork that works on this run; False where there can be none. News of it come from the zygote."""
        zygote = self.zygote
        if not forks(run) or zygote is None or not zygote.is_ready:
            return False
        return zygote.fork(run.id, artifacts.folder(run.id) / artifacts.LOG, environment(run))

    def news(self, timeout_s: float) -> list[forking.News]:
        """What the zygote told; waits so long for it."""
        if self.zygote is None:
            time.sleep(timeout_s)
            return []
        return self.zygote.news(timeout_s)

    def close(self) -> None:
        """End the zygote; what it has forked goes on."""
        if self.zygote is not None:
            self.zygote.close()


def spawn(run: RunRecord) -> subprocess.Popen[bytes]:
    """A new process in a session of its own; all it is told is the run's id.

    Raises:
        OSError: The system refused.
    """
    command = [sys.executable, "-m", "builder.train.worker", run.id]
    with (artifacts.folder(run.id) / artifacts.LOG).open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=paths.PROJECT,
            env=os.environ | environment(run),
            start_new_session=True,
        )


def environment(run: RunRecord) -> dict[str, str]:
    """Variables of the worker's process."""
    held = {"LAYERLOOM_HOME": str(paths.home()), devices.MEMORY_VARIABLE: f"{limits.limits().memory_mb:.0f}"}
    return held | devices.environment(run.project.training)


def forks(run: RunRecord) -> bool:
    """Whether this run can be a fork: the zygote has TensorFlow inside."""
    return _can_fork() and run.project.training.backend == "tensorflow"


def _can_fork() -> bool:
    return sys.platform == "linux" and os.environ.get(START) != "spawn"
