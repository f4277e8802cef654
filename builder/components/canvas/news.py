"""Which annotations are new to this browser? It names the set that it has; only what differs from that is sent.

Safe against lost messages: a set that is not known here (any more), or none, is answered with all there is.
"""

import itertools
import secrets
from dataclasses import dataclass

from builder.components.canvas.annotations import Painted

SETS_KEPT = 4
"""The browser answers one set late at most; the others are for resent messages."""


@dataclass(frozen=True, slots=True)
class News:
    """What the canvas is told about its nodes."""

    known: str
    """The name of the set that the canvas has once it has taken this."""
    annotations: dict[str, Painted]
    since: str | None = None
    """The set that `annotations` and `gone` change; None: `annotations` is the whole set."""
    gone: tuple[str, ...] = ()
    """Nodes of the older set that the newer one lacks."""


class Newsroom:
    """The annotation sets sent last, by name. Names are never given twice, not even by another desk."""

    def __init__(self) -> None:
        self._desk = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._sets: dict[str, dict[str, Painted]] = {}

    def news(self, now: dict[str, Painted], has: str | None) -> News:
        """What makes the set that the browser `has` into `now`."""
        name = self._name(now)
        before = self._sets.get(has) if has is not None else None
        if before is None:
            return News(name, now)
        new = {path: painted for path, painted in now.items() if before.get(path) != painted}
        return News(name, new, since=has, gone=tuple(before.keys() - now.keys()))

    def _name(self, now: dict[str, Painted]) -> str:
        last = next(reversed(self._sets), None)
        if last is not None and self._sets[last] == now:
            return last
        name = f"{self._desk}.{next(self._numbers)}"
        self._sets[name] = now
        while len(self._sets) > SETS_KEPT:
            del self._sets[next(iter(self._sets))]
        return name
