"""What is known about a run, an event of it, and a saved project?

These documents cross the border between processes: a worker writes them, pages and the command line read them.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from builder.project.document import Project

Values = dict[str, float]
"""Numbers by metric name, as Keras names them (`loss`, `val_loss`, `digit_accuracy` …)."""


class RunState(StrEnum):
    """Where a run is in its life; the last four are for ever."""

    QUEUED = "queued"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"
    """Its process vanished without a word."""


ACTIVE = frozenset({RunState.STARTING, RunState.RUNNING, RunState.STOPPING})
"""States in which a process is, or should be, at work."""
ENDED = frozenset({RunState.FINISHED, RunState.STOPPED, RunState.FAILED, RunState.LOST})


class EventKind(StrEnum):
    """What happened; also the `kind` of the lines of `train --json`."""

    QUEUED = "queued"
    STARTED = "started"
    BATCH = "batch"
    EPOCH = "epoch"
    NOTE = "note"
    FINISHED = "finished"
    FAILED = "failed"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Event(_Record):
    """One thing that happened in a run."""

    seq: int = 0
    """Counts from 1 within the run, without gaps; given by the store. Order by this, never by `at`."""
    kind: EventKind
    at: float = 0.0
    """Unix seconds, for people; clocks jump."""
    epoch: int | None = None
    """Of `epoch`: epochs completed, 0 = before training. Of `batch`: the epoch under way, from 1."""
    step: int | None = None
    """Of `batch`: steps done within the epoch, from 1."""
    values: Values = Field(default_factory=dict)
    text: str = ""


class RunRecord(_Record):
    """One training run with the project it was started from."""

    id: str
    number: int
    """Counts from 1 for each owner; never given twice."""
    owner: str
    project: Project
    state: RunState = RunState.QUEUED
    created_at: float
    """Unix seconds, as are the other `_at`."""
    started_at: float | None = None
    ended_at: float | None = None
    pid: int | None = None
    pid_started: float | None = None
    """When that process began, see `builder.runs.processes`: a pid alone is given again."""
    heartbeat_at: float | None = None
    error: str | None = None
    """Why it ended badly, in plain words."""
    epochs: int
    """Epochs asked for."""
    epoch: int = 0
    """Epochs completed."""
    steps_per_epoch: int | None = None
    rows: dict[str, int] | None = None
    """Rows in each part: train, validation, test; `measured`: training rows of the clean evaluation."""
    best: dict[str, int | float] | None = None
    """`{"epoch": 4, "val_loss": 0.1}`: the epoch with the best watched value."""
    metrics: Values | None = None
    """Values of the last completed epoch."""
    test: Values | None = None
    """Values on the test rows, measured once, at the end."""
    seconds: float | None = None
    """Time spent so far, by a clock that never jumps."""

    @property
    def name(self) -> str:
        """The project's name."""
        return self.project.name

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to this run."""
        return self.state in ENDED


class ProjectRecord(_Record):
    """A saved project."""

    id: str
    owner: str
    project: Project
    rev: int
    """Grows by one with each change that is stored."""
    updated_at: float


class VersionCard(_Record):
    """What a list of second versions shows of one."""

    id: int
    saved_at: float


class VersionRecord(VersionCard):
    """A second version of a project: what another tab drew meanwhile, kept so that neither loses work."""

    project_id: str
    base: int
    """The `rev` it was drawn upon."""
    project: Project
