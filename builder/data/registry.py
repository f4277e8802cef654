"""Which data sets are there, and where are their rows?

One file in `sets/` is one data set. Cards are constants: listing them reads and imports nothing heavy.
"""

from functools import cache

from builder.data import sets
from builder.data.dataset import Bundled, Card, DataSet
from builder.data.nearest import did_you_mean
from builder.discovery import constants
from builder.errors import NotFound

ORDER = ("digits", "iris", "wine", "breast_cancer", "diabetes", "gauss", "circle", "xor", "spiral", "plane")
"""Shown in this order; sets that are not named here follow by name."""


@cache
def _bundled() -> dict[str, Bundled]:
    found = constants(sets, Bundled)
    return {name: found[name] for name in (*ORDER, *sorted(set(found) - set(ORDER))) if name in found}


def names() -> tuple[str, ...]:
    """Names of all data sets, in the order in which they are shown."""
    return tuple(_bundled())


def cards() -> tuple[Card, ...]:
    """The facts about all data sets, without reading any."""
    return tuple(bundled.card for bundled in _bundled().values())


def card(name: str) -> Card:
    """The facts about one data set, without reading it.

    Raises:
        NotFound: There is no such data set; the nearest name is told.
    """
    return _found(name).card


@cache
def load(name: str) -> DataSet:
    """The data set of this name, read once and then shared.

    Raises:
        NotFound: There is no such data set; the nearest name is told.
    """
    return _found(name).load()


def _found(name: str) -> Bundled:
    known = _bundled()
    if name not in known:
        raise NotFound(f"There is no data set {name[:80]}.", did_you_mean(name[:80], known))
    return known[name]
