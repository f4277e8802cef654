"""Kills at chosen or random moments of a real run, each followed by going on, and whether anything was lost by it."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from live_runs import project, waited

from builder.design.document import Edge, Node
from builder.errors import Unreadable
from builder.project.document import Project
from builder.runs import artifacts, keepsake, processes
from builder.runs.records import EventKind, RunRecord, RunState, Values
from builder.runs.store import Store
from builder.train import checkpoints, launch, orders, presence

PATIENCE_S = 120.0
CLEAN = frozenset({"loss", "accuracy"})
"""Measured on training rows whose number follows from measured times; all others must be equal to the last bit."""


def noisy(epochs: int, batch_size: int = 32) -> Project:
    """The MLP on digits with everything by chance: dropout, noise, shuffled rows."""
    what = project(epochs=epochs, batch_size=batch_size)
    drop = Node(id="drop", type="Dropout", params={"rate": 0.3})
    noise = Node(id="noise", type="GaussianNoise", params={"stddev": 0.1})
    nodes = (*what.design.nodes, drop, noise)
    chain = ("pixels", "scale", "noise", "hidden", "drop", "digit")
    edges = tuple(Edge(source=source, target=target) for source, target in pairwise(chain))
    return what.model_copy(update={"design": what.design.model_copy(update={"nodes": nodes, "edges": edges})})


class Killer:
    """Kills what works on one run, and lets it go on."""

    def __init__(self, store: Store, run_id: str, chance: random.Random) -> None:
        self._store, self._run_id, self._chance = store, run_id, chance
        self.kinds: dict[str, Callable[[], bool]] = {
            "mid-epoch": self.mid_epoch,
            "mid-checkpoint": self.mid_checkpoint,
            "mid-write": self.mid_write,
            "supervisor": self.supervisor,
            "zygote": self.zygote,
        }

    def mid_epoch(self) -> bool:
        """The worker, at any moment."""
        time.sleep(self._chance.uniform(0.0, 1.0))
        return self._kill_worker()

    def mid_checkpoint(self) -> bool:
        """The worker, while it writes everything that it needs to go on."""
        self._store.command(self._run_id, "checkpoint")
        self._wait_for_half_a_file("npz")
        return self._kill_worker()

    def mid_write(self) -> bool:
        """The worker, while it writes any file, or soon after it was asked to."""
        self._store.command(self._run_id, "checkpoint")
        self._wait_for_half_a_file("*")
        time.sleep(self._chance.uniform(0.0, 0.05))
        return self._kill_worker()

    def supervisor(self) -> bool:
        """Whoever starts runs and watches over them; the run itself goes on."""
        pid = presence.supervisor()
        if pid is None:
            return False
        os.kill(pid, signal.SIGKILL)
        assert waited(PATIENCE_S, lambda: presence.supervisor() not in (None, pid) or _ensured())
        return True

    def zygote(self) -> bool:
        """The process that workers are forked from; the run itself goes on."""
        found = [pid for pid in _children(presence.supervisor()) if "zygote" in _command(pid)]
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return bool(found)

    def go_on(self) -> None:
        """See that the death was told and have the run go on."""
        assert waited(PATIENCE_S, lambda: self._run.ended or self._is_at_work), self._run
        if self._run.state in (RunState.LOST, RunState.FAILED):
            assert self._run.error and "epoch" in self._run.error, self._run.error
            orders.resume(self._store, self._run_id, "ann")
        presence.ensure()
        assert waited(PATIENCE_S, lambda: self._is_training or self._run.ended), self._run

    @property
    def _run(self) -> RunRecord:
        return self._store.run(self._run_id)

    @property
    def _is_at_work(self) -> bool:
        run = self._run
        return processes.is_alive(run.pid, run.pid_started)

    @property
    def _is_training(self) -> bool:
        return self._run.state is RunState.RUNNING and self._is_at_work

    def _kill_worker(self) -> bool:
        run = self._run
        if run.state is not RunState.RUNNING or not processes.is_alive(run.pid, run.pid_started):
            return False
        os.kill(run.pid or 0, signal.SIGKILL)
        assert waited(10, lambda: not processes.is_alive(run.pid, run.pid_started))
        return True

    def _wait_for_half_a_file(self, suffix: str, seconds: float = 2.0) -> None:
        folder, until = artifacts.folder(self._run_id), time.monotonic() + seconds
        while time.monotonic() < until:
            if any(folder.glob(f".writing-*.{suffix}")):
                return


def lost(store: Store, run_id: str, whole: str) -> list[str]:
    """What is not as it would be without any kill, in words; empty where nothing was lost.

    Args:
        store: Where both runs are.
        run_id: A run that ended after kills.
        whole: The same run, never interrupted.
    """
    ends = [store.run(each) for each in (run_id, whole)]
    found = [] if ends[0].state is ends[1].state else [f"state {ends[0].state} {ends[0].error}"]
    is_same_sample = ends[0].rows == ends[1].rows
    told, expected = epochs(store, run_id), epochs(store, whole)
    if [epoch for epoch, _ in told] != [epoch for epoch, _ in expected]:
        found.append(f"epochs {[epoch for epoch, _ in told]}")
    for (epoch, values), (_, wanted) in zip(told, expected, strict=False):
        names = [name for name in wanted if is_same_sample or not _is_clean(name)]
        found += [
            f"{name} of epoch {epoch}: {values.get(name)} for {wanted[name]}"
            for name in names
            if values.get(name) != wanted[name]
        ]
    return found + _weights_lost(run_id, whole) + _files_lost(run_id)


def epochs(store: Store, run_id: str) -> list[tuple[int, Values]]:
    """What was told of each epoch, in order."""
    events = store.events(run_id, limit=10**6, kinds=[EventKind.EPOCH])
    return [(event.epoch or 0, event.values) for event in events]


def _is_clean(name: str) -> bool:
    plain = name.removesuffix("_se")
    return plain in CLEAN


def _weights_lost(run_id: str, whole: str) -> list[str]:
    try:
        one, other = (
            checkpoints.read(artifacts.folder(each) / artifacts.CHECKPOINT, each) for each in (run_id, whole)
        )
    except Unreadable as error:
        return [str(error)]
    found = []
    for group in ("model", "optimizer"):
        pairs = zip(getattr(one.state, group), getattr(other.state, group), strict=True)
        if not all(np.array_equal(a, b, equal_nan=True) for a, b in pairs):
            found.append(f"final variables of the {group}")
    return found


def _files_lost(run_id: str) -> list[str]:
    """Files that do not read, or that a killed writer left."""
    folder = artifacts.folder(run_id)
    found = [f"left over: {path.name}" for path in folder.glob(".writing-*")]
    if keepsake.read(folder / artifacts.RECORD) is None:
        found.append(artifacts.RECORD)
    return found


def _ensured() -> bool:
    presence.ensure()
    return False


def _children(pid: int | None) -> list[int]:
    told = subprocess.run(["ps", "--ppid", str(pid or 0), "-o", "pid="], capture_output=True, text=True)
    return [int(line) for line in told.stdout.split()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def begun(store: Store, what: Project) -> str:
    """The id of a new run that trains."""
    run_id = store.create_run("ann", what).id
    launch.start(store, run_id, "ann")
    assert waited(PATIENCE_S, lambda: store.run(run_id).epoch >= 1 or store.run(run_id).ended), store.run(
        run_id
    )
    return run_id


def finished(store: Store, run_id: str) -> RunRecord:
    """The run at its end."""
    assert waited(10 * PATIENCE_S, lambda: store.run(run_id).ended), store.run(run_id)
    run = store.run(run_id)
    assert waited(PATIENCE_S, lambda: not processes.is_alive(run.pid, run.pid_started))
    return run
