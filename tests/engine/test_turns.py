"""Do owners take turns, and is nothing lost that waits?"""

import threading

from builder.engine.turns import MOST_WAITING, Job, Turns
from builder.engine.wire import Answer
from builder.errors import EngineFailed


def alive():
    return True


def owners(turns, count):
    return [turns.next(alive).owner for _ in range(count)]


def test_owners_take_turns_however_much_one_of_them_asks():
    turns = Turns()
    for owner in ["ann"] * 4 + ["ben"] * 2 + ["cat"]:
        turns.add(Job(owner, {}))
    assert owners(turns, 7) == ["ann", "ben", "cat", "ann", "ben", "ann", "ann"]


def test_requests_of_one_owner_keep_their_order():
    turns = Turns()
    jobs = [Job("ann", {}) for _ in range(5)]
    for job in jobs:
        turns.add(job)
    assert [turns.next(alive) for _ in jobs] == jobs


def test_a_cancelled_request_is_passed_over():
    turns = Turns()
    first, second = Job("ann", {}), Job("ann", {})
    turns.add(first)
    turns.add(second)
    first.future.cancel()
    assert turns.next(alive) is second


def test_who_asks_far_too_much_is_told_so_and_others_are_not_touched():
    turns = Turns()
    assert [turns.add(Job("ann", {})) for _ in range(MOST_WAITING)] == [None] * MOST_WAITING
    assert "waiting already" in turns.add(Job("ann", {}))
    assert turns.add(Job("ben", {})) is None


def test_next_waits_for_a_request():
    turns, job = Turns(), Job("ann", {})
    threading.Timer(0.05, turns.add, [job]).start()
    assert turns.next(alive) is job


def test_next_gives_up_when_the_process_is_gone_or_the_engine_closed():
    assert Turns().next(lambda: False) is None
    turns = Turns()
    threading.Timer(0.05, turns.close).start()
    assert turns.next(alive) is None
    assert turns.add(Job("ann", {})) == "The engine is closed."


def test_draining_gives_everything_that_waits():
    turns = Turns()
    jobs = [Job(owner, {}) for owner in "aab"]
    for job in jobs:
        turns.add(job)
    assert set(map(id, turns.drain())) == set(map(id, jobs))


def test_failing_a_cancelled_request_is_no_fault():
    job = Job("ann", {})
    job.future.cancel()
    job.fail(EngineFailed("x"))
    job.settle(Answer(id=1, failed="x"))
    assert job.future.cancelled()
