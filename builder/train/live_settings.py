"""What does a run train with right now, what from the next epoch on, and what was changed at which step?"""

from pydantic import JsonValue

from builder.project.document import Project
from builder.train import journal
from builder.train.journal import Entry
from builder.train.live_change import Live, changes, folded, words
from builder.train.session import Session


class LiveSettings:
    """The changes of one run: those that count, those that wait for the next epoch, and those that come again."""

    def __init__(self, run_id: str, session: Session) -> None:
        self._run_id, self._session = run_id, session
        self.project: Project = session.project
        """With everything that was changed."""
        self.live: Live = {}
        self.pending: list[str] = []
        """Settings that count from the next epoch on."""
        self._entries = journal.read(run_id)
        self.made = 0
        """How many entries of the journal are made; those behind come again, each at its step."""

    def go_on_from(self, live: Live, pending: list[str], made: int) -> None:
        """Be as a checkpoint says, before its state is put back: a layer may have to get its seeds first."""
        self.live, self.pending, self.made = dict(live), list(pending), min(made, len(self._entries))
        self.project = folded(self._session.project, live)
        self._follow([setting for setting in live if setting not in pending])

    def next_step(self, epoch: int) -> int | None:
        """The step of the epoch behind completed `epoch` at which a change comes again."""
        following = self._entries[self.made : self.made + 1]
        return following[0].step if following and following[0].epoch == epoch else None

    def come_again(self, epoch: int, step: int) -> list[tuple[Entry, str]]:
        """Make the changes that were made here before, with their words."""
        told = []
        while self.made < len(self._entries):
            entry = self._entries[self.made]
            if (entry.epoch, entry.step) > (epoch, step):
                break
            self.made += 1
            told.append((entry, self._make(entry)))
        return told

    def change(self, entry: Entry) -> str:
        """Make a change that was judged; says in words what it changes.

        Raises:
            OSError: The disk is full; nothing was changed.
        """
        entries = [*self._entries[: self.made], entry, *self._entries[self.made :]]
        journal.write(self._run_id, entries)
        self._entries, self.made = entries, self.made + 1
        return self._make(entry)

    def note_rate(self, rate: float) -> None:
        """The learning rate was lowered by a rule."""
        self._fold("learning_rate", None, rate)

    def begin_epoch(self) -> bool:
        """Let what waited for the next epoch count; whether there was anything."""
        waited, self.pending = self.pending, []
        self._follow(waited)
        return bool(waited)

    def _make(self, entry: Entry) -> str:
        before = self.project
        self._fold(entry.setting, entry.node, entry.value)
        if changes()[entry.setting].is_instant:
            self._follow([entry.setting])
        elif entry.setting not in self.pending:
            self.pending.append(entry.setting)
        return words(entry.setting, before, self.project, entry.node)

    def _fold(self, setting: str, node: str | None, value: JsonValue) -> None:
        change = changes()[setting]
        self.project = change.fold(self.project, node, value)
        self.live[setting] = change.told(self.project)

    def _follow(self, settings: list[str]) -> None:
        for setting in settings:
            changes()[setting].follow(self._session, self.project)
        if any(changes()[setting].is_compiled for setting in settings):
            self._session.passes.renew()
