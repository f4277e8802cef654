import json

import pytest

from builder.cli import main
from builder.errors import BuilderError, Conflict, NotFound
from builder.project.document import Project
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import launch, orders


@pytest.fixture(autouse=True)
def nobody_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders.presence, "ensure", lambda: None)


def run_in(store: Store, state: RunState, **fields: object) -> str:
    run_id = store.create_run("ann", Project()).id
    store.update_run(run_id, state=state, **fields)
    return run_id


def heard(store: Store, run_id: str) -> list[tuple[str, dict[str, object]]]:
    return [(command.name, command.arguments) for command in store.take_commands(run_id)]


def test_a_run_at_work_hears_what_is_asked(store: Store) -> None:
    run = run_in(store, RunState.RUNNING, pid=1, pid_started=1.0)
    orders.pause(store, run, "ann")
    orders.keep(store, run, "ann")
    orders.change(store, run, "learning_rate", 0.1, "ann")
    given = {"setting": "learning_rate", "node": None, "value": 0.1}
    assert heard(store, run) == [("pause", {}), ("checkpoint", {}), ("set", given)]
    store.update_run(run, state=RunState.PAUSED)
    orders.resume(store, run, "ann")
    assert heard(store, run) == [("resume", {})]


def test_foreign_and_missing_runs_sound_alike(store: Store) -> None:
    run = run_in(store, RunState.RUNNING)
    for run_id in (run, "gone"):
        asked = [
            lambda run_id=run_id: orders.pause(store, run_id, "bob"),
            lambda run_id=run_id: orders.resume(store, run_id, "bob"),
            lambda run_id=run_id: orders.keep(store, run_id, "bob"),
            lambda run_id=run_id: orders.extend(store, run_id, 3, "bob"),
            lambda run_id=run_id: orders.change(store, run_id, "learning_rate", 0.1, "bob"),
        ]
        for ask in asked:
            with pytest.raises(NotFound, match="There is no run"):
                ask()
    assert heard(store, run) == []


def test_a_run_that_waits_is_taken_out_of_the_queue_and_comes_back(store: Store) -> None:
    run = store.create_run("ann", Project()).id
    store.enqueue(run)
    orders.pause(store, run, "ann")
    assert store.run(run).state is RunState.PAUSED and store.waiting() == []
    with pytest.raises(Conflict, match="Run 1 is paused and cannot be paused"):
        orders.pause(store, run, "ann")
    orders.resume(store, run, "ann")
    assert [each.id for each in store.waiting()] == [run]
    with pytest.raises(Conflict, match="Run 1 is queued and cannot be resumed"):
        orders.resume(store, run, "ann")


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.LOST, RunState.FAILED])
def test_a_run_that_ended_before_its_time_goes_on_and_forgets_old_commands(
    store: Store, state: RunState
) -> None:
    run = run_in(store, state, epoch=3, error="It broke.", ended_at=5.0, pid=7, pid_started=7.0)
    store.command(run, "stop")
    orders.resume(store, run, "ann")
    queued = store.run(run)
    assert (queued.state, queued.error, queued.ended_at, queued.pid) == (RunState.QUEUED, None, None, None)
    assert heard(store, run) == []


def test_more_epochs_count_from_where_the_run_is(store: Store) -> None:
    run = run_in(store, RunState.STOPPED, epoch=3)
    orders.extend(store, run, 4, "ann")
    assert (store.run(run).epochs, store.run(run).state) == (7, RunState.QUEUED)
    with pytest.raises(Conflict, match="cannot be given more epochs"):
        orders.extend(store, run, 4, "ann")
    with pytest.raises(BuilderError, match="Give a number from 1 to 99997"):
        orders.extend(store, run, 0, "ann")


def test_a_change_is_refused_before_it_reaches_the_run(store: Store) -> None:
    run = run_in(store, RunState.RUNNING)
    with pytest.raises(BuilderError, match="This network has no Dropout layer"):
        orders.change(store, run, "dropout", 0.1, "ann")
    ended = run_in(store, RunState.FINISHED)
    with pytest.raises(Conflict, match="Run 2 is finished and cannot be changed"):
        orders.change(store, ended, "learning_rate", 0.1, "ann")
    assert heard(store, run) == heard(store, ended) == []


def test_a_resting_run_can_be_stopped(store: Store) -> None:
    run = run_in(store, RunState.PAUSED)
    launch.stop(store, run, "ann")
    assert store.run(run).state is RunState.STOPPED
    assert store.events(run)[-1].kind is EventKind.FINISHED


def test_the_command_line_asks_the_same(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    run = run_in(store, RunState.RUNNING)
    assert main(["change", run, "--set", "learning_rate=0.0001", "--set", "batch_size=64"]) == 0
    assert main(["pause", run]) == 0
    assert main(["keep", run]) == 0
    assert [name for name, _ in heard(store, run)] == ["set", "set", "pause", "checkpoint"]
    store.update_run(run, state=RunState.STOPPED, epoch=2)
    capsys.readouterr()
    assert main(["resume", run, "--more", "10", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"run": run, "state": "queued", "epochs": 12}
    assert main(["change", run, "--set", "learning_rate"]) == 1
    assert "has no value" in capsys.readouterr().err
