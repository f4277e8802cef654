"""The desk: whatever the canvas sends is stored, checked and confirmed, and nothing of a drawing is ever lost."""

from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path

import pytest

from builder.components.canvas.desk import Desk
from builder.components.canvas.meaning import same_network
from builder.design.document import Design, Edge, Node
from builder.errors import EngineFailed, NotFound
from builder.project.document import Project
from builder.runs.records import ProjectRecord
from builder.runs.store import Store

EMPTY_ANSWER = {"ok": True, "nodes": {}, "totals": {"params": 7}, "issues": []}


class FakeEngine:
    """Answers when the test says so; counts what was asked."""

    def __init__(self, answers: bool = True) -> None:
        self.answers, self.state = answers, "ready"
        self.asked: list[dict] = []
        self.futures: list[Future] = []

    def __call__(self) -> "FakeEngine":
        return self

    def submit(self, owner: str, request: dict) -> Future:
        self.asked.append(request)
        self.futures.append(Future())
        if self.answers:
            self.futures[-1].set_result(EMPTY_ANSWER)
        return self.futures[-1]


def chain(*names: str, name: str = "net") -> Design:
    nodes = tuple(Node(id=n, type="InputLayer" if i == 0 else "Dense") for i, n in enumerate(names))
    edges = tuple(Edge(source=a, target=b) for a, b in pairwise(names))
    return Design(name=name, nodes=nodes, edges=edges)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "layerloom.db")


@pytest.fixture
def record(store: Store) -> ProjectRecord:
    return store.save_project("ada", Project(name="net", design=chain("in", "out")))


def change(record: ProjectRecord, design: Design | None, seq: int = 1, **more: object) -> dict:
    sent = {
        "v": 1,
        "kind": "edit",
        "project": record.id,
        "base": record.rev,
        "client": "tab-1",
        "seq": seq,
        "rev": 0,
    }
    return (
        sent | {"design": None if design is None else design.model_dump(mode="json"), "selection": []} | more
    )


def test_a_fresh_desk_sends_the_stored_drawing_and_its_meaning(store: Store, record: ProjectRecord) -> None:
    told = Desk(store, FakeEngine(), record).payload()
    assert Design.model_validate(told["design"]) == record.project.design
    assert told["status"] == "checked"
    assert told["totals"]["params"] == 7


def test_an_edit_is_stored_confirmed_and_checked(store: Store, record: ProjectRecord) -> None:
    engine = FakeEngine()
    desk = Desk(store, engine, record)
    desk.payload()
    desk.receive(change(record, chain("in", "mid", "out")))
    told = desk.payload()
    assert told["ack"] == told["annotated"] == {"client": "tab-1", "seq": 1}
    assert store.project(record.id).project.design == chain("in", "mid", "out")
    assert "design" not in told, "the browser owns the drawing: it is not sent back"
    assert len(engine.asked) == 2


def test_moving_a_node_is_stored_without_another_check(store: Store, record: ProjectRecord) -> None:
    engine = FakeEngine()
    desk = Desk(store, engine, record)
    desk.payload()
    moved = record.project.design.model_copy(
        update={
            "nodes": tuple(n.model_copy(update={"position": (5.0, 6.0)}) for n in record.project.design.nodes)
        }
    )
    desk.receive(change(record, moved, kind="layout"))
    assert desk.payload()["annotated"] == {"client": "tab-1", "seq": 1}
    assert len(engine.asked) == 1
    assert store.project(record.id).project.design.nodes[0].position == (5.0, 6.0)


def test_while_the_engine_is_cold_the_page_says_checking_and_does_not_wait(
    store: Store, record: ProjectRecord
) -> None:
    engine = FakeEngine(answers=False)
    engine.state = "starting"
    desk = Desk(store, engine, record)
    assert desk.payload()["status"] == "checking"
    engine.futures[-1].set_result(EMPTY_ANSWER)
    assert desk.payload()["status"] == "checked"


def test_a_late_answer_is_never_taken_for_a_newer_drawing(store: Store, record: ProjectRecord) -> None:
    engine = FakeEngine(answers=False)
    engine.state = "starting"
    desk = Desk(store, engine, record)
    desk.receive(change(record, chain("in", "a", "out"), seq=1))
    late = engine.futures[-1]
    desk.receive(change(record, chain("in", "a", "b", "out"), seq=2))
    if not late.cancelled():
        late.set_result(EMPTY_ANSWER)
    told = desk.payload()
    assert told["ack"]["seq"] == 2
    assert told["annotated"] is None
    assert told["status"] == "checking"


def test_a_failing_engine_becomes_a_line_on_the_canvas_and_the_drawing_stays(
    store: Store, record: ProjectRecord
) -> None:
    engine = FakeEngine(answers=False)
    desk = Desk(store, engine, record)
    engine.futures[-1].set_exception(EngineFailed("The check took too long."))
    told = desk.payload()
    assert told["status"] == "engine_down"
    assert "too long" in told["notice"]["text"]
    assert "design" in told
    engine.answers = True
    desk.receive(change(record, record.project.design))
    assert desk.payload()["status"] == "checked", "the next edit asks again"


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        3,
        "x",
        [],
        {},
        {"v": 2},
        {"v": 1, "kind": "edit"},
        {"v": 1, "kind": "boom", "project": "p", "client": "c", "seq": 1, "rev": 0},
    ],
)
def test_nonsense_from_a_browser_changes_nothing_and_is_told_in_one_line(
    store: Store, record: ProjectRecord, nonsense: object
) -> None:
    desk = Desk(store, FakeEngine(), record)
    desk.receive(nonsense)
    assert store.project(record.id).project == record.project
    assert desk.payload()["notice"]["severity"] == "fault"


def test_an_unreadable_design_keeps_the_stored_one(store: Store, record: ProjectRecord) -> None:
    desk = Desk(store, FakeEngine(), record)
    desk.receive(
        change(record, None) | {"design": {"format": "layerloom/1", "name": "n", "nodes": [{"id": "a"}]}}
    )
    assert store.project(record.id).project == record.project
    told = desk.payload()
    assert "type" in told["notice"]["text"]
    assert told["ack"] == {"client": "tab-1", "seq": 1}, "else the browser would send it for ever"


def test_a_change_for_another_project_is_ignored(store: Store, record: ProjectRecord) -> None:
    other = store.save_project("ada", Project(name="other"))
    desk = Desk(store, FakeEngine(), record)
    desk.receive(change(other, chain("x", "y")))
    assert store.project(record.id).project == record.project
    assert store.project(other.id).project == other.project


def test_two_tabs_that_draw_on_one_version_keep_both_and_the_person_chooses(
    store: Store, record: ProjectRecord
) -> None:
    first, second = Desk(store, FakeEngine(), record), Desk(store, FakeEngine(), record)
    first.receive(change(record, chain("in", "first", "out"), client="tab-1"))
    second.receive(change(record, chain("in", "second", "out"), client="tab-2"))
    assert second.payload()["conflict"] is not None
    assert store.project(record.id).project.design == chain("in", "first", "out"), "nothing is overwritten"
    second.receive(change(record, chain("in", "second", "more", "out"), seq=2, client="tab-2"))
    assert store.project(record.id).project.design == chain("in", "first", "out"), "nor by the next edit"
    second.resolve(keep_mine=True)
    assert second.payload()["conflict"] is None
    assert store.project(record.id).project.design == chain("in", "second", "more", "out")


def test_taking_the_other_drawing_sends_it_as_one_undoable_step(store: Store, record: ProjectRecord) -> None:
    first, second = Desk(store, FakeEngine(), record), Desk(store, FakeEngine(), record)
    first.receive(change(record, chain("in", "first", "out"), client="tab-1"))
    second.receive(change(record, chain("in", "second", "out"), client="tab-2"))
    second.resolve(keep_mine=False)
    told = second.payload()
    assert Design.model_validate(told["design"]) == chain("in", "first", "out")
    assert told["rev"] == 1
    assert told["on_seq"] == 1
    assert told["conflict"] is None


def test_one_tab_may_send_many_edits_before_it_hears_of_the_first(
    store: Store, record: ProjectRecord
) -> None:
    desk = Desk(store, FakeEngine(), record)
    for seq, names in enumerate((("in", "a"), ("in", "a", "b"), ("in", "a", "b", "c")), start=1):
        desk.receive(change(record, chain(*names), seq=seq))
    assert desk.payload()["conflict"] is None
    assert store.project(record.id).project.design == chain("in", "a", "b", "c")


def test_a_reload_replays_what_was_never_confirmed(store: Store, record: ProjectRecord) -> None:
    desk = Desk(store, FakeEngine(), store.project(record.id))
    desk.receive(change(record, chain("in", "unsent", "out"), seq=9, kind="hello", client="tab-9"))
    assert desk.payload()["conflict"] is None
    assert store.project(record.id).project.design == chain("in", "unsent", "out")


def test_a_replay_on_an_old_version_asks_instead_of_overwriting(store: Store, record: ProjectRecord) -> None:
    newer = store.save_project("ada", Project(name="net", design=chain("in", "newer")), record.id, record.rev)
    desk = Desk(store, FakeEngine(), newer)
    desk.receive(change(record, chain("in", "unsent", "out"), kind="hello", client="tab-9"))
    assert desk.payload()["conflict"] is not None
    assert store.project(record.id).project.design == chain("in", "newer")


def test_a_change_by_the_server_is_applied_to_what_the_person_drew_meanwhile(
    store: Store, record: ProjectRecord
) -> None:
    desk = Desk(store, FakeEngine(), record)

    def grown(project: Project) -> Project:
        names = [node.id for node in project.design.nodes]
        return project.model_copy(update={"design": chain(*names, "grown")})

    desk.author(grown, "grow")
    assert desk.payload()["rev"] == 1
    desk.receive(change(record, chain("in", "mine", "out"), seq=4, rev=0))
    told = desk.payload()
    assert [node["id"] for node in told["design"]["nodes"]] == ["in", "mine", "out", "grown"]
    assert told["on_seq"] == 4
    desk.receive(change(record, chain("in", "mine", "out", "grown", "then"), seq=5, rev=1))
    assert store.project(record.id).project.design == chain("in", "mine", "out", "grown", "then")


def test_the_name_of_the_drawing_is_the_name_of_the_project(store: Store, record: ProjectRecord) -> None:
    desk = Desk(store, FakeEngine(), record)
    desk.receive(change(record, chain("in", "out", name="renamed")))
    assert store.project(record.id).project.name == "renamed"


def test_opening_the_page_again_takes_over_what_another_page_stored(
    store: Store, record: ProjectRecord
) -> None:
    desk = Desk(store, FakeEngine(), record)
    newer = store.save_project("ada", Project(name="net", design=chain("in", "wider")), record.id)
    desk.refresh(newer)
    assert Design.model_validate(desk.payload()["design"]) == chain("in", "wider")


def test_after_caches_were_cleared_the_next_edit_goes_to_the_new_engine(
    store: Store, record: ProjectRecord
) -> None:
    engines = [FakeEngine(), FakeEngine()]
    desk = Desk(store, lambda: engines[0], record)
    desk.payload()
    del engines[0]
    desk.receive(change(record, chain("in", "mid", "out")))
    assert desk.payload()["status"] == "checked"
    assert len(engines[0].asked) == 1


def report_of(**params: int) -> dict:
    nodes = {name: {"shape": [4], "dtype": "float32", "params": many} for name, many in params.items()}
    return {"ok": True, "nodes": nodes, "totals": {"params": 7}, "issues": []}


def answered(desk: Desk, engine: FakeEngine, record: ProjectRecord, report: dict, **more: object) -> dict:
    """What the canvas is told when the engine answers its next edit with this report."""
    engine.answers = False
    names = ("in", *(name for name in report["nodes"] if name != "in"))
    desk.receive(change(record, chain(*names), **more))
    engine.futures[-1].set_result(report)
    return desk.payload()


def test_only_annotations_that_the_browser_lacks_are_sent(store: Store, record: ProjectRecord) -> None:
    engine = FakeEngine()
    desk = Desk(store, engine, record)
    first = answered(desk, engine, record, report_of(a=1, b=2), seq=1)
    assert first["since"] is None and set(first["annotations"]) == {"a", "b"}
    second = answered(desk, engine, record, report_of(a=1, c=3), seq=2, known=first["known"])
    assert second["since"] == first["known"]
    assert set(second["annotations"]) == {"c"}
    assert second["gone"] == ["b"]


def test_a_browser_that_names_nothing_or_something_unknown_is_told_everything(
    store: Store, record: ProjectRecord
) -> None:
    engine = FakeEngine()
    desk = Desk(store, engine, record)
    for seq, known in enumerate((None, "made up", None), start=1):
        other = f"b{seq}"
        told = answered(desk, engine, record, report_of(a=1, **{other: 2}), seq=seq, known=known)
        assert told["since"] is None and set(told["annotations"]) == {"a", other}
    assert desk.payload()["since"] is None, "a name counts for one answer only"


def test_a_poll_names_what_the_browser_has_and_is_answered_with_nothing_new(
    store: Store, record: ProjectRecord
) -> None:
    engine = FakeEngine()
    desk = Desk(store, engine, record)
    first = answered(desk, engine, record, report_of(a=1), seq=1)
    desk.poll({"count": 1, "known": first["known"]})
    told = desk.payload()
    assert told["since"] == told["known"] == first["known"] and told["annotations"] == {}
    desk.poll(3)
    assert desk.payload()["since"] is None


def test_another_desk_never_takes_the_name_of_a_set_for_its_own(store: Store, record: ProjectRecord) -> None:
    names = set()
    for _ in range(3):
        engine = FakeEngine()
        names.add(answered(Desk(store, engine, record), engine, record, report_of(a=1))["known"])
    assert len(names) == 3


def test_moves_inside_nested_networks_need_no_check(store: Store) -> None:
    def nested(x: float) -> Design:
        inner = chain("in", "out")
        inner = inner.model_copy(
            update={"nodes": tuple(n.model_copy(update={"position": (x, 0.0)}) for n in inner.nodes)}
        )
        return Design(name="net", nodes=(Node(id="block", type="Model", graph=inner),))

    assert same_network(nested(0), nested(9))
    assert not same_network(nested(0), Design(name="net", nodes=(Node(id="block", type="Model"),)))
    assert not same_network(nested(0), Design(name="net", nodes=(Node(id="block", type="Dense"),)))


def clashing(store: Store, record: ProjectRecord) -> Desk:
    """The desk of a second tab, with its drawing on the table and another one stored meanwhile."""
    first, second = Desk(store, FakeEngine(), record), Desk(store, FakeEngine(), record)
    first.receive(change(record, chain("in", "first", "out"), client="tab-1"))
    for seq, names in enumerate((("in", "second"), ("in", "second", "out")), start=1):
        second.receive(change(record, chain(*names), seq=seq, client="tab-2"))
    return second


def drawings(store: Store, record: ProjectRecord) -> list[Design]:
    return [version.project.design for version in store.versions(record.id)]


def test_while_two_tabs_disagree_only_the_newest_drawing_of_the_late_one_is_kept(
    store: Store, record: ProjectRecord
) -> None:
    clashing(store, record)
    assert drawings(store, record) == [chain("in", "second", "out")]


@pytest.mark.parametrize("keep_mine", [True, False])
def test_whichever_drawing_is_chosen_the_other_one_can_be_brought_back(
    store: Store, record: ProjectRecord, keep_mine: bool
) -> None:
    desk = clashing(store, record)
    desk.resolve(keep_mine)
    mine, theirs = chain("in", "second", "out"), chain("in", "first", "out")
    stays, goes = (mine, theirs) if keep_mine else (theirs, mine)
    assert store.project(record.id).project.design == stays
    assert drawings(store, record) == [goes]
    assert "Kept versions" in desk.payload()["notice"]["text"]
    desk.take_version(store.version_cards(record.id, "ada")[0].id)
    assert store.project(record.id).project.design == goes
    assert drawings(store, record) == [stays], "what it replaced is kept in turn"
    told = desk.payload()
    assert Design.model_validate(told["design"]) == goes
    assert told["label"] == "take the kept version"


def test_a_version_that_is_gone_or_foreign_is_not_taken(store: Store, record: ProjectRecord) -> None:
    desk = clashing(store, record)
    desk.resolve(keep_mine=True)
    stranger = store.save_project("eve", Project(name="hers"))
    other = store.keep_version(stranger.id, "eve", Project(name="kept"), 1)
    for version in (other, 12345):
        with pytest.raises(NotFound):
            desk.take_version(version)
    assert store.version_cards(stranger.id, "ada") == []
    assert store.project(record.id).project.design == chain("in", "second", "out")
