import pytest

from builder.runs import frames
from builder.runs.marks import BYTES, marks
from builder.runs.records import Event, EventKind


@pytest.mark.parametrize(
    ("event", "at"),
    [
        (Event(kind=EventKind.CHANGE, epoch=12, step=10, text="x"), 11.25),
        (Event(kind=EventKind.PAUSED, epoch=1, step=40, text="x"), 1.0),
        (Event(kind=EventKind.KEPT, epoch=12, text="x"), 12.0),
        (Event(kind=EventKind.KEPT, epoch=12, step=40, text="x"), 12.0),
    ],
)
def test_a_mark_stands_where_on_the_curve_it_happened(event: Event, at: float) -> None:
    assert marks([event], 40) == [(at, event.kind, "x")]


def test_what_happened_at_no_epoch_is_no_mark() -> None:
    assert marks([Event(kind=EventKind.NOTE, text="Stopped early.")], 40) == []


def test_of_many_marks_the_changes_and_the_newest_stay() -> None:
    kept = [Event(kind=EventKind.KEPT, epoch=epoch, text=f"Kept epoch {epoch}.") for epoch in range(500)]
    change = Event(kind=EventKind.CHANGE, epoch=3, step=1, text="Learning rate 0.01 to 0.001")
    told = marks([change, *kept], 40)
    assert told[0][1] is EventKind.CHANGE and told[-1][0] == 499
    assert sum(30 + len(text) for _, _, text in told) <= BYTES
    assert told == sorted(told)


def test_rates_penalties_and_standard_errors_are_no_metrics() -> None:
    told = (
        "val_loss_se",
        "loss_se",
        "loss",
        "penalty",
        "learning_rate",
        "keras_loss",
        "accuracy",
        "val_accuracy",
    )
    assert frames.metric_names(told) == ["loss", "accuracy"]
