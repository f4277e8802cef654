"""How much CPU time does a run take beside the plain Keras script of the same network, data and settings?

    python benchmarks/train_cpu.py --network mlp --seconds 60 --pairs 3

Whole processes are compared, imports and all, in turns: one of ours (the worker, with its events, evaluations and
saving), one plain `model.fit(x, y, batch_size=…)` that measures nothing but its own running means. Their CPU time is
what the system accounts to each child. Prints the median ratio with its 90 % bootstrap interval; the promise is 1.10.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

PLAIN = """
import sys
import numpy as np, keras
from sklearn.datasets import load_digits

network, epochs, jit = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "auto"
digits = load_digits()
rows = np.load(sys.argv[4])
x, y = digits.data.astype("float32")[rows], digits.target.astype("int64")[rows]
keras.utils.set_random_seed(0)
L = keras.layers
if network == "mlp":
    layers = [keras.Input((64,)), L.Rescaling(1 / 16), L.Dense(64, activation="relu"),
              L.Dense(10, activation="softmax")]
else:
    x = x.reshape(-1, 8, 8, 1)
    layers = [keras.Input((8, 8, 1)), L.Rescaling(1 / 16), L.Conv2D(16, 3, padding="same", activation="relu"),
              L.Conv2D(32, 3, padding="same", activation="relu"), L.MaxPooling2D(), L.Flatten(),
              L.Dense(64, activation="relu"), L.Dense(10, activation="softmax")]
model = keras.Sequential(layers)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"],
              jit_compile="auto" if jit else False)
model.fit(x, y, batch_size=32, epochs=epochs, verbose=0)
"""

OURS = """
import sys
from builder.project.document import Project
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import worker
store = Store()
run = store.create_run("benchmark", Project.model_validate_json(sys.stdin.read()))
store.update_run(run.id, state=RunState.STARTING)
worker.main([run.id])
run = store.run(run.id)
assert run.state is RunState.FINISHED, run.error
"""


def project(network: str, epochs: int) -> str:
    """The project whose plain script is `PLAIN`, as JSON."""
    from builder.design.document import Design, Edge, Node
    from builder.project.document import DataSpec, Project, Training

    conv = {"kernel_size": 3, "padding": "same", "activation": "relu"}
    middle = [
        ("Conv2D", {"filters": 16} | conv),
        ("Conv2D", {"filters": 32} | conv),
        ("MaxPooling2D", {}),
        ("Flatten", {}),
    ]
    parts = [
        ("InputLayer", {"shape": [64] if network == "mlp" else [8, 8, 1]}),
        ("Rescaling", {"scale": 1 / 16}),
        *(middle if network == "cnn" else []),
        ("Dense", {"units": 64, "activation": "relu"}),
        ("Dense", {"units": 10, "activation": "softmax"}),
    ]
    nodes = tuple(Node(id=f"n{i}", type=kind, params=params) for i, (kind, params) in enumerate(parts))
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes))
    training = Training(epochs=epochs, batch_size=32, seed=0, device="cpu")
    design = Design(name=network, nodes=nodes, edges=edges)
    return Project(
        name=network, design=design, data=DataSpec(source="digits"), training=training
    ).model_dump_json()


def cpu_seconds(command: list[str], given: str, home: str) -> float:
    """CPU time that a child process took, with all its threads."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        "LAYERLOOM_HOME": home,
    }
    subprocess.run(command, input=given, text=True, check=True, env=environment, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def interval(ratios: list[float], level: float = 0.9) -> tuple[float, float]:
    """Bootstrap interval of the median."""
    drawn = np.random.default_rng(0).choice(ratios, (10_000, len(ratios)))
    low, high = np.quantile(np.median(drawn, axis=1), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--network", choices=["mlp", "cnn"], default="mlp")
    parser.add_argument("--seconds", type=float, default=60, help="CPU time of one plain run")
    parser.add_argument("--epochs", type=int, help="instead of --seconds")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument(
        "--plain-jit", choices=["off", "auto"], default="off", help="Keras' own default is auto"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        _measure(chosen, home)


def _measure(chosen: argparse.Namespace, home: str) -> None:
    rows = _training_rows(Path(home))

    def plain(epochs: int) -> float:
        return cpu_seconds(
            [sys.executable, "-c", PLAIN, chosen.network, str(epochs), chosen.plain_jit, rows], "", home
        )

    def ours(epochs: int) -> float:
        return cpu_seconds([sys.executable, "-c", OURS], project(chosen.network, epochs), home)

    epochs = chosen.epochs or _epochs_for(chosen.seconds, plain)
    ratios = []
    for pair in range(chosen.pairs):
        first, second = (plain, ours) if pair % 2 else (ours, plain)
        times = {first: first(epochs), second: second(epochs)}
        ratios.append(times[ours] / times[plain])
        print(
            f"pair {pair + 1}: ours {times[ours]:.1f} s, plain {times[plain]:.1f} s, ratio {ratios[-1]:.3f}",
            flush=True,
        )
    low, high = interval(ratios)
    print(
        f"{chosen.network}, {epochs} epochs, {chosen.pairs} pairs: median ratio of CPU time {np.median(ratios):.3f}"
    )
    print(f"90 % interval {low:.3f} to {high:.3f}")


def _epochs_for(seconds: float, plain: Callable[[int], float]) -> int:
    """How many epochs of the plain script take so long; a tenth more, since short trials cost more an epoch."""
    few, more = plain(5), plain(65)
    return max(10, round(1.1 * (seconds - few) / ((more - few) / 60)) + 5)


def _training_rows(home: Path) -> str:
    """A file with the rows that the project's split trains on, so that both train on the same."""
    from builder.data.registry import load
    from builder.data.split import split_rows
    from builder.project.document import SplitSpec

    np.save(home / "rows.npy", split_rows(load("digits"), SplitSpec()).train)
    return str(home / "rows.npy")


if __name__ == "__main__":
    main()
