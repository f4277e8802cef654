"""What is known about a run, an event of it, and a saved project?

These documents cross the border between processes: a worker writes them, pages and the command line read them.
"""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from builder.project.document import Project

Values = dict[str, float]
"""Numbers by metric name, as Keras names them (`loss`, `val_loss`, `digit_accuracy` …)."""


class RunState(StrEnum):
    """Where a run is in its life; the last four are for ever."""

    QUEUED = "queued"
    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    """Waits for "resume"; after a while its process saves everything and makes room, then `pid` is None."""
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"
    """Its process vanished without a word."""


ACTIVE = frozenset({RunState.STARTING, RunState.RUNNING, RunState.PAUSED, RunState.STOPPING})
"""States in which a process is, or should be, at work."""
ENDED = frozenset({RunState.FINISHED, RunState.STOPPED, RunState.FAILED, RunState.LOST})


class EventKind(StrEnum):
    """What happened; also the `kind` of the lines of `train --json`."""

    QUEUED = "queued"
    STARTED = "started"
    BATCH = "batch"
    EPOCH = "epoch"
    NOTE = "note"
    CHANGE = "change"
    """A setting was changed while the run went on; `values` tells its new number where there is one."""
    PAUSED = "paused"
    RESUMED = "resumed"
    """Training goes on: after a pause, after a break, or for more epochs."""
    KEPT = "kept"
    """Everything needed to go on from here, or to fork, was written: at the end of `epoch`."""
    FINISHED = "finished"
    FAILED = "failed"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Event(_Record):
    """One thing that happened in a run."""

    seq: int = 0
    """Counts from 1 within the run and never repeats; given by the store. Order by this, never by `at`."""
    kind: EventKind
    at: float = 0.0
    """Unix seconds, for people; clocks jump."""
    epoch: int | None = None
    """Of `epoch`: epochs completed, 0 = before training. Of `batch`: the epoch under way, from 1."""
    step: int | None = None
    """Of `batch`: steps done within the epoch, from 1."""
    values: Values = Field(default_factory=dict)
    text: str = ""


class Command(_Record):
    """What a worker is asked to do."""

    name: str
    arguments: dict[str, JsonValue] = Field(default_factory=dict)
    at: float = 0.0
    """Unix seconds at which it was given."""


class Purpose(StrEnum):
    """What a process of a run is for."""

    TRAIN = "train"
    CALIBRATE = "calibrate"
    """Ten seconds of training that measure this network on this machine; nothing of it is kept but the figures."""


class Origin(_Record):
    """Where a run began, if not from fresh weights."""

    run: str
    """The run that it was forked from."""
    number: int
    epoch: int
    """The kept epoch whose weights it began with; its own first epoch is the next."""
    change: str = ""
    """What is different from there on, in words: "learning rate 0.001 to 0.0001"."""


class Choice(_Record):
    """What a run computes with, and why."""

    what: str
    """device, precision, jit, steps_per_execution or threads."""
    value: str
    """As people read it: "XLA off"."""
    reason: str
    chosen_by: Literal["rule", "person"] = "rule"


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

    purpose: Purpose = Purpose.TRAIN
    origin: Origin | None = None
    series: str | None = None
    """Shared by runs that differ in nothing but their seed."""
    queued_at: float | None = None
    """Since when it waits for its turn; None as long as nobody has put it into the queue."""
    phase: str | None = None
    """What its process does before the first step, in words: "Reading the rows"; None before it did anything."""
    rewound: int = 0
    """`seq` of the event at which it last went back to a checkpoint: what was known before it is to be forgotten."""
    live: dict[str, JsonValue] | None = None
    """Settings changed while it ran, as they are now: `{"learning_rate": 0.001, "dropout": {"drop": 0.5}}`."""
    choices: tuple[Choice, ...] | None = None
    """What it computes with, and why."""
    vitals: dict[str, float] | None = None
    """Newest figures of its process: `forecast_mb` before there is one, then `memory_mb`, `gpu_memory_mb`,
    `cpu_percent` (100 is one core)."""
    measured: dict[str, float] | None = None
    """Of a calibration: `seconds_per_epoch`, `step_s`, `evaluation_s`, `start_s`, `peak_mb`."""

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
