"""How much CPU time does a run take beside a plain Keras script of the same network, data and settings?

    python benchmarks/train_cpu.py [--networks mlp cnn lstm transformer] [--seconds 60] [--pairs 5]

Whole processes are compared, imports and all, in turns: ours (the worker, with events, evaluations, checkpoints and
saving), and Keras' `fit` of the exported model on the same rows, validated each epoch, in one of two ways: `same`, with
our settings and the fastest feeding we know (whole batches gathered by tf.data, XLA as we choose, 32 steps an
execution); `defaults`, as people write it. `bare` is ours without observers. Prints median ratios of CPU time with 90 %
bootstrap intervals (goals: same at most 1.05, defaults below 1.0), and the time from start to first step.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import train_networks

PLAIN = """
import sys, time
import numpy as np, keras, tensorflow as tf
way, epochs, jit, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "on", sys.argv[4]
rows = np.load(folder + "/rows.npz")
sys.path.insert(0, folder)
keras.utils.set_random_seed(0)
import drawn
model = drawn.model
class First(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if not hasattr(self, "told"):
            self.told = print("first", time.time(), flush=True)
compiled = dict(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
validation = (rows["val_x"], rows["val_y"])
if way == "defaults":
    model.compile(**compiled)
    model.fit(rows["x"], rows["y"], batch_size=32, epochs=epochs, validation_data=validation, verbose=0,
              callbacks=[First()])
else:
    model.compile(**compiled, jit_compile=jit, steps_per_execution=32)
    x, y = tf.constant(rows["x"]), tf.constant(rows["y"])
    batches = (tf.data.Dataset.range(len(rows["x"])).shuffle(len(rows["x"])).batch(32)
               .map(lambda i: (tf.gather(x, i), tf.gather(y, i))))
    model.fit(batches, epochs=epochs, validation_data=validation, validation_batch_size=256, verbose=0,
              callbacks=[First()])
"""

OURS = """
import sys, time
sys.path.insert(0, sys.argv[1])
import train_networks
train_networks.register()
from builder.project.document import Project
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import worker
if sys.argv[2] == "bare":
    worker.observers = lambda *_: []
store = Store()
run = store.create_run("benchmark", Project.model_validate_json(sys.stdin.read()))
store.update_run(run.id, state=RunState.STARTING)
worker.main([run.id])
run = store.run(run.id)
assert run.state is RunState.FINISHED, run.error
first = next(e for e in store.events(run.id, limit=10_000) if e.step or (e.epoch or 0) >= 1)
print("first", first.at, flush=True)
"""


@dataclass(frozen=True)
class Ran:
    """What one process took."""

    cpu_s: float
    first_step_s: float


def ran(command: list[str], given: str, home: str) -> Ran:
    """CPU time of a child process with all its threads, and the time until its first step."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    told = subprocess.run(
        command,
        input=given,
        text=True,
        check=True,
        env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "-1", "LAYERLOOM_HOME": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    first = float(told.stdout.rpartition("first ")[2].split()[0])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(cpu, first - begun)


def interval(ratios: list[float], level: float = 0.9) -> tuple[float, float]:
    """Bootstrap interval of the median."""
    drawn = np.random.default_rng(0).choice(ratios, (10_000, len(ratios)))
    low, high = np.quantile(np.median(drawn, axis=1), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


class Contest:
    """One network, ours and theirs."""

    def __init__(self, network: str, home: str) -> None:
        self.network, self.home = network, home
        self.folder = Path(home) / network
        self.folder.mkdir()
        self._write()

    def _write(self) -> None:
        """The drawn model as a module, and the rows that both train on."""
        from builder.data.prepare import prepare
        from builder.design.order import input_ids
        from builder.translate.python_code import design_code

        project = train_networks.project(self.network, 1)
        (self.folder / "drawn.py").write_text(design_code(project.design))
        (output,) = [
            node.id
            for node in project.design.nodes
            if all(edge.source != node.id for edge in project.design.edges)
        ]
        data = prepare(project, input_ids(project.design), [output])
        (x,), (y,) = ([*part.values()] for part in (data.inputs, data.targets))
        train, validation = data.split.train, data.split.validation
        np.savez(self.folder / "rows.npz", x=x[train], y=y[train], val_x=x[validation], val_y=y[validation])
        self.steps = -(-len(train) // 32)

    def plain(self, way: str, epochs: int) -> Ran:
        """Keras' own `fit`."""
        jit = "on" if self.network == "lstm" and epochs * self.steps >= 10_000 else "off"
        return ran([sys.executable, "-c", PLAIN, way, str(epochs), jit, str(self.folder)], "", self.home)

    def ours(self, way: str, epochs: int) -> Ran:
        """Our worker; `bare` without observers."""
        given = train_networks.project(self.network, epochs).model_dump_json()
        here = str(Path(__file__).resolve().parent)
        return ran([sys.executable, "-c", OURS, here, way], given, self.home)

    def epochs_for(self, seconds: float) -> int:
        """How many epochs of the plain script take so long."""
        few = 2
        while True:
            short, longer = self.plain("same", 1).cpu_s, self.plain("same", 1 + few).cpu_s
            if longer - short > 3 or few > 200:
                return max(5, round((seconds - short) / max(1e-3, (longer - short) / few)) + 1)
            few *= 6


def measure(contest: Contest, seconds: float, pairs: int, epochs: int | None) -> None:
    """All ways in turns, then the ratios."""
    epochs = epochs or contest.epochs_for(seconds)
    ways = [
        ("ours", contest.ours, "full"),
        ("bare", contest.ours, "bare"),
        ("same", contest.plain, "same"),
        ("defaults", contest.plain, "defaults"),
    ]
    times: dict[str, list[Ran]] = {name: [] for name, _, _ in ways}
    for pair in range(pairs):
        for name, run, way in ways if pair % 2 else reversed(ways):
            times[name].append(run(way, epochs))
        last = ", ".join(f"{name} {runs[-1].cpu_s:.1f} s" for name, runs in times.items())
        print(f"{contest.network}, round {pair + 1}: {last}", flush=True)
    for top, bottom in (("ours", "same"), ("bare", "same"), ("ours", "defaults")):
        ratios = [a.cpu_s / b.cpu_s for a, b in zip(times[top], times[bottom], strict=True)]
        low, high = interval(ratios)
        print(
            f"{contest.network}, {epochs} epochs: {top}/{bottom} {np.median(ratios):.3f} ({low:.3f} to {high:.3f})"
        )
    for name in ("ours", "same"):
        first = np.median([each.first_step_s for each in times[name]])
        print(f"{contest.network}: {name}, start to first step {first:.1f} s", flush=True)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", nargs="+", default=[*train_networks.DESIGNS])
    parser.add_argument("--seconds", type=float, default=60, help="CPU time of one plain run")
    parser.add_argument("--epochs", type=int, help="instead of --seconds")
    parser.add_argument("--pairs", type=int, default=5)
    chosen = parser.parse_args()
    train_networks.register()
    with tempfile.TemporaryDirectory() as home:
        for network in chosen.networks:
            measure(Contest(network, home), chosen.seconds, chosen.pairs, chosen.epochs)


if __name__ == "__main__":
    main()
