"""What happens when the canvas sends a drawing? It is stored, checked and answered.

A desk serves one browser session and one project at a time. Nothing here knows Streamlit.
"""

import json
from collections.abc import Callable

from pydantic import JsonValue, ValidationError

from builder.components.canvas.annotations import totals, whole_network
from builder.components.canvas.meaning import Checker, Meaning
from builder.components.canvas.news import Newsroom
from builder.components.canvas.offers import Offers
from builder.components.canvas.wire import VERSION, Change, ClashingVersion, Mark, Notice, Poll
from builder.design.document import Design
from builder.design.read import design_from, refuse_too_many
from builder.errors import BuilderError
from builder.project.document import Project
from builder.project.follow import with_design
from builder.runs.project_rows import StaleProject
from builder.runs.records import ProjectRecord
from builder.runs.store import Store

Payload = dict[str, JsonValue]
ProjectChange = Callable[[Project], Project]


class Desk:
    """One person's drawing table: the stored project, the edit confirmed last, and what the drawing means."""

    def __init__(
        self,
        store: Store,
        engine: Callable[[], Checker],
        record: ProjectRecord,
        jobs: Callable[[], Checker] | None = None,
    ) -> None:
        """`jobs` answers what may take longer (repairs), so that no check waits for it."""
        self._store, self._engine, self._jobs = store, engine, jobs or engine
        self._newsroom = Newsroom()
        self._has: str | None = None
        self.open(record)

    def open(self, record: ProjectRecord) -> None:
        """Lay another project (or a newer version of this one) on the desk."""
        self.saved = record
        self.rev = 0
        self.ack: Mark | None = None
        self.notice: Notice | None = None
        self.waits = False
        """Something else than a check is being waited for: the canvas asks again."""
        self.clash: StaleProject | None = None
        self._clash_base: int | None = None
        self._own_revs = {record.rev}
        self.meaning = Meaning(self._engine, record.owner)
        self.offers = Offers(self._jobs, record.owner)
        self._label: str | None = None
        self._change: ProjectChange | None = None
        self.show_design()
        self.meaning.ask(self.saved.project, None)

    @property
    def design(self) -> Design:
        """The drawing as stored."""
        return self.saved.project.design

    def show_design(self) -> None:
        """Send the design along: the canvas is mounted anew, or the server changed it."""
        self._design_due = True
        self._has = None

    def refresh(self, record: ProjectRecord) -> None:
        """The page was opened: take over what other pages stored meanwhile."""
        if record.id != self.saved.id or record.rev != self.saved.rev:
            self.open(record)
        self.show_design()

    def receive(self, raw: JsonValue) -> None:
        """Take a snapshot from the canvas: store it, have it checked, confirm it.

        A snapshot that cannot be read changes nothing and is told in one line.
        """
        try:
            change = _read_change(raw)
            if change.project != self.saved.id:
                return
            self._take(change)
        except ValidationError:
            self.notice = Notice(
                severity="fault", text="The drawing could not be sent. Reload the page to go on."
            )
        except BuilderError as error:
            self.notice = Notice(severity="fault", text=str(error))
            self.ack = change.mark

    def poll(self, raw: JsonValue) -> None:
        """The canvas waits for an answer; it says which annotations it has."""
        try:
            self._has = Poll.model_validate(raw).known
        except ValidationError:
            self._has = None

    def _take(self, change: Change) -> None:
        self._has = change.known
        if change.design is None:
            self.ack = change.mark
            self.show_design()
            return
        refuse_too_many(change.design)
        design = design_from(change.design)
        # A canvas that was begun on a version of this desk follows it; only strangers' versions can clash.
        base = self.saved.rev if change.base in self._own_revs else change.base
        project = with_design(self.saved.project, design)
        authored = self._change if change.rev < self.rev else None
        if authored is None:
            self.meaning.ask(project, change.mark)  # before storing: the engine works while the disk does
        self._save(project, base)
        self.ack, self.notice = change.mark, None
        self._design_due = False
        if authored is not None:
            self._author(authored)
            self.meaning.ask(self.saved.project, change.mark)

    def _save(self, project: Project, base: int | None) -> None:
        """Store the project; while a clash is unsettled, only as one more of its versions."""
        base = self._clash_base if self.clash else base
        try:
            self.saved = self._store.save_project(self.saved.owner, project, self.saved.id, base)
            self.clash = None
            self._own_revs.add(self.saved.rev)
        except StaleProject as clash:
            if self.clash and self.clash.version_id != clash.version_id:
                self._store.drop_version(
                    self.clash.version_id, self.saved.owner
                )  # the newer one holds it all
            self.clash, self._clash_base = clash, base
            self.saved = clash.current.model_copy(update={"project": project})

    def author(self, change: ProjectChange, label: str) -> None:
        """Change the project from the server's side; the canvas takes it as one undo step.

        The change is kept as a function: if the person drew meanwhile, it is applied to that drawing instead.
        """
        self.rev += 1
        self._label, self._change = label, change
        self._author(change)
        self.meaning.ask(self.saved.project, self.ack)

    def _author(self, change: ProjectChange) -> None:
        try:
            self._save(change(self.saved.project), self.saved.rev)
        except BuilderError as error:
            self.notice = Notice(severity="warning", text=str(error))
        self.show_design()

    def resolve(self, keep_mine: bool) -> None:
        """Settle a clash with another tab; the drawing that is not chosen stays among the project's versions."""
        if self.clash is None:
            return
        mine, current, owner = self.saved.project, self.clash.current, self.saved.owner
        other = self.saved = self._store.project(current.id, current.owner)
        late, self.clash = self.clash.version_id, None
        if keep_mine:
            self._store.keep_version(other.id, owner, other.project, other.rev)
            self._save(mine, other.rev)
            self._store.drop_version(late, owner)
        else:
            self.author(lambda _: other.project, "take the other drawing")
        text = "The other drawing is kept: Open, Kept versions."
        self.notice = Notice(severity="info", text=text)

    def take_version(self, version_id: int) -> None:
        """Bring back a second version as one step that can be undone; what it replaces becomes a version itself."""
        kept = self._store.version(version_id, self.saved.id, self.saved.owner)
        if self.clash is None:
            self._store.keep_version(self.saved.id, self.saved.owner, self.saved.project, self.saved.rev)
        self.author(lambda _: kept.project, "take the kept version")
        if self.clash is None:
            self._store.drop_version(version_id, self.saved.owner)

    def payload(self, around: Callable[[], Payload] = dict) -> Payload:
        """What the canvas is told: confirmation, meaning, and the design when it must take it.

        Args:
            around: What stands around the drawing; asked for once the meaning is as new as it gets.
        """
        self.meaning.wait()
        report = self.meaning.report
        self._ask_for_repairs()
        news = self._newsroom.news(self.meaning.painted, self._has)
        self._has = None  # named for one answer; without a name the next one is told everything
        told: Payload = {
            "v": VERSION,
            "project": self.saved.id,
            "name": self.saved.project.name,
            "base": self.saved.rev,
            "rev": self.rev,
            "ack": _mark(self.ack),
            "annotated": _mark(self.meaning.mark),
            "status": self._status(),
            "known": news.known,
            "since": news.since,
            "annotations": dict(news.annotations),
            "gone": list(news.gone),
            "totals": totals(report, self.saved.project) if report else None,
            "issues": list(whole_network(report)) if report else [],
            "elapsed_ms": self.meaning.elapsed_ms,
            "repairs": self.offers.by_node(),
            "repairs_pending": self.offers.pending,
            "repairs_cut": self.offers.cut,
            "notice": self._notice(),
            "conflict": self._conflict(),
        }
        if self._design_due:
            told |= {
                "design": self.design.model_dump(mode="json"),
                "on_seq": self.ack.seq if self.ack else None,
            }
            told["label"] = self._label
        return told | around()

    def _ask_for_repairs(self) -> None:
        """Once the drawing is checked; what was offered for an older one is taken back at once."""
        if self.meaning.pending:
            self.offers.forget()
            return
        self.offers.ask(self.saved.project, self.meaning.report)
        self.offers.take()

    def _status(self) -> str:
        if self.meaning.pending or self.waits:
            return "checking"
        return "engine_down" if self.meaning.failure else "checked"

    def _notice(self) -> JsonValue:
        if self.notice is None and self.meaning.failure:
            return Notice(severity="warning", text=self.meaning.failure).model_dump(mode="json")
        return self.notice.model_dump(mode="json") if self.notice else None

    def _conflict(self) -> JsonValue:
        if self.clash is None:
            return None
        current = self.clash.current
        return ClashingVersion(rev=current.rev, updated_at=current.updated_at).model_dump(mode="json")


def _read_change(raw: JsonValue) -> Change:
    """The design in it is read by `design_from`; to validate it as JSON here as well would be done twice."""
    if not isinstance(raw, dict):
        return Change.model_validate(raw)
    envelope = Change.model_validate_json(json.dumps({**raw, "design": None}))
    return envelope.model_copy(update={"design": raw.get("design")})


def _mark(mark: Mark | None) -> JsonValue:
    return mark.model_dump(mode="json") if mark else None
