"""Real runs in real processes, for tests."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from builder.project import templates
from builder.project.document import Project, Training
from builder.runs import processes
from builder.runs.records import RunRecord
from builder.runs.store import Store
from builder.train import launch, presence

FOREVER = 100_000


def waited(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def project(**training: object) -> Project:
    """The MLP on digits, trained as told."""
    (found,) = [each.project for each in templates.templates() if each.name == "mlp-digits"]
    settings = found.training.model_dump() | {"early_stopping": None} | training
    return found.model_copy(update={"training": Training.model_validate(settings)})


def started(store: Store, what: Project) -> str:
    """The id of a new run, just started."""
    run_id = store.create_run("ann", what).id
    launch.start(store, run_id, "ann")
    return run_id


def learning(store: Store, what: Project) -> RunRecord:
    """A run that has completed two epochs."""
    run_id = started(store, what)
    assert waited(90, lambda: store.run(run_id).epoch >= 2 or store.run(run_id).ended), store.run(run_id)
    return store.run(run_id)


def ended(store: Store, run_id: str, seconds: float = 90) -> RunRecord:
    """The run when it has ended and its process is gone."""
    assert waited(seconds, lambda: store.run(run_id).ended), store.run(run_id)
    run = store.run(run_id)
    assert waited(30, lambda: not processes.is_alive(run.pid, run.pid_started))
    return run


def end_all(store: Store) -> None:
    """Kill whatever is at work, the supervisor first; it must be gone then."""
    supervisor = presence.supervisor()
    if supervisor not in (None, os.getpid()):  # a test may have been it
        with suppress(ProcessLookupError):
            os.kill(supervisor, signal.SIGKILL)
        assert waited(10, lambda: presence.supervisor() is None)
    for run in store.runs(None):
        if run.pid and processes.is_alive(run.pid, run.pid_started):
            os.kill(run.pid, signal.SIGKILL)
        assert waited(10, lambda run=run: not processes.is_alive(run.pid, run.pid_started))
    store.close()
