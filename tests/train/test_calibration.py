import pytest

from builder.project.document import EarlyStopping, Project
from builder.runs.records import Purpose, RunState
from builder.runs.store import Store
from builder.train import calibration
from builder.train.calibration import calibrate, fingerprint, latest, whole_s, words
from builder.train.pulse import Pulse


def on(project: Project, **settings: object) -> Project:
    return project.model_copy(update={"training": project.training.model_copy(update=settings)})


def test_a_calibration_tells_speed_and_memory_and_keeps_nothing_else(
    store: Store, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "LASTS_S", 0.5)
    monkeypatch.setattr(
        calibration.devices, "limit_memory", lambda: None
    )  # it would hold for all other tests
    run = store.create_run("ann", project, purpose=Purpose.CALIBRATE)
    store.update_run(run.id, state=RunState.STARTING)
    with Pulse(store, run.id) as pulse:
        calibrate(store, run, pulse)
    ended = store.run(run.id)
    assert ended.state is RunState.FINISHED
    assert set(ended.measured) == {"seconds_per_epoch", "step_s", "evaluation_s", "start_s", "peak_mb"}
    assert all(value > 0 for value in ended.measured.values())
    assert ended.measured["seconds_per_epoch"] > 7 * ended.measured["step_s"]
    assert ended.epoch == 0 and ended.metrics is None
    assert store.runs("ann") == []
    assert latest(store, "ann", on(project, epochs=900)).id == run.id
    assert latest(store, "ann", on(project, batch_size=8)) is None
    assert latest(store, "bob", project) is None


def test_how_long_is_trained_and_where_layers_are_drawn_changes_no_fingerprint(project: Project) -> None:
    known = fingerprint(project)
    assert fingerprint(on(project, epochs=99, seed=7, early_stopping=EarlyStopping())) == known
    moved = tuple(node.model_copy(update={"position": (9.0, 9.0)}) for node in project.design.nodes)
    assert (
        fingerprint(project.model_copy(update={"design": project.design.model_copy(update={"nodes": moved})}))
        == known
    )


@pytest.mark.parametrize(
    "settings", [{"batch_size": 8}, {"device": "cpu"}, {"jit": "on"}, {"precision": "mixed_float16"}]
)
def test_what_changes_the_speed_changes_the_fingerprint(
    project: Project, settings: dict[str, object]
) -> None:
    assert fingerprint(on(project, **settings)) != fingerprint(project)


def test_a_whole_run_is_its_start_and_its_epochs() -> None:
    assert whole_s({"start_s": 2.0, "seconds_per_epoch": 0.5}, 10) == 7.0


def test_the_figures_are_told_in_one_line() -> None:
    measured = {"start_s": 2.0, "seconds_per_epoch": 0.012, "peak_mb": 430.2}
    assert words(measured, 1) == "12 ms an epoch, 1 epoch in 2.0 s, 430.2 MB"
    assert words(measured | {"seconds_per_epoch": 1.2}, 15) == "1.2 s an epoch, 15 epochs in 20 s, 430.2 MB"
