"""How far is the forecast of training memory off? `python benchmarks/memory_forecast.py [--fitted] [NAME …]`.

Each network is trained for two epochs by the app's own worker in a fresh process; the peak of its resident memory
(VmHWM, as the kernel keeps it) stands beside the forecast. Goal: within 20 % on networks that were not used to fit.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from memory_networks import FITTED, HELD_OUT, Trial

from builder.project.document import Project
from builder.translate.ghost import check
from builder.translate.memory import MIB, of_project

PARTS = ("weights", "gradients", "optimizer_slots", "activations")
OURS = """
import sys
from pathlib import Path
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
status = Path("/proc/self/status").read_text()
print("peak", next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def measured_mib(project: Project) -> float:
    """Peak resident memory of a worker that trains this project."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LAYERLOOM_HOME": home, "CUDA_VISIBLE_DEVICES": "-1"}
        done = subprocess.run(
            [sys.executable, "-c", OURS],
            input=project.model_dump_json(),
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return int(done.stdout.rsplit("peak", 1)[1]) / 1024


def compare(trials: Mapping[str, Trial]) -> list[float]:
    """Forecast / measured for each, printed as they come."""
    ratios = []
    for name, trial in trials.items():
        project = trial.project(name)
        told = of_project(check(project.design, has_data=True).totals, project)
        expected, found = (told.peak_bytes or 0) / MIB, measured_mib(project)
        ratios.append(expected / found)
        parts = {name: round((getattr(told, name) or 0) / MIB) for name in PARTS}
        line = f"{name:24} forecast {expected:7.0f} MiB, measured {found:7.0f}, ratio {ratios[-1]:.3f}"
        print(line, parts, flush=True)
    return ratios


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--fitted", action="store_true", help="the networks that the constants come from")
    chosen = parser.parse_args()
    trials = FITTED if chosen.fitted else HELD_OUT
    trials = {name: trial for name, trial in trials.items() if not chosen.names or name in chosen.names}
    ratios = compare(trials)
    worst = max(ratios, key=lambda ratio: abs(ratio - 1))
    print(f"{len(ratios)} networks: median ratio {statistics.median(ratios):.3f}, worst {worst:.3f}")


if __name__ == "__main__":
    main()
