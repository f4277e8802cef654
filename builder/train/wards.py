"""What does the supervisor know of the process of each run, and when is that process to be helped or ended?"""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from builder.runs import processes
from builder.runs.records import RunRecord, RunState
from builder.train import explain

UNBORN_S = 5.0
"""A started run without a process after so long is started again: its zygote, or its supervisor, was killed."""
SILENT_S = 20.0
"""A fork that has done nothing for so long hangs: it is killed and the run started anew."""
SILENT_SPAWNED_S = 120.0
"""A new process imports first: 3 s, ten times that on a busy machine."""
HUNG_S = 60.0
"""A worker says every second that it lives; compiling and saving hold that up by seconds."""
DEAF_S = 120.0
"""As long as writing everything at the end may take after Stop."""
FORECAST_MB = 1000.0
"""Expected of a run of which nothing is known: what a small network takes."""


@dataclass(slots=True)
class Ward:
    """One run at work."""

    run: RunRecord
    """As the store had it last."""
    born: float
    """When it was started or found, on the monotonic clock."""
    pid: int | None = None
    began: float | None = None
    process: subprocess.Popen[bytes] | None = None
    """Where this very process has started it without a fork."""
    cause: str | None = None
    """Why it was killed, in words."""
    gone_at: float | None = None
    """Since when its process is seen to be gone."""
    worked_s: float = 0.0
    """Seconds of training, pauses not counted."""
    memory_mb: float = 0.0
    """Resident now."""
    beaten: tuple[float | None, float] = (None, 0.0)
    """Its last sign of life as the store has it, and when that was new here: clocks jump, this one does not."""
    stopping_since: float | None = None
    told: set[str] = field(default_factory=set)
    """Limits that were told already."""

    @property
    def forecast_mb(self) -> float:
        """Memory that it is expected to take in the end."""
        return (self.run.vitals or {}).get("forecast_mb", FORECAST_MB)

    @property
    def is_gone(self) -> bool:
        """Whether it had a process that is no longer there."""
        return self.pid is not None and not processes.is_alive(self.pid, self.began)

    def is_unborn(self, now: float) -> bool:
        """Whether it should have had a process long ago."""
        return self.pid is None and now - self.born > UNBORN_S

    def is_stuck(self, now: float) -> bool:
        """Whether its process is there and has done nothing at all."""
        patience = SILENT_S if self.process is None else SILENT_SPAWNED_S
        waits = self.run.state is RunState.STARTING and self.run.phase is None
        return waits and self.pid is not None and now - self.born > patience

    def trouble(self, now: float) -> str | None:
        """Why its process must be ended, in words: it is there and trains no more."""
        if self.beaten[0] != self.run.heartbeat_at:
            self.beaten = (self.run.heartbeat_at, now)
        is_stopping = self.run.state is RunState.STOPPING
        self.stopping_since = (self.stopping_since or now) if is_stopping else None
        if self.pid is None or self.run.heartbeat_at is None:
            return None
        if now - self.beaten[1] > HUNG_S:
            return explain.hung(HUNG_S)
        if self.stopping_since is not None and now - self.stopping_since > DEAF_S:
            return explain.deaf(DEAF_S)
        return None

    def look(self) -> None:
        """See how much memory it has."""
        self.memory_mb = resident_mb(self.pid) if self.pid is not None else 0.0

    def kill(self) -> None:
        """End its process at once, if it is still this one."""
        if self.pid is not None and processes.is_alive(self.pid, self.began):
            with suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)

    def offer_to_system(self) -> None:
        """When memory runs out nevertheless, the system shall end a run rather than the server."""
        with suppress(OSError):
            Path(f"/proc/{self.pid}/oom_score_adj").write_text("500")


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB (10^6 bytes); 0 where it cannot be told."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
