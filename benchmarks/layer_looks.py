"""What does it cost to look at the layers while a network trains? At most 2 % of the time is the promise.

    python benchmarks/layer_looks.py [--seconds 10] [--rounds 5] [--networks mlp-digits cnn-digits residual-mlp]

Each round trains the same network twice for so many seconds of processor time, once watched and once not, in turns.
`ratio`: steps for each second of processor time, not watched / watched, median and range; noise on a busy machine.
`share`: processor time spent looking, as a part of all of it. Beside these the number of looks and the bytes told.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from builder.project.templates import template  # noqa: E402
from builder.runs import layers  # noqa: E402
from builder.train.observing.layers import LayerWatch  # noqa: E402
from builder.train.observing.observer import Moment  # noqa: E402
from builder.train.session import Session, open_session  # noqa: E402

LOOKING: list[float] = []
"""Seconds of processor time, of each moment that was shown to the watch."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--networks", nargs="+", default=["mlp-digits", "cnn-digits", "residual-mlp"])
    options = parser.parse_args()
    print(f"{'network':16} {'ratio':>7} {'range':>15} {'share':>7} {'looks':>6} {'bytes':>6}")
    for name in options.networks:
        with tempfile.TemporaryDirectory() as home:
            os.environ["LAYERLOOM_HOME"] = home
            measure(name, options.seconds, options.rounds)


def measure(name: str, seconds: float, rounds: int) -> None:
    session = open_session(template(name).project)
    watch = LayerWatch("run", session)
    watch.see(Moment(0, 0, is_epoch_end=True), {})
    speed(session, None, seconds / 4)  # compiles, and finds its pace
    speed(session, watch, seconds / 4)
    looks = seen("run")
    LOOKING.clear()
    ratios = [speed(session, None, seconds) / speed(session, watch, seconds) for _ in range(rounds)]
    share = sum(LOOKING) / (seconds * rounds)
    bytes_ = len(layers.newest("run").model_dump_json(exclude_none=True))  # type: ignore[union-attr]
    span = f"{min(ratios):.3f} to {max(ratios):.3f}"
    print(
        f"{name:16} {statistics.median(ratios):7.3f} {span:>15} {share:7.2%} {seen('run') - looks:6} {bytes_:6}"
    )


def speed(session: Session, watch: LayerWatch | None, seconds: float) -> float:
    """Steps for each second of processor time."""
    begun, done, epoch = time.process_time(), 0, 2
    while (spent := time.process_time() - begun) < seconds:
        done += trained(session, watch, epoch)
        epoch += 1
    return done / spent


def trained(session: Session, watch: LayerWatch | None, epoch: int) -> int:
    """One epoch, as `Loop` does it; how many steps that were."""
    passes, step = session.passes, 0
    passes.begin(epoch)
    while step < passes.steps:
        step = passes.train(step, min(passes.steps, step + passes.train_pace.steps)).step
        if watch:
            begun = time.process_time()
            watch.see(Moment(epoch, step), {})
            LOOKING.append(time.process_time() - begun)
    return step


def seen(run_id: str) -> int:
    look = layers.newest(run_id)
    return look.seq if look else 0


if __name__ == "__main__":
    main()
