"""Which epochs are kept for forks, when not all fit? Those asked for, the best, and others ever further apart."""

from collections.abc import Mapping
from typing import Literal

Reason = Literal["asked", "best", "spaced"]

GROWTH = 1.4
"""1, 2, 3, 5, 7, 10, 14 … : the beginning, where most happens, densely; a long run with few."""
MOST = 12
BUDGET_BYTES = 500_000_000


def next_spaced(epoch: int) -> int:
    """The next epoch to keep after `epoch` was."""
    return max(epoch + 1, round(epoch * GROWTH))


def superfluous(kept: Mapping[int, Reason], size_bytes: int) -> list[int]:
    """Which of the kept epochs must go, so that at most `MOST` in `BUDGET_BYTES` stay.

    Args:
        kept: Why each epoch is kept. What was asked for never goes, nor do the last and the newest best.
        size_bytes: Of one of them.
    """
    room = min(MOST, max(2, BUDGET_BYTES // max(1, size_bytes)))
    left, gone = dict(kept), []
    best = max((epoch for epoch, reason in kept.items() if reason == "best"), default=None)
    while len(left) > room:
        free = [epoch for epoch, why in left.items() if why != "asked" and epoch not in (best, max(left))]
        if not free:
            break
        dropped = min(free, key=lambda epoch: _gap(epoch, left))
        gone.append(dropped)
        del left[dropped]
    return gone


def _gap(epoch: int, kept: Mapping[int, Reason]) -> float:
    """How much wider the steps become without this epoch: the next one over the one before."""
    before = max((other for other in kept if other < epoch), default=0)
    after = min(other for other in kept if other > epoch)
    return (after + 1) / (before + 1)
