"""A class at once on one server: everybody is answered, everybody's run ends well, nobody sees another's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crowd import Person, readable_by_others
from serving import Served

from builder.runs.store import Store

PEOPLE, EPOCHS = 8, 3
PAGE_S = 20.0
"""Ten times what is promised."""


def test_eight_people_train_at_once_each_sees_only_their_own_run_and_all_are_answered(tmp_path: Path) -> None:
    served = Served(tmp_path, LAYERLOOM_MODE="classroom", LAYERLOOM_RUNS_AT_ONCE="2")
    try:
        store = Store(tmp_path / "layerloom.db")
        people = [Person(served.address, store) for _ in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            runs = list(pool.map(lambda person: person.train(EPOCHS), people))
            list(pool.map(lambda person, run: person.watch(run, 200), people, runs))
            list(pool.map(lambda person: person.look_around(), people))
        assert any(person.seen.places for person in people), "who waits is told the place in the queue"
        assert [person.seen.states for person in people] == [["finished"]] * PEOPLE
        assert len({record.owner for record in store.runs(None)}) == len(store.runs(None)) == PEOPLE
        assert readable_by_others(people) == []
        assert all(person.visitor.points(run)[0] == 200 for person, run in zip(people, runs, strict=True))
        slow = [second for person in people for second in person.seen.pages_s if second > PAGE_S]
        assert slow == []
        for person, run in zip(people, runs, strict=True):
            shown = person.visitor.open("runs").components["builder.live"]
            assert [one["id"] for one in shown["runs"]] == [run]
    finally:
        served.stop()
