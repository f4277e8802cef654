"""Forks and series are ordinary runs that know where they belong."""

from pathlib import Path

import pytest

from builder.errors import BuilderError, NotFound
from builder.experiments import fork, seeds
from builder.project.templates import template
from builder.runs import artifacts
from builder.runs.records import RunRecord, RunState
from builder.runs.store import Store
from builder.train import launch
from builder.train.limits import LimitReached

PROJECT = template("mlp-digits").project


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    return Store(tmp_path / "layerloom.db")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the runs that were to be started; none is."""
    ids: list[str] = []
    monkeypatch.setattr(
        launch, "start", lambda store, run_id, owner=None, forecast_mb=None: ids.append(run_id)
    )
    return ids


def finished(store: Store, *kept: int) -> RunRecord:
    run = store.create_run("ann", PROJECT)
    store.update_run(run.id, state=RunState.FINISHED, epoch=15, best={"epoch": 12, "val_loss": 0.1})
    folder = artifacts.folder(run.id) / artifacts.KEPT
    folder.mkdir()
    for epoch in kept:
        (folder / f"{epoch}.npz").write_bytes(b"kept")
    return store.run(run.id)


def test_kept_epochs_are_listed_newest_first_with_the_best_and_the_last(store: Store) -> None:
    found = fork.kept_epochs(finished(store, 4, 12, 15))
    assert [(one.epoch, one.is_best, one.is_last) for one in found] == [
        (15, False, True),
        (12, True, False),
        (4, False, False),
    ]
    assert fork.chosen_epoch(finished(store, 4, 12), "best") == 12
    assert fork.chosen_epoch(finished(store, 4, 12), "last") == 12
    assert fork.chosen_epoch(finished(store, 4, 12), "4") == 4


def test_a_fork_knows_its_origin_and_the_one_change(store: Store, begun: list[str]) -> None:
    first = finished(store, 12)
    second = fork.fork(store, first, 12, "learning_rate", 0.0001)
    assert begun == [second.id]
    assert second.origin is not None
    assert (second.origin.run, second.origin.epoch) == (first.id, 12)
    assert fork.described(second.origin) == "forked from run 1 at epoch 12: learning rate 0.005 to 0.0001"
    assert second.project.training.optimizer.params["learning_rate"] == 0.0001
    assert second.epochs == 15


def test_a_fork_that_is_asked_for_twice_is_one_run(store: Store, begun: list[str]) -> None:
    first = finished(store, 12)
    one, other = (fork.fork(store, first, 12, "seed", 3) for _ in range(2))
    assert one.id == other.id
    assert begun == [one.id]


def test_a_fork_of_the_last_epoch_trains_as_long_again(store: Store, begun: list[str]) -> None:
    assert fork.fork(store, finished(store, 15), 15, "batch_size", 64).epochs == 30


def test_a_fork_is_refused_where_nothing_was_kept_or_nothing_is_left_to_train(
    store: Store, begun: list[str]
) -> None:
    first = finished(store, 4, 12)
    with pytest.raises(BuilderError, match="Kept are 12, 4"):
        fork.fork(store, first, 5, "seed", 3)
    with pytest.raises(BuilderError, match="begins after epoch 12"):
        fork.fork(store, first, 12, "epochs", 10)
    with pytest.raises(BuilderError, match="completed one"):
        fork.chosen_epoch(finished(store), "best")
    assert begun == []


def test_a_family_is_all_that_share_a_past_also_when_its_root_is_gone(store: Store, begun: list[str]) -> None:
    first = finished(store, 12)
    stranger = finished(store, 12)
    one = fork.fork(store, first, 12, "seed", 1)
    other = fork.fork(store, first, 12, "seed", 2)
    assert [run.number for run in fork.family(store, other)] == [1, 3, 4]
    assert fork.family(store, stranger) == [stranger]
    store.hide_run(first.id, "ann")
    assert [run.number for run in fork.family(store, one)] == [3, 4]


def test_a_series_is_runs_that_differ_in_their_seed_only(store: Store, begun: list[str]) -> None:
    series = seeds.begin(store, "ann", PROJECT, 3)
    assert begun == [run.id for run in series.runs]
    assert [run.project.training.seed for run in series.runs] == [0, 1, 2]
    assert {run.series for run in series.runs} == {series.id}
    assert (
        len({run.project.training.model_copy(update={"seed": 0}).model_dump_json() for run in series.runs})
        == 1
    )
    assert (series.label, series.numbers) == ("digits-mlp, 3 seeds", "1 to 3")


@pytest.mark.parametrize("count", [0, 1, 21])
def test_a_series_has_two_to_twenty_runs(store: Store, begun: list[str], count: int) -> None:
    with pytest.raises(BuilderError, match="2 to 20"):
        seeds.begin(store, "ann", PROJECT, count)
    assert store.runs("ann") == []


def test_a_series_that_may_not_wait_is_refused_whole(
    store: Store, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERLOOM_WAITING_PER_PERSON", "3")
    with pytest.raises(BuilderError, match="Run it 3 times"):
        seeds.begin(store, "ann", PROJECT, 4)
    assert store.runs("ann") == []


def test_a_series_that_is_refused_midway_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def start(store: Store, run_id: str, owner: str | None = None, forecast_mb: float | None = None) -> None:
        calls.append(run_id)
        if len(calls) == 2:
            store.delete_run(run_id, owner)
            raise LimitReached("The files of your runs take 9 MB.")

    monkeypatch.setattr(launch, "start", start)
    with pytest.raises(LimitReached):
        seeds.begin(store, "ann", PROJECT, 3)
    assert store.runs("ann") == []


def test_seeds_begin_at_0_again_behind_the_largest() -> None:
    assert seeds.seeds_from(seeds.LARGEST_SEED, 2) == [seeds.LARGEST_SEED, 0]


def test_a_series_stands_in_the_list_as_one(store: Store, begun: list[str]) -> None:
    alone = finished(store)
    series = seeds.begin(store, "ann", PROJECT, 2)
    listed = seeds.grouped(store.runs("ann"))
    assert [one.id for one in listed] == [series.id, alone.id]
    assert isinstance(listed[0], seeds.Series)
    assert [run.number for run in listed[0].runs] == [2, 3]


def test_another_persons_runs_are_not_found(store: Store, begun: list[str]) -> None:
    from builder.experiments import compare

    series = seeds.begin(store, "ann", PROJECT, 2)
    for name in (series.id, series.runs[0].id):
        assert compare.side(store, name, "ann").runs
        with pytest.raises(NotFound):
            compare.side(store, name, "ben")
