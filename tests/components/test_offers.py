"""Are repairs asked for in the background, once for each drawing with faults, and never for another one?"""

from concurrent.futures import Future

from builder.components.canvas.offers import Offers
from builder.design.document import Design, Edge, Node
from builder.errors import EngineFailed
from builder.project.document import Project
from builder.translate.report import CheckReport, Totals

FAULTY = CheckReport(ok=False, nodes={}, totals=Totals(), issues=())
SOUND = CheckReport(ok=True, nodes={}, totals=Totals(), issues=())
REPAIR = {
    "node": "d", "code": "bad_argument", "title": "Set units to 1", "detail": "", "edits": [],
    "errors_before": 1, "errors_after": 0, "params_before": 0, "params_after": 2,
}  # fmt: skip
ANSWER = {"repairs": [REPAIR]}


class SlowEngine:
    state = "ready"

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.futures: list[Future] = []

    def submit(self, owner: str, request: dict) -> Future:
        self.asked.append(request)
        self.futures.append(Future())
        return self.futures[-1]


def project(units: int = 0, place: float = 0.0) -> Project:
    nodes = (
        Node(id="in", type="InputLayer"),
        Node(id="d", type="Dense", params={"units": units}, position=(place, 92.0)),
    )
    return Project(design=Design(nodes=nodes, edges=(Edge(source="in", target="d"),)))


def test_a_drawing_with_faults_is_asked_about_once_and_the_answer_comes_later() -> None:
    engine = SlowEngine()
    offers = Offers(lambda: engine, "ada")
    for _ in range(3):
        offers.ask(project(), FAULTY)
        offers.take()
    assert (len(engine.asked), offers.pending, offers.by_node()) == (1, True, {})
    engine.futures[0].set_result(ANSWER)
    offers.take()
    assert not offers.pending
    assert [repair["title"] for repair in offers.by_node()["d"]] == ["Set units to 1"]


def test_a_sound_drawing_is_not_asked_about() -> None:
    engine = SlowEngine()
    offers = Offers(lambda: engine, "ada")
    offers.ask(project(3), SOUND)
    assert engine.asked == []


def test_another_network_takes_the_old_offer_back_at_once() -> None:
    engine = SlowEngine()
    offers = Offers(lambda: engine, "ada")
    offers.ask(project(), FAULTY)
    engine.futures[0].set_result(ANSWER)
    offers.take()
    offers.ask(project(-1), FAULTY)
    assert (offers.by_node(), offers.pending, len(engine.asked)) == ({}, True, 2)


def test_a_moved_node_keeps_the_offer_until_the_same_comes_with_new_places() -> None:
    engine = SlowEngine()
    offers = Offers(lambda: engine, "ada")
    offers.ask(project(), FAULTY)
    engine.futures[0].set_result(ANSWER)
    offers.take()
    offers.ask(project(place=40.0), FAULTY)
    assert offers.by_node()
    assert engine.asked[1]["project"]["design"]["nodes"][1]["position"] == [40.0, 92.0]


def test_that_the_time_ran_out_is_told() -> None:
    engine = SlowEngine()
    offers = Offers(lambda: engine, "ada")
    assert not offers.cut
    offers.ask(project(), FAULTY)
    engine.futures[0].set_result(ANSWER | {"complete": False})
    offers.take()
    assert offers.cut


def test_an_engine_that_fails_offers_nothing_and_says_nothing() -> None:
    engine = SlowEngine()
    offers = Offers(lambda: engine, "ada")
    offers.ask(project(), FAULTY)
    engine.futures[0].set_exception(EngineFailed("gone"))
    offers.take()
    assert (offers.pending, offers.by_node()) == (False, {})
