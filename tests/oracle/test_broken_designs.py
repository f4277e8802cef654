"""A share of `benchmarks/broken_designs.py`: random broken networks, each told where it is broken and mended."""

import sys
from pathlib import Path

import pytest

from builder.translate.outcomes import Cache

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from breaking import WAYS
from broken_designs import Tally, measure

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure(2 * len(WAYS), Cache())


def test_no_broken_network_makes_the_check_or_the_repairs_fail(tally: Tally) -> None:
    assert tally.crashed == []


def test_every_broken_network_is_told_at_the_broken_node_or_the_first_that_cannot_take_it(
    tally: Tally,
) -> None:
    assert (tally.silent, tally.misplaced) == ([], [])


def test_every_repair_that_is_offered_on_them_leaves_fewer_errors(tally: Tally) -> None:
    assert tally.repairs > len(WAYS)
    assert tally.unhelpful == []


def test_nearly_every_fault_has_a_repair(tally: Tally) -> None:
    assert tally.repaired >= 0.9 * tally.faults
