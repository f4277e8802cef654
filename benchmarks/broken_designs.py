"""Is every broken network told where it is broken, and does every repair help? `python benchmarks/broken_designs.py`.

500 random networks, each broken in one of many ways. Counted: crashes, faults that stand elsewhere than on the broken
node (or, for shapes, on the first consumer that cannot take them), repairs that do not leave fewer errors when they
are carried out, faults with at least one repair, and how long it takes to find them.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
sys.path.insert(0, str(Path(__file__).parent))

from breaking import WAYS, Broken
from valid_designs import drawn

from builder.project.document import Project
from builder.translate.keras_model import build_model
from builder.translate.offering import applied, judged, offered
from builder.translate.outcomes import Cache


@dataclass
class Tally:
    """What came of all designs."""

    made: int = 0
    crashed: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    unhelpful: list[str] = field(default_factory=list)
    faults: int = 0
    repaired: int = 0
    repairs: int = 0
    drastic: int = 0
    """Faults for which something would have to be taken away: nothing gentler helps."""
    ways: Counter[str] = field(default_factory=Counter)
    bare: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def broken(number: int) -> Broken:
    """A valid network, broken; the ways take turns. Networks are drawn until one can be broken in this way."""
    way = WAYS[number % len(WAYS)]
    chance = random.Random(number)
    while True:
        case = way(drawn(chance), chance)
        if case is not None and not _is_sound_after_all(case):
            return case


def _is_sound_after_all(case: Broken) -> bool:
    """Whether nothing is told and Keras builds it all the same: then nothing was broken."""
    if judged(Project(design=case.design), Cache()).faults:
        return False
    try:
        build_model(case.design)
    except Exception:
        return False
    return True


def measure(count: int, cache: Cache) -> Tally:
    """What comes of so many broken networks."""
    tally = Tally()
    for number in range(count):
        case = broken(number)
        tally.made += 1
        _judge(case, number, tally, cache)
    return tally


def _judge(case: Broken, seed: int, tally: Tally, cache: Cache) -> None:
    name = f"{seed} {case.way}"
    tally.ways[case.way] += 1
    project = Project(design=case.design)
    try:
        before = judged(project, cache)
        began = time.perf_counter()
        report = offered(project, cache)
        tally.seconds.append(time.perf_counter() - began)
    except Exception as error:
        tally.crashed.append(f"{name}: {type(error).__name__} {error}")
        return
    if not before.faults:
        tally.silent.append(name)
        return
    nodes = {issue.node for issue in before.faults}
    if not nodes <= case.places:
        tally.misplaced.append(f"{name}: on {nodes}, not {case.places}: {before.faults[0].message}")
    mended = {repair.node for repair in report.repairs}
    tally.faults += len(nodes)
    tally.repaired += len(nodes & mended)
    gentle = {repair.node for repair in report.repairs if not repair.title.startswith(("Take", "Delete"))}
    tally.drastic += len((nodes & mended) - gentle)
    tally.bare.update({f"{case.way}: {i.message[:90]}": 1 for i in before.faults if i.node not in mended})
    tally.repairs += len(report.repairs)
    for repair in report.repairs:
        after = judged(applied(project, repair), cache)
        if len(after.faults) >= len(before.faults) or after.blocked > before.blocked:
            tally.unhelpful.append(f"{name}: {repair.title}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--verbose", action="store_true", help="name every case that is not as it should be")
    options = parser.parse_args()
    tally = measure(options.count, Cache())
    print(f"{tally.made} broken designs in {len(tally.ways)} ways: {dict(tally.ways)}")
    print(
        f"crashes: {len(tally.crashed)}; not noticed: {len(tally.silent)}; misplaced: {len(tally.misplaced)}"
    )
    share = tally.repaired / max(tally.faults, 1)
    print(f"faults: {tally.faults}; with a repair: {tally.repaired} ({share:.1%}); repairs: {tally.repairs}")
    print(f"of these faults, only deleting a layer or wire is offered for {tally.drastic}")
    print(f"repairs that do not leave fewer errors: {len(tally.unhelpful)}")
    spent = sorted(tally.seconds)
    median, most = statistics.median(spent) * 1000, spent[int(len(spent) * 0.95)] * 1000
    print(f"time: median {median:.0f} ms, 95 % under {most:.0f} ms")
    if options.verbose:
        for what in ("crashed", "silent", "misplaced", "unhelpful"):
            for line in getattr(tally, what):
                print(f"{what}: {line}")
        for line, times in tally.bare.most_common():
            print(f"no repair, {times} times: {line}")


if __name__ == "__main__":
    main()
