"""However often and from however many tabs Train is pressed: one run."""

import threading
import time

from builder.project.templates import template
from builder.runs.records import RunState
from builder.train import launch, presence
from builder.ui import services, training


def test_two_tabs_that_press_train_at_the_same_moment_begin_one_run(app_home, monkeypatch) -> None:
    monkeypatch.setattr(presence, "ensure", lambda: None)
    monkeypatch.setattr(training, "forecast", lambda record: 800.0)
    create = services.store().create_run

    def slowly(*arguments, **options):
        time.sleep(0.1)  # long enough for the other tab to look whether a run is at work
        return create(*arguments, **options)

    monkeypatch.setattr(services.store(), "create_run", slowly)
    record = services.store().save_project("ann", template("perceptron").project)
    begun = []
    tabs = [threading.Thread(target=lambda: begun.append(training.begin(record).id)) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len(begun) == 4 and len(set(begun)) == 1
    (run,) = services.store().runs("ann")
    assert run.queued_at is not None and run.vitals == {"forecast_mb": 800.0}


def test_a_refusal_leaves_no_run_behind_and_the_next_press_works(app_home, monkeypatch) -> None:
    monkeypatch.setattr(presence, "ensure", lambda: None)
    monkeypatch.setattr(training, "forecast", lambda record: None)
    record = services.store().save_project("ann", template("perceptron").project)
    monkeypatch.setenv("LAYERLOOM_MAX_EPOCHS", "1")
    try:
        training.begin(record)
    except launch.limits.LimitReached as refused:
        assert "Set epochs to 1 or fewer." in str(refused)
    assert services.store().runs("ann") == []
    monkeypatch.delenv("LAYERLOOM_MAX_EPOCHS")
    assert training.begin(record).state is RunState.QUEUED
