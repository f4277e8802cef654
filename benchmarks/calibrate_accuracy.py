"""How near is the calibration to a real run? Five networks that no rule was fitted to.

    python benchmarks/calibrate_accuracy.py [--seconds 30]

For each: ten seconds of calibration, then a run of about `--seconds`; prints seconds per epoch and peak memory of both,
and how far off the calibration was (promise: 25 %). Each computes in a process of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import train_networks
from train_networks import chain

from builder.design.document import Design
from builder.project.document import DataSpec, Project, Training

CONV = {"kernel_size": 3, "padding": "same", "activation": "relu"}
DIGIT = ("Dense", {"units": 10, "activation": "softmax"})


def networks() -> dict[str, tuple[str, Design]]:
    """Name to data set and design."""
    image = [("InputLayer", {"shape": [8, 8, 1]}), ("Conv2D", {"filters": 24} | CONV)]
    deep = [("Conv2D", {"filters": 48} | CONV), ("BatchNormalization", {}), ("MaxPooling2D", {})]
    return {
        "wide mlp": ("digits", chain([("InputLayer", {"shape": [64]}), ("Dense", {"units": 2000}), DIGIT])),
        "small cnn": ("digits", chain([*image, *deep, ("Flatten", {}), DIGIT])),
        "gru": ("digits", chain([("InputLayer", {"shape": [8, 8]}), ("GRU", {"units": 48}), DIGIT])),
        "large cnn": (
            train_networks.MADE.card.name,
            chain([("InputLayer", {"shape": [28, 28, 1]}), *image[1:], *deep, *deep, ("Flatten", {}), DIGIT]),
        ),
        "deep mlp": (
            train_networks.MADE.card.name,
            chain(
                [
                    ("InputLayer", {"shape": [784]}),
                    *[("Dense", {"units": 256, "activation": "relu"})] * 6,
                    DIGIT,
                ]
            ),
        ),
    }


PROGRAM = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import train_networks
train_networks.register()
from builder.project.document import Project
from builder.runs.records import Purpose, RunState
from builder.runs.store import Store
from builder.train import worker
store = Store()
run = store.create_run("benchmark", Project.model_validate_json(sys.stdin.read()), purpose=Purpose(sys.argv[2]))
store.update_run(run.id, state=RunState.STARTING)
worker.main([run.id])
run = store.run(run.id)
assert run.state is RunState.FINISHED, run.error
if run.measured:
    print("told", run.measured["seconds_per_epoch"], run.measured["peak_mb"])
else:
    at = {e.epoch: e.at for e in store.events(run.id, limit=100_000) if e.kind.value == "epoch"}
    last = max(at)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print("told", (at[last] - at[1]) / (last - 1), peak)
"""


def told(project: Project, purpose: str, home: str) -> tuple[float, float]:
    """Seconds per epoch (the first left out: it compiles) and peak memory in MB."""
    here = str(Path(__file__).resolve().parent)
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, here, purpose],
        input=project.model_dump_json(),
        text=True,
        check=True,
        capture_output=True,
        env=os.environ | {"LAYERLOOM_HOME": home, "TF_CPP_MIN_LOG_LEVEL": "2"},
    )
    seconds, peak = ended.stdout.rpartition("told ")[2].split()[:2]
    return float(seconds), float(peak)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for name, (source, design) in networks().items():
            project = Project(name=name, design=design, data=DataSpec(source=source))
            each, peak = told(project, "calibrate", home)
            epochs = max(4, round(chosen.seconds / each))
            real = project.model_copy(update={"training": Training(epochs=epochs)})
            true, true_peak = told(real, "train", home)
            off, off_peak = each / true - 1, peak / true_peak - 1
            print(
                f"{name}: calibrated {each:.3f} s an epoch, {peak:.0f} MB; run of {epochs} epochs {true:.3f} s,"
                f" {true_peak:.0f} MB; off by {off:+.0%} and {off_peak:+.0%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
