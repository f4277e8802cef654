"""How many steps fit into one execution, so that Python costs little and Stop is still heard at once?"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

TARGET_S = 0.1
"""Half of the 0.2 s that one execution may last: steps vary."""
MOST = 128
"""Beyond this, Python's share of a tiny model's time (1 % at 128 steps of 0.05 ms) shrinks no further."""


class Pace:
    """Measures steps as they are done and says how many to do next; begins with one."""

    def __init__(self, most: int | None = None) -> None:
        """`most`: steps of one execution at most, where a person wants fewer than would fit."""
        self._most = most or MOST
        self._step_s: float | None = None
        self._is_warm = False
        self._spent_s, self._steps = 0.0, 0

    @property
    def steps(self) -> int:
        """Steps for the next execution, from 1."""
        if self._step_s is None:
            return 1
        return int(min(self._most, max(1.0, TARGET_S / self._step_s)))

    @property
    def mean_s(self) -> float | None:
        """Seconds of a step on average, compilation left out; None before it is known."""
        return self._spent_s / self._steps if self._steps else None

    @contextmanager
    def measure(self, steps: int) -> Iterator[None]:
        """Time an execution of so many steps; the first, which compiles, teaches nothing."""
        begun = time.perf_counter()
        yield
        if self._is_warm:
            taken = time.perf_counter() - begun
            self._spent_s, self._steps = self._spent_s + taken, self._steps + steps
            self.learn(taken / max(1, steps))
        self._is_warm = True

    def learn(self, step_s: float) -> None:
        """Take in a measured step: slower ones count at once, faster ones little by little (at most fourfold)."""
        known = self._step_s
        self._step_s = step_s if known is None else max(step_s, known / 4)
