"""Does a run come near its limits of time and disk? That is told at 80 %; at 100 % it is stopped and keeps all."""

import time
from collections.abc import Iterable
from contextlib import suppress

from builder.errors import NotFound
from builder.runs.records import Event, EventKind, RunState
from builder.runs.store import Store
from builder.train import launch, limits
from builder.train.wards import Ward

DISK_S = 10.0
"""Files are counted so often: a walk through a thousand of them takes 10 ms."""


class LimitWatch:
    """Looks at the runs at work, one look after the other."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._disk_at = 0.0

    def look(self, store: Store, wards: Iterable[Ward]) -> None:
        """See how far each run that trains is, and tell or stop those that come to a limit."""
        now, held = time.monotonic(), limits.limits()
        passed, self._last = now - self._last, now
        training = [ward for ward in wards if ward.run.state is RunState.RUNNING]
        for ward in training:
            ward.worked_s += passed
            if held.wall_s is not None:
                self._see(
                    store, ward, "time", ward.worked_s / held.wall_s, *_time_words(ward.worked_s, held.wall_s)
                )
        if held.disk_mb is not None and training and now - self._disk_at > DISK_S:
            self._disk_at = now
            self._look_at_disk(store, training, held.disk_mb)

    def _look_at_disk(self, store: Store, training: list[Ward], most_mb: float) -> None:
        used = {owner: limits.disk_mb(store, owner) for owner in {ward.run.owner for ward in training}}
        for ward in training:
            taken = used[ward.run.owner]
            self._see(store, ward, "disk", taken / most_mb, *_disk_words(taken, most_mb))

    def _see(self, store: Store, ward: Ward, what: str, share: float, warning: str, end: str) -> None:
        with suppress(NotFound):  # deleted meanwhile
            if share >= 1:
                _note(store, ward, f"{what}, reached", end)
                launch.stop(store, ward.run.id)
            elif share >= limits.WARN_AT:
                _note(store, ward, what, warning)


def _note(store: Store, ward: Ward, what: str, words: str) -> None:
    """Once for each run and limit; what a supervisor before this one has told counts too."""
    if what in ward.told:
        return
    ward.told.add(what)
    kind = words.split(":")[0]
    before = store.events(ward.run.id, kinds=[EventKind.NOTE])
    if not any(event.text.startswith(kind) for event in before):
        store.append(ward.run.id, [Event(kind=EventKind.NOTE, text=words)])


def _time_words(worked_s: float, most_s: float) -> tuple[str, str]:
    most = duration(most_s)
    return (
        f"Near the time limit: this run has trained for {duration(worked_s)} of {most}, then it is stopped and"
        " keeps what it learned.",
        f"Stopped at the time limit: a run may train for {most} here. What it learned is kept.",
    )


def _disk_words(used_mb: float, most_mb: float) -> tuple[str, str]:
    return (
        f"Near the disk limit: your runs take {used_mb:.0f} of {most_mb:.0f} MB, then they are stopped. Delete runs"
        " that you no longer need.",
        f"Stopped at the disk limit: your runs take {used_mb:.0f} MB, and {most_mb:.0f} are allowed here. What this"
        " one learned is kept; delete runs that you no longer need.",
    )


def duration(seconds: float) -> str:
    """As people read it: 8 s, 2 min, 2 min 10 s."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min" + (f" {rest} s" if rest else "")
