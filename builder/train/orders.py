"""What may be asked of a run that exists: pause, go on, more epochs, keep this epoch, change a setting. Without Keras.

Each is judged at once and in words; a process that trains carries it out within a second.
"""

from contextlib import suppress

from pydantic import JsonValue

from builder.errors import BuilderError, Conflict
from builder.runs import artifacts
from builder.runs.deaths import rests
from builder.runs.records import ENDED, Event, EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.train import limits, live_change, presence

MOST_EPOCHS = 100_000
"""More than this no run may have, as in the training settings."""
AT_WORK = frozenset({RunState.STARTING, RunState.RUNNING})
HEARS = AT_WORK | {RunState.PAUSED, RunState.QUEUED}
"""States in which a command is, or will be, obeyed."""


def pause(store: Store, run_id: str, owner: str | None = None) -> None:
    """Hold a run where it is; one that waits for its turn gives it up until it is resumed.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It is paused already, or is not at work.
    """
    run = store.run(run_id, owner)
    if run.state in AT_WORK:
        store.command(run_id, "pause", owner)
    elif store.update_run(run_id, {RunState.QUEUED}, state=RunState.PAUSED, pid=None, pid_started=None):
        store.append(run_id, [Event(kind=EventKind.PAUSED, text="Paused before its turn came.")])
    else:
        raise _cannot(run, "paused", "Only a run that trains or waits can be paused.")


def resume(store: Store, run_id: str, owner: str | None = None) -> None:
    """Let a run go on exactly where it was: after a pause, a stop, or a death.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It is at work, or has come to its end.
        LimitReached: Its owner may not queue another.
    """
    run = store.run(run_id, owner)
    if run.state is RunState.PAUSED and not rests(run):
        store.command(run_id, "resume", owner)
    elif run.state not in ENDED and not rests(run):
        raise _cannot(run, "resumed", "Only a run that is paused or has ended can go on.")
    elif run.state is RunState.FINISHED or (run.state is RunState.STOPPED and run.epoch >= run.epochs):
        raise _cannot(run, "resumed", "It has come to its end. Ask for more epochs instead.")
    else:
        _queue(store, run, run.epochs)


def extend(store: Store, run_id: str, epochs: int, owner: str | None = None) -> None:
    """Train a run that has ended for so many epochs more; one that had stopped early gets its patience anew.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It has not ended.
        BuilderError: The number of epochs is out of range.
        LimitReached: Its owner may not train so long, or not queue another.
    """
    run = store.run(run_id, owner)
    if isinstance(epochs, bool) or not 1 <= epochs <= MOST_EPOCHS - run.epoch:
        most = MOST_EPOCHS - run.epoch
        raise BuilderError(f"{epochs} more epochs cannot be trained.", f"Give a number from 1 to {most}.")
    if run.state not in ENDED:
        raise _cannot(run, "given more epochs", "Wait until it has ended, or stop it first.")
    _queue(store, run, run.epoch + epochs)


def keep(store: Store, run_id: str, owner: str | None = None) -> None:
    """Save everything now, and keep the epoch under way when it ends, so that a fork can begin with it.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It is not at work.
    """
    run = store.run(run_id, owner)
    if run.state in AT_WORK or (run.state is RunState.PAUSED and not rests(run)):
        store.command(run_id, "checkpoint", owner)
        return
    kept = artifacts.kept_epochs(run_id)
    known = f"Kept already: {', '.join(map(str, kept))}." if kept else ""
    raise _cannot(run, "asked to keep an epoch", f"It is not at work. {known}".strip())


def change(
    store: Store,
    run_id: str,
    setting: str,
    value: JsonValue,
    owner: str | None = None,
    node: str | None = None,
) -> None:
    """Change a setting while the run goes on: `learning_rate` at once, the others from the next epoch on.

    Args:
        store: Where the run is.
        run_id: The run.
        setting: One of `live_change.changes()`.
        value: Its new value, see the setting's file.
        owner: Whose run it is; None: whoever's.
        node: Path of the layer, where a setting can be changed for one; None: for all.

    Raises:
        NotFound: The run is missing, or somebody else's.
        Conflict: It has ended.
        BuilderError: There is no such setting or layer, or the value is out of range; in words.
    """
    run = store.run(run_id, owner)
    if run.state not in HEARS:
        raise _cannot(run, "changed", "Let it go on, and change it then; or start a new run.")
    wrong = live_change.complaint(run.project, setting, node, value)
    if wrong:
        raise BuilderError(wrong)
    store.command(run_id, "set", owner, {"setting": setting, "node": node, "value": value})


def _queue(store: Store, run: RunRecord, epochs: int) -> None:
    """Back into the queue, with what was asked of the run before it ended forgotten."""
    limits.admit(store, run.owner, run.project, epochs)
    if run.ended:
        store.take_commands(run.id)
    store.update_run(run.id, only_if=ENDED | {RunState.PAUSED}, epochs=epochs, test=None)
    if not store.requeue(run.id, ENDED | {RunState.PAUSED}):
        raise _cannot(store.run(run.id), "resumed", "Somebody did so just now.")
    with suppress(OSError):  # no process to be had just now: the page server tries again each second
        presence.ensure()


def _cannot(run: RunRecord, what: str, remedy: str) -> Conflict:
    return Conflict(f"Run {run.number} is {run.state} and cannot be {what}.", "", remedy)
