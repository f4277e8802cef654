import pytest

from builder.errors import Conflict
from builder.project.document import Project
from builder.runs.records import RunState
from builder.runs.store import Store
from builder.train import orders, presence


@pytest.fixture
def run_id(store: Store, project: Project, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run that has told its last epoch."""
    monkeypatch.setattr(presence, "ensure", lambda: None)
    made = store.create_run("ann", project)
    store.update_run(made.id, state=RunState.RUNNING, epoch=made.epochs)
    return made.id


def test_a_run_that_died_after_its_last_epoch_goes_on_to_write_its_model(store: Store, run_id: str) -> None:
    store.note_death(run_id, RunState.LOST, "killed")
    orders.resume(store, run_id, "ann")
    assert store.run(run_id).state is RunState.QUEUED


def test_a_run_that_is_finished_has_nothing_to_go_on_with(store: Store, run_id: str) -> None:
    store.update_run(run_id, state=RunState.FINISHED)
    with pytest.raises(Conflict, match="has come to its end"):
        orders.resume(store, run_id, "ann")
