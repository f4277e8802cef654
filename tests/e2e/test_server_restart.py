"""The page server is killed while a run goes on and another waits, and started again."""

import time
from pathlib import Path

from serving import Served

from builder.project.templates import template
from builder.runs import processes
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import launch, limits, presence


def waited(seconds: float, condition) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_server_that_is_killed_and_started_again_doubles_nothing(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    monkeypatch.setenv(limits.AT_ONCE, "1")
    served = Served(tmp_path)
    try:
        store = Store()
        assert waited(60, lambda: presence.supervisor() is not None)
        supervisor = presence.supervisor()
        long = template("mlp-digits").project
        long = long.model_copy(
            update={"training": long.training.model_copy(update={"epochs": 100_000, "early_stopping": None})}
        )
        run, waiting = (store.create_run("local", long) for _ in range(2))
        for each in (run, waiting):
            launch.start(store, each.id, "local")
        assert waited(90, lambda: store.run(run.id).epoch >= 1)
        served.restart()
        reached = store.run(run.id).epoch
        assert waited(60, lambda: store.run(run.id).epoch > reached)
        assert presence.supervisor() == supervisor
        assert store.run(waiting.id).state is RunState.QUEUED
        for each in (waiting, run):
            launch.stop(store, each.id)
        assert waited(60, lambda: all(one.ended for one in store.runs(None)))
        told = [event.kind for event in store.events(run.id, limit=10**6)]
        assert told.count(EventKind.STARTED) == 1
        assert [one.state for one in store.runs(None)] == [RunState.STOPPED, RunState.STOPPED]
        ended = store.run(run.id)
        assert waited(30, lambda: not processes.is_alive(ended.pid, ended.pid_started))
    finally:
        served.stop()
    assert waited(60, lambda: presence.supervisor() is None)
