from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import limits, queue
from builder.train.queue import Waiting, next_run, order, wait_s

OWNERS = st.sampled_from("abcde")


@st.composite
def lines(draw: st.DrawFn) -> list[Waiting]:
    owners = draw(st.lists(OWNERS, max_size=20))
    since = draw(st.lists(st.integers(0, 9), min_size=len(owners), max_size=len(owners)))
    served = draw(st.fixed_dictionaries(dict.fromkeys("abcde", st.integers(0, 3))))
    asked = enumerate(zip(owners, since, strict=True))
    return [Waiting(f"r{n}", owner, float(at), float(served[owner])) for n, (owner, at) in asked]


@given(lines(), st.lists(OWNERS, max_size=8), st.none() | st.integers(1, 3))
def test_every_waiting_run_gets_one_place(waiting, at_work, most) -> None:
    assert Counter(order(waiting, at_work, most)) == Counter(waiting)


@given(lines(), st.lists(OWNERS, max_size=8), st.none() | st.integers(1, 3))
def test_ones_own_runs_begin_in_the_order_in_which_they_were_asked_for(waiting, at_work, most) -> None:
    turns = order(waiting, at_work, most)
    for owner in "abcde":
        since = [one.since for one in turns if one.owner == owner]
        assert since == sorted(since)


@given(lines(), st.lists(OWNERS, max_size=8))
def test_nobody_gets_a_further_run_while_somebody_with_fewer_waits(waiting, at_work) -> None:
    active = Counter(at_work)
    turns = order(waiting, at_work)
    for at, one in enumerate(turns):
        assert active[one.owner] == min(active[other.owner] for other in turns[at:])
        active[one.owner] += 1


@given(lines(), st.lists(OWNERS, max_size=8))
def test_among_equals_whose_turn_is_longest_ago_is_next_and_then_who_waited_longest(waiting, at_work) -> None:
    active = Counter(at_work)
    turns = order(waiting, at_work)
    if turns:
        equals = [one for one in waiting if active[one.owner] == active[turns[0].owner]]
        assert (turns[0].served, turns[0].since) == min((one.served, one.since) for one in equals)
        assert next_run(waiting, at_work) == turns[0].run


@given(lines(), st.lists(OWNERS, max_size=8), st.integers(1, 3))
def test_who_has_as_many_at_work_as_allowed_is_passed_over(waiting, at_work, most) -> None:
    active = Counter(at_work)
    chosen = next_run(waiting, at_work, most)
    allowed = [one for one in waiting if active[one.owner] < most]
    if chosen is None:
        assert allowed == []
    else:
        assert chosen in {one.run for one in allowed}


@given(lines(), st.lists(OWNERS, max_size=8), OWNERS, st.integers(1, 30))
def test_more_runs_of_one_person_never_move_anothers_first_run_back(waiting, at_work, greedy, more) -> None:
    crowd = waiting + [Waiting(f"x{n}", greedy, 100.0) for n in range(more)]
    before, after = ([one.run for one in order(each, at_work)] for each in (waiting, crowd))
    for owner in set("abcde") - {greedy}:
        first = next((one.run for one in order(waiting, at_work) if one.owner == owner), None)
        if first is not None:
            assert after.index(first) <= before.index(first) + more_turns(at_work, owner, greedy)


def more_turns(at_work: list[str], owner: str, greedy: str) -> int:
    """Turns that a person may have who has fewer at work."""
    active = Counter(at_work)
    return max(0, active[owner] - active[greedy] + 1)


@given(lines())
def test_where_one_runs_at_a_time_people_take_turns(waiting) -> None:
    clock, last = 10.0, None
    while waiting:
        (run,) = [one for one in waiting if one.run == next_run(waiting, [])]
        assert run.owner != last or {one.owner for one in waiting} == {last}
        last, clock = run.owner, clock + 1
        waiting = [
            replace(one, served=clock) if one.owner == last else one for one in waiting if one is not run
        ]


def test_the_wait_is_reckoned_from_the_runs_at_work() -> None:
    assert wait_s(1, 1, [10.0], None) == 0
    assert wait_s(1, 0, [10.0, 4.0], None) == 4
    assert wait_s(2, 0, [10.0, 4.0], 20.0) == 10
    assert wait_s(3, 0, [10.0, 4.0], 20.0) == 24
    assert wait_s(1, 0, [None], 20.0) is None
    assert wait_s(2, 0, [3.0], None) is None


@given(
    st.integers(1, 9),
    st.integers(0, 3),
    st.lists(st.floats(0, 1e4), min_size=1, max_size=5),
    st.floats(0, 1e4),
)
def test_a_later_place_never_waits_shorter(place, free, left, typical) -> None:
    assert wait_s(place, free, left, typical) <= wait_s(place + 1, free, left, typical)


def test_a_run_that_waits_for_memory_is_not_told_that_it_begins_at_once(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.AT_ONCE, "4")
    working = store.create_run("ann", project)
    store.update_run(working.id, state=RunState.STARTING)
    store.update_run(working.id, state=RunState.RUNNING, epoch=1, seconds=2.0, vitals={"memory_mb": 900.0})
    run = store.create_run("bob", project)
    assert store.enqueue(run.id, forecast_mb=3000)
    waits = []
    for free in (4000.0, 2500.0):
        monkeypatch.setattr(limits, "free_mb", lambda free=free: free)
        waits.append(queue.place(store, store.run(run.id)).wait_s)
    assert waits == [0.0, 6.0]


def test_who_has_as_many_at_work_as_allowed_waits_for_ones_own(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.AT_ONCE, "9")
    monkeypatch.setenv(limits.EACH_AT_ONCE, "1")
    working = store.create_run("ann", project)
    store.update_run(working.id, state=RunState.STARTING)
    store.update_run(working.id, state=RunState.RUNNING, epoch=1, seconds=2.0)
    runs = [store.create_run(owner, project) for owner in ("ann", "bob")]
    for run in runs:
        assert store.enqueue(run.id)
    assert [queue.place(store, store.run(run.id)).wait_s for run in runs] == [6.0, 0.0]


def test_a_run_in_the_queue_is_told_its_place_and_wait(store: Store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.AT_ONCE, "1")
    working = store.create_run("ann", project)
    store.update_run(working.id, state=RunState.STARTING)
    store.update_run(working.id, state=RunState.RUNNING, epoch=1, seconds=2.0)
    runs = [store.create_run(owner, project) for owner in ("ann", "bob", "cem")]
    assert queue.place(store, runs[0]) is None, "nobody has put it into the queue"
    for run in runs:
        assert store.enqueue(run.id)
    places = [queue.place(store, store.run(run.id)) for run in runs]
    assert [(each.place, each.of) for each in places] == [(3, 3), (1, 3), (2, 3)]
    assert [each.wait_s for each in places] == [22.0, 6.0, 14.0]
    assert queue.place(store, store.run(working.id)) is None
