import time

import pytest

from builder.errors import BuilderError, NotFound
from builder.project.document import Project, Training
from builder.runs.records import Choice, Event, EventKind, Origin, Purpose, RunState
from builder.runs.store import Store

PROJECT = Project(name="digits", training=Training(epochs=7))


def test_a_new_run_waits_with_its_project_and_number(store: Store) -> None:
    run = store.create_run("ann", PROJECT)
    assert (run.number, run.state, run.epochs, run.project) == (1, RunState.QUEUED, 7, PROJECT)
    assert store.run(run.id, "ann") == run


def test_numbers_count_for_each_owner_and_are_never_given_twice(store: Store) -> None:
    first, second, other = (store.create_run(owner, PROJECT) for owner in ("ann", "ann", "bob"))
    store.delete_run(second.id, "ann")
    assert [first.number, second.number, other.number] == [1, 2, 1]
    assert store.create_run("ann", PROJECT).number == 3


def test_runs_are_listed_newest_first_and_only_to_their_owner(store: Store) -> None:
    ids = [store.create_run("ann", PROJECT).id for _ in range(3)]
    store.create_run("bob", PROJECT)
    assert [run.id for run in store.runs("ann")] == ids[::-1]
    assert len(store.runs(None)) == 4
    assert store.runs("ann", [RunState.RUNNING]) == []


def test_foreign_and_missing_runs_sound_the_same(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id

    def heard(run: str, owner: str | None) -> set[str]:
        told = set()
        for ask in (
            lambda: store.run(run, owner),
            lambda: store.events(run, owner=owner),
            lambda: store.command(run, "stop", owner=owner),
            lambda: store.delete_run(run, owner),
        ):
            with pytest.raises(NotFound) as caught:
                ask()
            told.add(str(caught.value).replace(run, "RUN"))
        return told

    assert heard(run_id, "bob") == heard("0123456789abcdef", "bob")
    assert not store.has_run(run_id, "bob")
    assert store.take_commands(run_id) == []
    assert store.run(run_id, "ann").id == run_id


def test_an_update_sets_only_what_it_names(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    assert store.update_run(run_id, state=RunState.RUNNING, metrics={"loss": 0.5}, rows={"train": 3})
    run = store.run(run_id)
    assert (run.state, run.metrics, run.rows, run.error) == (
        RunState.RUNNING,
        {"loss": 0.5},
        {"train": 3},
        None,
    )


@pytest.mark.parametrize("fields", [{}, {"owner": "eve"}, {"nonsense": 1}, {"id = id --": 1}])
def test_what_never_changes_cannot_be_set(store: Store, fields: dict[str, object]) -> None:
    run_id = store.create_run("ann", PROJECT).id
    with pytest.raises(ValueError, match="no changeable field"):
        store.update_run(run_id, **fields)


def test_a_run_that_ended_does_not_rise_again(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    assert store.update_run(run_id, state=RunState.FINISHED)
    assert not store.update_run(run_id, state=RunState.RUNNING)
    assert store.update_run(run_id, test={"loss": 0.1})
    assert store.run(run_id).state is RunState.FINISHED


def test_only_one_of_two_starters_gets_the_run(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    won = [store.update_run(run_id, only_if={RunState.QUEUED}, state=RunState.STARTING) for _ in range(2)]
    assert won == [True, False]


def test_updating_a_missing_run_says_so(store: Store) -> None:
    with pytest.raises(BuilderError, match="There is no run 'x'"):
        store.update_run("x", state=RunState.RUNNING)


def test_events_are_numbered_without_gaps_and_read_from_any_point(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    for step in (1, 3):
        batch = [
            Event(kind=EventKind.BATCH, epoch=1, step=step + i, values={"loss": 1.0 / step}) for i in (0, 1)
        ]
        last = store.append(run_id, batch)
    assert last == 4
    assert [event.seq for event in store.events(run_id)] == [1, 2, 3, 4]
    assert [event.step for event in store.events(run_id, after=2, limit=1)] == [3]
    assert store.batch_points(run_id, after=3) == [(1, 4, 1 / 3)]


def test_an_event_comes_back_as_it_went_in(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    event = Event(kind=EventKind.EPOCH, at=5.0, epoch=2, values={"loss": 0.1, "val_loss": 1e-9}, text="ünder")
    store.append(run_id, [event])
    assert store.events(run_id) == [event.model_copy(update={"seq": 1})]
    assert store.last_event(run_id, EventKind.EPOCH) == event.model_copy(update={"seq": 1})
    assert store.last_event(run_id, EventKind.BATCH) is None


def test_numbers_that_are_none_are_left_out_of_events(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    store.append(
        run_id, [Event(kind=EventKind.BATCH, values={"loss": float("nan"), "a": float("inf"), "b": 1})]
    )
    assert store.events(run_id)[0].values == {"b": 1}


def test_commands_are_handed_out_once_in_order(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    store.command(run_id, "pause", owner="ann")
    store.command(run_id, "stop", arguments={"keep": True})
    taken = [(command.name, command.arguments) for command in store.take_commands(run_id)]
    assert taken == [("pause", {}), ("stop", {"keep": True})]
    assert store.take_commands(run_id) == []


def test_going_back_to_a_checkpoint_forgets_what_came_after_it(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    epochs = [Event(kind=EventKind.EPOCH, epoch=epoch, values={"loss": 1.0}) for epoch in range(4)]
    batches = [Event(kind=EventKind.BATCH, epoch=2, step=step, values={"loss": 1.0}) for step in (3, 9)]
    last = store.append(run_id, [*epochs, *batches, Event(kind=EventKind.NOTE, text="kept")])
    store.rewind(run_id, 1, 5, "Goes on from epoch 2, step 5.")
    told = [(event.kind, event.epoch, event.step) for event in store.events(run_id)]
    assert told == [
        ("epoch", 0, None),
        ("epoch", 1, None),
        ("batch", 2, 3),
        ("note", None, None),
        ("resumed", 2, 5),
    ]
    assert (store.run(run_id).rewound, store.run(run_id).epoch) == (last + 1, 1)


def test_a_run_keeps_its_origin_its_series_and_what_it_was_told_while_it_ran(store: Store) -> None:
    origin = Origin(run="a" * 16, number=3, epoch=7, change="learning rate 0.01 to 0.001")
    run = store.create_run("ann", PROJECT, origin=origin, series="s1")
    choices = [Choice(what="jit", value="XLA off", reason="convolutions on a CPU")]
    store.update_run(run.id, live={"learning_rate": 0.1}, choices=choices, vitals={"memory_mb": 212.5})
    again = store.run(run.id)
    assert (again.origin, again.series) == (origin, "s1")
    assert (again.live, again.choices, again.vitals) == (
        {"learning_rate": 0.1},
        tuple(choices),
        {"memory_mb": 212.5},
    )
    assert store.runs("ann", series="s1") == [again]
    assert store.runs("ann", series="s2") == []


def test_calibrations_are_neither_numbered_among_the_runs_nor_listed(store: Store) -> None:
    first = store.create_run("ann", PROJECT)
    measured = [store.create_run("ann", PROJECT, purpose=Purpose.CALIBRATE) for _ in range(2)]
    second = store.create_run("ann", PROJECT)
    assert [first.number, second.number] == [1, 2]
    assert [run.number for run in measured] == [-1, -2]
    assert {run.id for run in store.runs("ann")} == {first.id, second.id}


def test_a_deleted_run_takes_its_events_along_and_refuses_more(store: Store) -> None:
    run_id = store.create_run("ann", PROJECT).id
    store.append(run_id, [Event(kind=EventKind.STARTED)])
    store.delete_run(run_id, "ann")
    with pytest.raises(NotFound):
        store.append(run_id, [Event(kind=EventKind.STARTED)])
    assert store.batch_points(run_id) == []


def test_a_hidden_run_is_out_of_sight_until_it_is_restored(store: Store) -> None:
    run = store.create_run("ann", PROJECT)
    store.hide_run(run.id, "ann")
    assert store.runs("ann") == []
    assert not store.has_run(run.id, "ann")
    assert store.hidden_runs(before=time.time() + 1) == [run.id]
    store.restore_run(run.id, "ann")
    assert store.runs("ann") == [run]
    assert store.hidden_runs(before=time.time() + 1) == []


def test_a_stranger_neither_hides_nor_restores_a_run(store: Store) -> None:
    run = store.create_run("ann", PROJECT)
    for touch in (store.hide_run, store.restore_run):
        with pytest.raises(NotFound):
            touch(run.id, "bob")
    assert store.runs("ann") == [run]
