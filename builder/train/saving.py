"""When is everything written that a run needs to go on, or to fork, without slowing it?"""

from builder.errors import Unreadable
from builder.runs import artifacts
from builder.runs.records import Event, EventKind
from builder.train import checkpoints, spacing
from builder.train.checkpoints import Checkpoint
from builder.train.course import Course
from builder.train.observing.observer import Share
from builder.train.pulse import Pulse
from builder.train.spacing import Reason

COST_SHARE = 0.01
"""Checkpoints may take this share of the time, kept epochs the same again."""
EVERY_S = 10.0
KEPT_EVERY_S = 1.0
COPIED_BYTES = 64_000_000
"""A best epoch up to this size is copied at once and written later; larger ones only if it is time."""


class Saver:
    """Writes `checkpoint.npz` and `kept/<epoch>.npz` of a run."""

    def __init__(self, course: Course, pulse: Pulse) -> None:
        self._course, self._pulse = course, pulse
        self._folder = artifacts.folder(course.run_id)
        self._share, self._kept_share = Share(COST_SHARE, EVERY_S), Share(COST_SHARE, KEPT_EVERY_S)
        self._copying = Share(COST_SHARE, 0.0)
        self._kept = _reasons(course.run_id)
        self._best: Checkpoint | None = None

    def offer(self) -> None:
        """Write a checkpoint if it is time."""
        if self._share.is_due:
            self.save()

    def save(self) -> bool:
        """Write a checkpoint now; False when there is nothing sound to go on from: broken weights are never written.

        Raises:
            OSError: The disk is full; the older checkpoint stays.
        """
        with self._share.spent():
            checkpoint = self._course.checkpoint()
            if checkpoint is not None:
                path, older = self._folder / artifacts.CHECKPOINT, self._folder / artifacts.OLDER
                checkpoints.write(path, checkpoint, older)
        return checkpoint is not None

    def end_epoch(self, is_best: bool) -> None:
        """Keep the completed epoch if somebody asked for it, or if it is the best or far from the last kept one."""
        epoch = self._course.epoch
        if self._course.keeps_next:
            self._course.keeps_next = False
            self.keep("asked")
        elif is_best and self._copying.is_due:
            self._note_best()
        spaced = max((each for each in self._kept if each <= epoch), default=0)
        if epoch >= spacing.next_spaced(spaced) and self._kept_share.is_due:
            with self._kept_share.spent():
                self.keep("spaced")
                self._flush_best()

    def keep(self, reason: Reason) -> None:
        """Keep the epoch that was just completed."""
        checkpoint = self._course.checkpoint()
        if checkpoint is None:
            return
        self._write(checkpoint, reason)
        if reason == "asked":
            epoch = self._course.epoch
            self._pulse.tell(Event(kind=EventKind.KEPT, epoch=epoch, text=f"Epoch {epoch} is kept."))

    def finish(self) -> None:
        """Write everything at the end, at a stop or before the process makes room."""
        if self.save() and self._course.completed is not None:
            if self._course.epoch not in self._kept:
                self.keep("spaced")
            self._flush_best()

    def _note_best(self) -> None:
        with self._copying.spent():
            best = self._course.checkpoint()
        self._best = best if best is not None and best.state.size_bytes <= COPIED_BYTES else None
        if best is not None and self._best is None and self._kept_share.is_due:
            with self._kept_share.spent():
                self._write(best, "best")

    def _flush_best(self) -> None:
        """Write the copy of the best epoch, unless that epoch is kept already."""
        best, self._best = self._best, None
        if best is not None and self._kept.get(best.facts.epoch, "spaced") == "spaced":
            self._write(best, "best")

    def _write(self, checkpoint: Checkpoint, reason: Reason) -> None:
        epoch = checkpoint.facts.epoch
        path = artifacts.kept_file(self._course.run_id, epoch)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        marked = checkpoint.facts.model_copy(update={"reason": reason})
        checkpoints.write(path, Checkpoint(marked, checkpoint.state, checkpoint.best))
        self._kept[epoch] = reason
        for gone in spacing.superfluous(self._kept, path.stat().st_size):
            artifacts.kept_file(self._course.run_id, gone).unlink(missing_ok=True)
            del self._kept[gone]


def _reasons(run_id: str) -> dict[int, Reason]:
    """Why each epoch was kept so far; what cannot be read is no longer kept."""
    found: dict[int, Reason] = {}
    for epoch in artifacts.kept_epochs(run_id):
        path = artifacts.kept_file(run_id, epoch)
        try:
            found[epoch] = checkpoints.facts(path).reason
        except Unreadable:
            path.unlink(missing_ok=True)
    return found
