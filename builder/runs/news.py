"""What happened in a run between two answers? Read in one go where it is little, as it nearly always is."""

from builder.runs.event_rows import BatchPoint
from builder.runs.marks import KINDS
from builder.runs.records import Event, EventKind
from builder.runs.store import Store
from builder.runs.thinning import telling

LITTLE = 400
"""Up to so many events are read at once and sorted out here: half the time of a question for each kind."""


class News:
    """Events of a run with `after` < seq <= `upto`; 0 is the beginning."""

    def __init__(self, store: Store, run_id: str, after: int, upto: int) -> None:
        self._store, self._run_id, self._after, self._upto = store, run_id, after, upto
        is_little = after > 0 and upto - after <= LITTLE
        self._all = store.events(run_id, after, LITTLE, upto=upto) if is_little else None

    @property
    def span_s(self) -> float | None:
        """Seconds from the last event before to the newest; None where nothing was before."""
        last = self._store.last_event(self._run_id, upto=self._after) if self._after else None
        newest = self._all[-1] if self._all else self._store.last_event(self._run_id, upto=self._upto)
        return None if last is None or newest is None else newest.at - last.at

    def epochs(self, most: int, best: int | None) -> list[Event]:
        """The epochs, about `most` of them."""
        if self._all is None:
            return self._store.epoch_events(self._run_id, self._after, self._upto, most, best)
        found = self._of(EventKind.EPOCH)
        if len(found) <= most:
            return found
        told = [
            (event.seq, event.epoch or 0, event.values.get("val_loss", event.values.get("loss", 0.0)))
            for event in found
        ]
        chosen = set(telling(told, most, best))
        return [event for event in found if event.seq in chosen]

    def losses(self) -> list[BatchPoint]:
        """Losses of all batches that were told."""
        if self._all is None:
            return self._store.batch_points(self._run_id, self._after, self._upto)
        batches = self._of(EventKind.BATCH)
        return [
            (one.epoch or 0, one.step or 0, one.values["loss"]) for one in batches if "loss" in one.values
        ]

    def happened(self) -> list[Event]:
        """Everything that is a mark on the curve."""
        if self._all is None:
            return self._store.events(self._run_id, self._after, kinds=KINDS, upto=self._upto)
        return self._of(*KINDS)

    def newest(self, kind: EventKind) -> Event | None:
        """The newest event of this kind up to `upto`, also from before."""
        found = self._of(kind) if self._all else []
        return found[-1] if found else self._store.last_event(self._run_id, kind, self._upto)

    def _of(self, *kinds: EventKind) -> list[Event]:
        return [event for event in self._all or () if event.kind in kinds]
