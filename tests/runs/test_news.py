from collections.abc import Iterator

import pytest

from builder.project.document import Project
from builder.runs.news import LITTLE, News
from builder.runs.records import Event, EventKind
from builder.runs.store import Store


def happened(epoch: int) -> Iterator[Event]:
    yield Event(kind=EventKind.BATCH, at=epoch, epoch=epoch, step=7, values={"loss": 0.5})
    yield Event(kind=EventKind.EPOCH, at=epoch, epoch=epoch, values={"loss": 0.4, "val_loss": epoch % 13})
    if epoch % 5 == 0:
        yield Event(kind=EventKind.KEPT, at=epoch, epoch=epoch, text=f"Kept epoch {epoch}.")


@pytest.mark.parametrize("most", [1, 12, 1000])
def test_little_and_much_are_told_alike(store: Store, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    run_id = store.create_run("ann", Project()).id
    store.append(run_id, [Event(kind=EventKind.NOTE, text="Hello.")])
    store.append(run_id, [event for epoch in range(1, 101) for event in happened(epoch)])
    little = News(store, run_id, 20, 200)
    monkeypatch.setattr("builder.runs.news.LITTLE", 0)
    much = News(store, run_id, 20, 200)
    assert little.epochs(most, 77) == much.epochs(most, 77)
    assert little.losses() == much.losses()
    assert little.happened() == much.happened() != []
    assert little.span_s == much.span_s
    assert all(
        little.newest(kind) == much.newest(kind) is not None for kind in (EventKind.EPOCH, EventKind.NOTE)
    )


def test_before_the_first_answer_there_is_no_span(store: Store) -> None:
    run_id = store.create_run("ann", Project()).id
    store.append(run_id, list(happened(1)))
    assert News(store, run_id, 0, 2).span_s is None
    assert LITTLE > 0
