"""A fork begins with the settings that held when its epoch was kept."""

from pathlib import Path

import pytest

from builder.experiments import moment
from builder.experiments.moment import as_trained
from builder.project.templates import template
from builder.runs.records import RunRecord

PROJECT = template("mlp-digits").project
RUN = RunRecord(id="a", number=1, owner="ann", project=PROJECT, created_at=0.0, epochs=40)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))


def test_what_was_changed_until_then_is_carried_over_and_later_changes_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed_later = RUN.model_copy(update={"live": {"learning_rate": 0.5, "batch_size": 8}})
    monkeypatch.setattr(moment, "live_at", lambda run, epoch: {"batch_size": 8})
    found = as_trained(changed_later, 3).training
    assert (found.batch_size, found.epochs) == (8, 40)
    assert found.optimizer == PROJECT.training.optimizer


def test_a_kept_epoch_that_cannot_be_read_has_the_settings_of_the_beginning() -> None:
    assert as_trained(RUN, 3).training == PROJECT.training.model_copy(update={"epochs": 40})
