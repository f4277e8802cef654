"""What happened to a run beside its numbers, and where on its curves does that stand?"""

from builder.runs.records import Event, EventKind

Mark = tuple[float, EventKind, str]
"""Fractional epoch, what happened, and its words."""

KINDS = (EventKind.CHANGE, EventKind.PAUSED, EventKind.RESUMED, EventKind.KEPT, EventKind.NOTE)
TEXT_LENGTH = 160
"""Longer words are cut: a mark is a hint, not a report."""
BYTES = 3000
"""Room for the marks of one answer; where they are more, kept epochs go first and then the oldest."""


def marks(events: list[Event], steps: int) -> list[Mark]:
    """The events as marks, as many as fit into an answer, in order; `steps` make up an epoch."""
    found = [_mark(event, steps) for event in events if event.epoch is not None]
    by_weight = sorted(range(len(found)), key=lambda i: (found[i][1] is EventKind.KEPT, -i))
    room, chosen = BYTES, []
    for index in by_weight:
        room -= 30 + len(found[index][2].encode())
        if room < 0:
            break
        chosen.append(index)
    return [found[index] for index in sorted(chosen)]


def _mark(event: Event, steps: int) -> Mark:
    done = event.epoch or 0
    is_within = event.kind is not EventKind.KEPT and event.step is not None
    at = max(0, done - 1) + (event.step or 0) / steps if is_within else float(done)
    return (round(at, 4), event.kind, event.text[:TEXT_LENGTH])
