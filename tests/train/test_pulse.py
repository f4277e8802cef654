import sqlite3
import threading
import time

import pytest

from builder.errors import NotFound
from builder.project.document import Project
from builder.runs.records import Event, EventKind, RunState
from builder.runs.store import Store
from builder.train.pulse import Pulse


def within(seconds: float, condition: object) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def running(store: Store) -> str:
    run_id = store.create_run("ann", Project()).id
    store.update_run(run_id, state=RunState.RUNNING)
    return run_id


def test_what_is_told_reaches_the_store_in_order(store: Store) -> None:
    run_id = running(store)
    with Pulse(store, run_id) as pulse:
        for epoch in range(5):
            pulse.tell(Event(kind=EventKind.EPOCH, epoch=epoch), epoch=epoch)
        assert within(5, lambda: len(store.events(run_id)) == 5)
        assert within(5, lambda: store.run(run_id).epoch == 4)
    assert [event.epoch for event in store.events(run_id)] == list(range(5))


def test_the_heart_beats_while_training_says_nothing(store: Store) -> None:
    run_id = running(store)
    with Pulse(store, run_id):
        first = store.run(run_id).heartbeat_at
        assert within(15, lambda: store.run(run_id).heartbeat_at > first)


def test_stop_is_heard_and_shown(store: Store) -> None:
    run_id = running(store)
    with Pulse(store, run_id) as pulse:
        store.command(run_id, "stop")
        assert pulse.stop.wait(10)
        assert within(10, lambda: store.run(run_id).state is RunState.STOPPING)


def test_commands_can_be_given_other_meanings_and_unknown_ones_are_passed_over(store: Store) -> None:
    run_id, heard = running(store), []
    with Pulse(store, run_id) as pulse:
        pulse.obey("pause", lambda command: heard.append((command.name, command.arguments)))
        for name in ("dance", "pause"):
            store.command(run_id, name, arguments={"after": 1})
        assert within(10, lambda: heard == [("pause", {"after": 1})])
        assert not pulse.stop.is_set()


def test_a_command_from_within_is_obeyed_by_the_thread(store: Store) -> None:
    run_id, obeyed_by = running(store), []
    with Pulse(store, run_id) as pulse:
        pulse.obey("stop", lambda _: obeyed_by.append(threading.current_thread().name))
        pulse.ask("stop")
        assert within(10, lambda: obeyed_by == ["pulse"])


def test_a_deleted_run_stops_its_worker(store: Store) -> None:
    run_id = running(store)
    with Pulse(store, run_id) as pulse:
        store.delete_run(run_id, "ann")
        pulse.tell(Event(kind=EventKind.NOTE))
        assert pulse.stop.wait(10)
        with pytest.raises(NotFound):
            pulse.tell(Event(kind=EventKind.NOTE))
            pulse.flush()


def test_what_could_not_be_written_is_written_later_and_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = running(store)
    pulse = Pulse(store, run_id)
    pulse.tell(Event(kind=EventKind.NOTE, text="first"), epoch=1)
    for broken in ("append", "update_run"):
        with monkeypatch.context() as patch, pytest.raises(sqlite3.OperationalError):
            patch.setattr(
                store, broken, lambda *_, **__: (_ for _ in ()).throw(sqlite3.OperationalError("locked"))
            )
            pulse.tell(Event(kind=EventKind.NOTE, text="second")) if broken == "update_run" else None
            pulse.flush()
    pulse.flush()
    assert [event.text for event in store.events(run_id)] == ["first", "second"]
    assert store.run(run_id).epoch == 1
