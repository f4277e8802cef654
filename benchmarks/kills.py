"""Is anything lost when processes are killed at random moments? Kills, goes on, compares with a run never interrupted.

    python benchmarks/kills.py [--kills 100] [--epochs 600] [--most 6] [--seed 0]

A real server with its supervisor, zygote and workers. Runs of a network with dropout and noise are killed up to
`--most` times each: mid-epoch, mid-checkpoint, mid-write, supervisor, zygote, page server. After each kill the run goes
on (resumed where its worker died). Every run must end with the same epochs and values as the uninterrupted one and with
the same final weights and optimizer, to the last bit, with no file damaged or left over and no run doubled.

Prints what was killed how often, how long a death took to be told and a run to train again, and every loss.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e"), str(ROOT / "tests" / "workers")]

from killing import Killer, begun, finished, lost, noisy  # noqa: E402
from live_runs import end_all, waited  # noqa: E402
from serving import Served  # noqa: E402

from builder.runs.store import Store  # noqa: E402


class Trial:
    """Kills and what came of them."""

    def __init__(self, served: Served, options: argparse.Namespace) -> None:
        self._served, self._options = served, options
        self._store, self._chance = Store(), random.Random(options.seed)
        self._whole = finished(self._store, begun(self._store, noisy(options.epochs))).id
        self.kills: Counter[str] = Counter()
        self.told_s: list[float] = []
        self.back_s: defaultdict[str, list[float]] = defaultdict(list)
        self.losses: list[str] = []
        self.runs = 0

    def go(self) -> None:
        """Until there were enough kills."""
        while self.kills.total() < self._options.kills:
            run_id = begun(self._store, noisy(self._options.epochs))
            self.runs += 1
            self._kill(run_id)
            finished(self._store, run_id)
            found = lost(self._store, run_id, self._whole)
            self.losses += [f"run {self._store.run(run_id).number}: {each}" for each in found]
            print(f"{self.kills.total()} kills, {self.runs} runs, {len(self.losses)} losses", flush=True)
        if len(self._store.runs(None)) != self.runs + 1:
            self.losses.append(f"{len(self._store.runs(None))} runs for {self.runs + 1}")

    def _kill(self, run_id: str) -> None:
        killer = Killer(self._store, run_id, self._chance)
        kinds = killer.kinds | {"page server": self._kill_server}
        most = min(self._chance.randint(1, self._options.most), self._options.kills - self.kills.total())
        for _ in range(most):
            name = self._chance.choice(list(kinds))
            if self._store.run(run_id).ended or not kinds[name]():
                return
            self.kills[name] += 1
            began = time.perf_counter()
            if name.startswith("mid-"):
                waited(60, lambda: self._store.run(run_id).ended)
                self.told_s.append(time.perf_counter() - began)
            killer.go_on()
            self.back_s[name].append(time.perf_counter() - began)

    def _kill_server(self) -> bool:
        self._served.restart()
        return True


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--epochs", type=int, default=600)
    parser.add_argument("--most", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["LAYERLOOM_HOME"] = home
        served = Served(Path(home))
        trial = Trial(served, options)
        try:
            trial.go()
        finally:
            served.stop()
            end_all(trial._store)
    print(f"{trial.kills.total()} kills in {trial.runs} runs: {dict(trial.kills)}")
    print(f"death to words: {_spread(trial.told_s)}")
    for name, seconds in sorted(trial.back_s.items()):
        print(f"{name} to training: {_spread(seconds)}")
    print(f"lost: {len(trial.losses)}")
    for each in trial.losses[:50]:
        print(f"  {each}")
    return 1 if trial.losses else 0


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    return f"median {np.median(seconds):.2f} s, longest {max(seconds):.2f} s ({len(seconds)})"


if __name__ == "__main__":
    sys.exit(main())
