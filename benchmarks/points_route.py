"""What do thirty charts that follow thirty runs cost the server?

    python benchmarks/points_route.py [--pollers 30] [--seconds 20]

Thirty runs of 100 000 steps, 2 000 batch losses behind them each, go on (an epoch a second, ten batch losses a second);
protocol clients ask as the browser does: at 1 s, and at the browser's own pace (0.5 s). Prints for each the server's
share of one core, interleaved with rounds in which nobody asks, bytes a second for each chart, and the delay from an
event in the store to the answer that brings it.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from serving import Served  # noqa: E402

from builder.project.document import Project, Training  # noqa: E402
from builder.runs.owners import PERSONAL_OWNER  # noqa: E402
from builder.runs.records import Event, EventKind, RunState, Values  # noqa: E402
from builder.runs.store import Store  # noqa: E402

TICK_S = os.sysconf("SC_CLK_TCK")
NAMES = (
    "loss",
    "accuracy",
    "val_loss",
    "val_accuracy",
    "keras_loss",
    "keras_accuracy",
    "loss_se",
    "val_loss_se",
)
BATCHES_A_S = 10


class Chart(threading.Thread):
    """Asks for one run as its chart does, and notes what came and how late."""

    def __init__(self, address: str, run: str, every_s: float) -> None:
        super().__init__(daemon=True)
        self.address, self.run_id, self.every_s = f"{address}/api/runs/{run}/points", run, every_s
        self.bytes, self.answers, self.delays = 0, 0, list[float]()
        self.over = threading.Event()

    def run(self) -> None:
        """Ask until `over`; the first answer counts neither for bytes nor for delays."""
        seq, stamp, first = 0, "", True
        while not self.over.wait(self.every_s):
            with urlopen(f"{self.address}?after={seq}&stamp={stamp}") as response:
                told = response.read()
            self.answers += 1
            if not told:
                continue
            answer = json.loads(told)
            seq, stamp = answer["seq"], answer["stamp"]
            if not first:
                self.bytes += len(told)
                self.delays += [(time.time() - row[2]) % 1000 for row in answer.get("table", [])]
            first = False


def prepared(store: Store) -> str:
    """A run with a long past."""
    run = store.create_run(PERSONAL_OWNER, Project(name="digits", training=Training(epochs=100_000)))
    store.update_run(
        run.id,
        state=RunState.RUNNING,
        steps_per_epoch=40,
        heartbeat_at=time.time(),
        pid=os.getpid(),
        seconds=1000.0,
    )
    store.append(run.id, [event for number in range(1, 201) for event in told(number)])
    return run.id


def told(epoch: int) -> list[Event]:
    """One epoch with its batches; its loss is the time (modulo 1000 s), so that a client can tell how late it comes."""
    losses: Values = {"loss": 0.3, "steps_per_s": 812.3}
    batches = [
        Event(kind=EventKind.BATCH, epoch=epoch, step=4 * step, values=losses) for step in range(1, 11)
    ]
    return [
        *batches,
        Event(
            kind=EventKind.EPOCH, epoch=epoch, values=dict.fromkeys(NAMES, 0.3) | {"loss": time.time() % 1000}
        ),
    ]


def write(store: Store, runs: list[str], over: threading.Event) -> None:
    """An epoch a second for each run, one after the other."""
    epoch = 200
    while not over.is_set():
        epoch += 1
        begun = time.monotonic()
        for run in runs:
            store.append(run, told(epoch))
            store.update_run(run, epoch=epoch, heartbeat_at=time.time(), seconds=1000.0 + epoch)
            over.wait(1 / len(runs) - 0.005)
        over.wait(max(0.0, 1 - (time.monotonic() - begun)))


def cpu_s(pid: int) -> float:
    """Processor seconds that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK_S


def measure(
    served: Served, runs: list[str], every_s: float | None, seconds: float
) -> tuple[float, list[Chart]]:
    """Share of one core in per cent, and the charts that asked; None: nobody asks."""
    charts = [] if every_s is None else [Chart(served.address, run, every_s) for run in runs]
    for chart in charts:
        chart.start()
        time.sleep(every_s / len(charts) if every_s else 0)
    time.sleep(1)
    begun, spent = time.monotonic(), cpu_s(served.process.pid)
    time.sleep(seconds)
    share = 100 * (cpu_s(served.process.pid) - spent) / (time.monotonic() - begun)
    for chart in charts:
        chart.over.set()
    for chart in charts:
        chart.join()
    return share, charts


def tell(name: str, shares: list[float], idle: list[float], charts: list[Chart], seconds: float) -> None:
    """One line of the result."""
    more = statistics.median(shares) - statistics.median(idle)
    rate = statistics.mean(chart.bytes for chart in charts) / (seconds + 1)
    delays = sorted(delay for chart in charts for delay in chart.delays)
    words = f"{name}: {more:.1f} % of a core more than nobody, {rate:.0f} bytes/s a chart"
    if delays:
        words += (
            f", delay median {statistics.median(delays):.2f} s, p95 {delays[int(0.95 * len(delays))]:.2f} s"
        )
    print(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pollers", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        store = Store(Path(home) / "layerloom.db")
        runs = [prepared(store) for _ in range(options.pollers)]
        served = Served(Path(home))
        over = threading.Event()
        writer = threading.Thread(target=write, args=(store, runs, over))
        writer.start()
        try:
            time.sleep(10)
            compare(served, store, runs, options.seconds, options.rounds)
        finally:
            over.set()
            writer.join()
            served.stop()


def compare(served: Served, store: Store, runs: list[str], seconds: float, rounds: int) -> None:
    """All cases in turn, several times."""
    found: dict[str, list[float]] = {}
    last: dict[str, list[Chart]] = {}
    for _ in range(rounds):
        for name, every_s in (("nobody", None), ("at 1 s", 1.0), ("at the browser's pace", 0.5)):
            share, last[name] = measure(served, runs, every_s, seconds)
            found.setdefault(name, []).append(share)
            print(f"  {name}: {share:.1f} %", flush=True)
    for name in ("at 1 s", "at the browser's pace"):
        tell(f"{len(runs)} charts {name}", found[name], found["nobody"], last[name], seconds)


if __name__ == "__main__":
    main()
