"""How far is a run, and how long will it take?"""

from pydantic import BaseModel, ConfigDict

from builder.runs.records import Event, RunRecord


class Progress(BaseModel):
    """How far a run is."""

    model_config = ConfigDict(frozen=True)

    epoch: int = 0
    """The epoch under way, from 1; 0 before the first."""
    step: int = 0
    steps_per_s: float | None = None
    seconds_left: float | None = None
    elapsed: float = 0.0
    """Seconds of training so far."""


class Place(BaseModel):
    """Where a run stands that waits for its turn."""

    model_config = ConfigDict(frozen=True)

    place: int
    """From 1."""
    of: int
    """How many wait."""
    wait_s: float | None = None
    """Seconds that it will probably wait; None where that is not known."""


def progress(run: RunRecord, batch: Event | None, epoch: Event | None) -> Progress:
    """From the newest batch, or from the end of an epoch, whichever is later.

    The epochs of a fork's past cost it nothing: the time left is reckoned from its own.
    """
    steps, done = run.steps_per_epoch or 1, (epoch.epoch or 0) if epoch else 0
    at, step = (done, steps if done else 0)
    if batch is not None and batch.epoch is not None and batch.epoch > done:
        at, step = batch.epoch, batch.step or 0
    elapsed, past = run.seconds or 0.0, run.origin.epoch if run.origin else 0
    whole = max(1, run.epochs - past) * steps
    part = max(0.0, ((max(0, at - 1) - past) * steps + step) / whole)
    return Progress(
        epoch=at,
        step=step,
        steps_per_s=short(batch.values["steps_per_s"]) if batch and "steps_per_s" in batch.values else None,
        seconds_left=short(max(0.0, elapsed * (1 - part) / part))
        if part and elapsed and not run.ended
        else None,
        elapsed=short(elapsed),
    )


def short(value: float) -> float:
    """The number to five digits: more than a screen can show."""
    return float(f"{value:.5g}")
