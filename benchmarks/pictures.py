"""How many pictures a second does a network over the plane give of what it learns, and what does that cost the run?

    python benchmarks/pictures.py --seconds 4 --rounds 6

A worker trains the default network for the spiral (2 × 32 units), then the deepest that TensorFlow Playground allows
(6 layers of 8). Within one run, stretches in turns: nobody looks; somebody looks at the field; somebody looks at the
hidden units too. Looking is what the picture route does: touch the sign, take each new file. Printed are pictures and
bytes a second (promised: 10 and 2 pictures, 50 kB at most) and the median, over rounds, of the worker's computing time
an epoch while looked at against nobody looking, with its 90 % interval by bootstrap. Computing time, since other
programs on the machine take part in any other.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from builder.data.starter import default_project  # noqa: E402
from builder.design.document import Edge, Node  # noqa: E402
from builder.project.document import Project  # noqa: E402
from builder.runs import pictures  # noqa: E402
from builder.runs.records import RunState  # noqa: E402
from builder.runs.store import Store  # noqa: E402

WORKER = "import sys; from builder.train import worker; sys.exit(worker.main(sys.argv[1:]))"
MANNERS = ("nobody looks", "field", "field and units")
EPOCHS = 100_000
SETTLE_S = pictures.PATIENCE_S + 0.5
"""After somebody looked, until the worker takes nobody to be looking."""


@dataclass
class Seen:
    """What one manner of looking came to, a number a round."""

    epochs_per_s: list[float] = field(default_factory=list)
    cpu_per_epoch: list[float] = field(default_factory=list)
    pictures_per_s: list[float] = field(default_factory=list)
    bytes_per_s: list[float] = field(default_factory=list)
    bytes_each: list[float] = field(default_factory=list)


def deep(layers: int = 6, units: int = 8) -> Project:
    """The spiral's project with this network instead of its own."""
    project = default_project("spiral")
    first, *_, answer = project.design.nodes
    hidden = [
        Node(id=f"hidden_{n}", type="Dense", params={"units": units, "activation": "tanh"})
        for n in range(1, layers + 1)
    ]
    nodes = (first, *hidden, answer)
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes))
    return project.model_copy(
        update={"design": project.design.model_copy(update={"nodes": nodes, "edges": edges})}
    )


def measured(project: Project, seconds: float, rounds: int) -> dict[str, Seen]:
    """Train and look, in turns."""
    store = Store()
    endless = project.training.model_copy(update={"epochs": EPOCHS, "early_stopping": None})
    run = store.create_run("benchmark", project.model_copy(update={"training": endless}))
    store.update_run(run.id, state=RunState.STARTING)
    found = {manner: Seen() for manner in MANNERS}
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, run.id], cwd=ROOT, stderr=subprocess.DEVNULL
    ) as worker:
        try:
            until(lambda: store.run(run.id).epoch > 20)
            for manner in MANNERS[1:]:
                look(store, run.id, manner, 2.0, Seen())  # compiles once
            for _ in range(rounds):
                for manner in MANNERS:
                    if manner == MANNERS[0]:
                        time.sleep(SETTLE_S)
                    look(store, run.id, manner, seconds, found[manner])
        finally:
            worker.kill()
    return found


def computed_s(pid: int) -> float:
    """Seconds that all threads of a process have computed so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(met) -> None:
    deadline = time.monotonic() + 120
    while not met():
        assert time.monotonic() < deadline, "the worker did not begin"
        time.sleep(0.1)


def look(store: Store, run_id: str, manner: str, seconds: float, seen: Seen) -> None:
    """Look in this manner for so long, and keep what came."""
    if manner != MANNERS[0]:
        pictures.want(run_id, manner == MANNERS[2])
        time.sleep(0.5)
    run, stamp, sizes = store.run(run_id), pictures.stamp(run_id), []
    begun, cpu = time.monotonic(), computed_s(run.pid)
    while time.monotonic() - begun < seconds:
        if manner != MANNERS[0]:
            pictures.want(run_id, manner == MANNERS[2])
            found = pictures.read(run_id)
            if found and found[0] != stamp:
                stamp = found[0]
                sizes.append(len(found[1]))
        time.sleep(0.01)
    took = time.monotonic() - begun
    epochs = store.run(run_id).epoch - run.epoch
    seen.epochs_per_s.append(epochs / took)
    seen.cpu_per_epoch.append((computed_s(run.pid) - cpu) / max(1, epochs))
    seen.pictures_per_s.append(len(sizes) / took)
    seen.bytes_per_s.append(sum(sizes) / took)
    seen.bytes_each.append(statistics.mean(sizes) if sizes else 0)


def each_ms(project: Project, units: bool, times: int = 60) -> float:
    """Computing time of one picture, drawn and written many times over in this process, in milliseconds."""
    from builder.runs import artifacts
    from builder.train.observing.observer import Moment
    from builder.train.observing.picture import picture
    from builder.train.session import open_session

    artifacts.folder("each")
    session = open_session(project)
    drawer = picture("each", session)
    assert drawer is not None
    drawer._looking = pictures.Looking(field=True, units=units)
    for epoch in range(20):
        session.passes.begin(epoch)
        session.passes.train(0, session.passes.steps)
    for number in range(times + 3):
        if number == 3:  # compiled by now
            begun = time.process_time()
        drawer._draw(Moment(20, session.passes.steps, is_epoch_end=True))
    return (time.process_time() - begun) / times * 1000


def interval(ratios: list[float]) -> tuple[float, float, float]:
    """Median, and its 90 % interval by bootstrap."""
    rng = np.random.default_rng(0)
    medians = np.median(rng.choice(ratios, (4000, len(ratios))), axis=1)
    low, high = np.percentile(medians, [5, 95])
    return float(np.median(ratios)), float(low), float(high)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a stretch")
    parser.add_argument("--rounds", type=int, default=6)
    options = parser.parse_args()
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    with tempfile.TemporaryDirectory() as home:
        os.environ["LAYERLOOM_HOME"] = home
        for name, project in (("default, 2 × 32", default_project("spiral")), ("deepest, 6 × 8", deep())):
            found = measured(project, options.seconds, options.rounds)
            alone = found[MANNERS[0]]
            print(
                f"{name}: {statistics.median(alone.epochs_per_s):.0f} epochs/s, "
                f"{statistics.median(alone.cpu_per_epoch) * 1000:.1f} ms of computing each, while nobody looks",
                flush=True,
            )
            for manner in MANNERS[1:]:
                seen = found[manner]
                ratios = [a / b for a, b in zip(seen.cpu_per_epoch, alone.cpu_per_epoch, strict=True)]
                middle, low, high = interval(ratios)
                each = each_ms(project, units=manner == MANNERS[2])
                print(
                    f"  {manner}: {each:.1f} ms of computing a picture, "
                    f"{statistics.median(seen.pictures_per_s):.1f} pictures/s "
                    f"(least {min(seen.pictures_per_s):.1f}), {statistics.median(seen.bytes_each) / 1000:.1f} kB each, "
                    f"{statistics.median(seen.bytes_per_s) / 1000:.1f} kB/s, "
                    f"computing an epoch {middle:.3f} of its own ({low:.3f} to {high:.3f})",
                    flush=True,
                )


if __name__ == "__main__":
    main()
