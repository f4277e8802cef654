from builder.runs.records import EventKind
from builder.train import launch, limits, presence
from builder.train.follow import follow


def test_whoever_follows_a_run_that_waits_is_told_its_place_and_keeps_a_supervisor_there(
    store, project, monkeypatch
) -> None:
    there: list[bool] = []
    monkeypatch.setattr(presence, "ensure", lambda: there.append(True))
    monkeypatch.setattr(launch, "WATCH_S", 0.0)
    monkeypatch.setenv(limits.AT_ONCE, "1")
    first, second = (store.create_run("ann", project) for _ in range(2))
    for run in (first, second):
        launch.start(store, run.id, "ann")
    there.clear()
    places = []

    def waits(place) -> None:
        places.append((place.place, place.of))
        launch.stop(store, (first if place.place == 2 else second).id)

    told = list(follow(store, second.id, waits=waits))
    assert places == [(2, 2), (1, 1)]
    assert there
    assert [event.kind for event in told] == [EventKind.QUEUED, EventKind.FINISHED]
    assert told[-1].text == "Stopped before it began."
