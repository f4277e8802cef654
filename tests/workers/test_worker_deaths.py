import os
import signal
import subprocess
import sys
import time

import pytest
from live_runs import FOREVER, ended, learning, project, waited

from builder.project.document import Training
from builder.runs import artifacts, processes
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import devices, launch, presence


def test_a_killed_worker_is_told_in_plain_words_within_seconds(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    os.kill(run.pid, signal.SIGKILL)
    killed = time.monotonic()
    told = ended(store, run.id, seconds=50)  # 5 s on a quiet machine
    assert time.monotonic() - killed < 50
    assert told.state is RunState.LOST
    assert (
        told.error == f"Stopped unexpectedly (killed by the system or by hand); {told.epoch} epochs are kept."
    )
    epochs = [event.epoch for event in store.events(run.id, limit=10**6, kinds=[EventKind.EPOCH])]
    assert epochs == list(range(told.epoch + 1))
    assert not [line for line in _children() if str(run.pid) in line.split()]


def test_a_run_outlives_the_server_and_its_death_is_noticed_by_the_next_one(store: Store) -> None:
    run = store.create_run("ann", project(epochs=FOREVER))
    server = subprocess.Popen([sys.executable, "-c", _SERVER, run.id], env=os.environ.copy())
    assert waited(90, lambda: store.run(run.id).epoch >= 1)
    for pid in (server.pid, presence.supervisor()):
        os.kill(pid, signal.SIGKILL)
    server.wait()
    reached = store.run(run.id).epoch
    assert waited(30, lambda: store.run(run.id).epoch > reached)
    assert launch.watch(store) == []
    worker = store.run(run.id)
    assert processes.is_alive(worker.pid, worker.pid_started)
    os.kill(worker.pid, signal.SIGKILL)
    assert waited(30, lambda: not processes.is_alive(worker.pid, worker.pid_started))
    assert launch.watch(store) == [run.id]
    assert store.run(run.id).error.startswith("Stopped unexpectedly (killed by the system or by hand); ")


def test_the_watch_goes_on_by_itself_until_it_is_ended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "WATCH_S", 0.05)
    monkeypatch.setattr(launch, "SETTLING_S", 0.0)
    run = store.create_run("ann", project())
    store.update_run(run.id, state=RunState.RUNNING, pid=1, pid_started=1.0)
    end = launch.keep_watch(store)
    assert waited(10, lambda: store.run(run.id).state is RunState.LOST)
    end.set()


def test_a_polite_kill_is_a_stop(store: Store) -> None:
    run = learning(store, project(epochs=FOREVER))
    os.kill(run.pid, signal.SIGTERM)
    assert ended(store, run.id).state is RunState.STOPPED
    assert artifacts.LAST in artifacts.sizes(run.id)


def test_memory_that_runs_out_is_told_in_plain_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(devices.MEMORY_VARIABLE, "1200")
    what = project(epochs=1)
    wide = tuple(
        node.model_copy(update={"params": node.params | {"units": 1_000_000}})
        if node.id == "hidden"
        else node
        for node in what.design.nodes
    )
    assert wide != what.design.nodes
    run = store.create_run(
        "ann", what.model_copy(update={"design": what.design.model_copy(update={"nodes": wide})})
    )
    launch.start(store, run.id)
    told = ended(store, run.id)
    assert told.state is RunState.FAILED
    assert "emory ran out" in told.error and "smaller" in told.error


def test_only_the_processor_is_seen_when_it_is_asked_for() -> None:
    assert devices.environment(Training(device="cpu"))["CUDA_VISIBLE_DEVICES"] == "-1"
    assert "CUDA_VISIBLE_DEVICES" not in devices.environment(Training(device="auto"))


_SERVER = """
import sys, time
from builder.runs.store import Store
from builder.train import launch
launch.start(Store(), sys.argv[1])
time.sleep(600)
"""


def _children() -> list[str]:
    told = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "pid="], capture_output=True, text=True)
    return told.stdout.splitlines()


@pytest.mark.parametrize("crash", [signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT])
def test_a_crash_in_the_numerical_library_is_told_with_what_to_change(
    store: Store, crash: signal.Signals
) -> None:
    run = learning(store, project(epochs=FOREVER))
    os.kill(run.pid, crash)
    told = ended(store, run.id, seconds=50)  # 5 s on a quiet machine
    assert told.state is RunState.FAILED
    assert told.error.startswith(
        "Crashed in the numerical library, most often because memory ran out; try a smaller"
    )
    assert told.error.endswith(f"({crash.name}); {told.epoch} epochs are kept.")
