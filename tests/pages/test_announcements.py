"""When a run ends, its person is told on whatever page they are; faults stay until they were read."""

from page_words import button, words
from runs_in_store import PROJECT, at_work
from streamlit.testing.v1 import AppTest

from builder.runs.records import RunState
from builder.runs.store import Store


def toasts(at: AppTest) -> list[str]:
    return [str(toast.value).replace("\\", "") for toast in at.toast]


def end(store: Store, run_id: str, state: RunState) -> None:
    store.update_run(
        run_id,
        state=state,
        best={"epoch": 2, "val_loss": 0.25, "val_accuracy": 0.9},
        rows={"train": 1258, "validation": 270, "test": 269},
        error="No memory was left." if state is RunState.FAILED else None,
    )


def test_a_run_that_finished_is_told_once_on_another_page(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("data")
    assert toasts(at) == []
    end(store, run.id, RunState.FINISHED)
    at.run()
    assert toasts(at) == ["Run 1 of digits-mlp is finished: loss 0.25, accuracy 90.0 % at epoch 2."]
    at.run()
    assert toasts(at) == []


def test_the_run_that_is_shown_on_train_tells_its_end_there_itself(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("train")
    end(store, run.id, RunState.FINISHED)
    at.run()
    assert toasts(at) == []


def test_a_run_that_was_stopped_by_hand_is_no_news(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("data")
    end(store, run.id, RunState.STOPPED)
    at.run()
    assert toasts(at) == []


def test_a_fault_is_a_line_that_stays_until_it_is_dismissed(visit, store: Store) -> None:
    run = at_work(store)
    at = visit("data")
    end(store, run.id, RunState.FAILED)
    at.run()
    assert toasts(at) == []
    assert "Run 1 of digits-mlp ended: No memory was left." in words(at).replace("\\", "")
    at.run()
    button(at, "Dismiss").click().run()
    assert "No memory was left" not in words(at)


def test_another_persons_runs_are_never_told(visit, store: Store) -> None:
    theirs = store.create_run("somebody", PROJECT)
    at = visit("data")
    end(store, theirs.id, RunState.FINISHED)
    at.run()
    assert toasts(at) == []
