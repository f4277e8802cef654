import pytest

from builder.errors import Conflict, NotFound
from builder.project.document import Project
from builder.runs import artifacts
from builder.runs.records import EventKind, RunState
from builder.runs.store import Store
from builder.train import launch, limits, presence
from builder.train.limit_watch import LimitWatch, duration
from builder.train.limits import LimitReached, has_room
from builder.train.wards import Ward


@pytest.fixture(autouse=True)
def nobody_starts_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "ensure", lambda: None)


def with_epochs(project: Project, epochs: int) -> Project:
    return project.model_copy(update={"training": project.training.model_copy(update={"epochs": epochs})})


def training(store: Store, project: Project, worked_s: float = 0.0) -> Ward:
    run = store.create_run("ann", project)
    store.update_run(run.id, state=RunState.STARTING)
    store.update_run(run.id, state=RunState.RUNNING)
    return Ward(store.run(run.id), 0.0, worked_s=worked_s)


def notes(store: Store, ward: Ward) -> list[str]:
    return [event.text for event in store.events(ward.run.id, kinds=[EventKind.NOTE])]


def test_on_ones_own_machine_only_the_machine_sets_limits(monkeypatch) -> None:
    monkeypatch.delenv("LAYERLOOM_MODE", raising=False)
    held = limits.limits()
    assert (held.epochs, held.wall_s, held.disk_mb, held.each_at_once) == (None, None, None, None)
    assert held.at_once >= 2
    assert 0 < held.memory_mb < limits.machine_mb()


def test_a_class_has_limits_from_the_start_and_each_can_be_set_or_lifted(monkeypatch) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    held = limits.limits()
    assert held.epochs and held.wall_s and held.disk_mb and held.each_at_once and held.waiting
    assert held.memory_mb >= 1000
    monkeypatch.setenv(limits.EPOCHS, "7")
    monkeypatch.setenv(limits.MINUTES, "")
    assert (limits.limits().epochs, limits.limits().wall_s) == (7, None)


def test_too_many_epochs_are_refused_in_words_and_the_run_is_forgotten(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.EPOCHS, "50")
    run = store.create_run("ann", with_epochs(project, 51))
    with pytest.raises(LimitReached) as refused:
        launch.start(store, run.id, "ann")
    assert str(refused.value) == (
        "This run asks for 51 epochs. Here a run may have 50. Set epochs to 50 or fewer."
    )
    with pytest.raises(NotFound):
        store.run(run.id)


def test_so_many_runs_may_wait_for_each_person_and_others_are_not_held_up(
    store, project, monkeypatch
) -> None:
    monkeypatch.setenv(limits.WAITING, "2")
    for _ in range(2):
        launch.start(store, store.create_run("ann", project).id, "ann")
    with pytest.raises(
        LimitReached, match=r"2 of your runs wait already\. Here 2 may wait for each person\."
    ):
        launch.start(store, store.create_run("ann", project).id, "ann")
    launch.start(store, store.create_run("bob", project).id, "bob")
    assert [run.owner for run in store.waiting()] == ["ann", "ann", "bob"]


def test_files_beyond_the_limit_are_named_with_their_size(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.DISK_MB, "1")
    kept = store.create_run("ann", project)
    (artifacts.folder(kept.id) / "weights").write_bytes(bytes(1_200_000))
    with pytest.raises(LimitReached, match=r"take 1 MB\. Here each person has 1 MB\. Delete runs"):
        launch.start(store, store.create_run("ann", project).id, "ann")
    launch.start(store, store.create_run("bob", project).id, "bob")


def test_a_run_is_queued_once(store: Store, project: Project) -> None:
    run = store.create_run("ann", project)
    launch.start(store, run.id, "ann", forecast_mb=900)
    with pytest.raises(Conflict, match="Run 1 was started already"):
        launch.start(store, run.id, "ann")
    queued = store.run(run.id)
    assert (queued.state, queued.vitals) == (RunState.QUEUED, {"forecast_mb": 900})
    assert [event.kind for event in store.events(run.id)] == [EventKind.QUEUED]


def test_the_time_limit_is_told_before_it_bites_and_then_stops_the_run(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.MINUTES, "10")
    ward = training(store, project, worked_s=8 * 60 - 1)
    watch = LimitWatch()
    watch.look(store, [ward])
    assert notes(store, ward) == []
    ward.worked_s = 8 * 60
    watch.look(store, [ward])
    LimitWatch().look(store, [Ward(ward.run, 0.0, worked_s=8 * 60)])  # another supervisor
    (warning,) = notes(store, ward)
    assert warning == (
        "Near the time limit: this run has trained for 8 min of 10 min, then it is stopped and keeps what it learned."
    )
    assert store.run(ward.run.id).state is RunState.RUNNING
    ward.worked_s = 10 * 60
    watch.look(store, [ward])
    assert notes(store, ward)[1].startswith("Stopped at the time limit: a run may train for 10 min here.")
    assert store.run(ward.run.id).state is RunState.STOPPING
    assert [command.name for command in store.take_commands(ward.run.id)] == ["stop"]


def test_the_disk_limit_is_told_before_it_bites_and_then_stops_the_run(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.DISK_MB, "10")
    monkeypatch.setattr("builder.train.limit_watch.DISK_S", 0.0)
    ward = training(store, project)
    weights = artifacts.folder(ward.run.id) / "weights"
    weights.write_bytes(bytes(8_500_000))
    watch = LimitWatch()
    watch.look(store, [ward])
    assert notes(store, ward)[0].startswith("Near the disk limit: your runs take 8 of 10 MB")
    weights.write_bytes(bytes(11_000_000))
    watch.look(store, [ward])
    assert notes(store, ward)[1].startswith(
        "Stopped at the disk limit: your runs take 11 MB, and 10 are allowed"
    )
    assert store.run(ward.run.id).state is RunState.STOPPING


def test_a_pause_costs_no_time(store, project, monkeypatch) -> None:
    monkeypatch.setenv(limits.MINUTES, "1")
    ward = training(store, project, worked_s=59.99)
    ward.run = ward.run.model_copy(update={"state": RunState.PAUSED})
    watch = LimitWatch()
    watch._last -= 100
    watch.look(store, [ward])
    assert ward.worked_s == 59.99


def test_memory_that_others_will_still_take_is_not_given_away() -> None:
    assert has_room(900, [], free=1000)
    assert not has_room(900, [(1000, 800)], free=1000)
    assert has_room(700, [(1000, 800), (500, 900)], free=1000)


def test_durations_read_as_people_say_them() -> None:
    assert [duration(seconds) for seconds in (8, 60, 130, 3600)] == ["8 s", "1 min", "2 min 10 s", "60 min"]
