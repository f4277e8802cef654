from builder.project.document import Project
from builder.runs.records import Event, EventKind
from builder.runs.store import Store

KINDS = EventKind.EPOCH, EventKind.BATCH, EventKind.CHANGE, EventKind.KEPT, EventKind.NOTE


def told(store: Store, run_id: str) -> list[tuple[str, int | None, int | None]]:
    return [(event.kind.value, event.epoch, event.step) for event in store.events(run_id, kinds=KINDS)]


def test_what_comes_again_is_forgotten_and_what_came_before_stays(store: Store) -> None:
    run = store.create_run("ann", Project()).id
    before = [
        Event(kind=EventKind.EPOCH, epoch=2),
        Event(kind=EventKind.KEPT, epoch=2),
        Event(kind=EventKind.BATCH, epoch=3, step=4),
        Event(kind=EventKind.CHANGE, epoch=3, step=4),
        Event(kind=EventKind.KEPT, epoch=3, step=4),
    ]
    after = [
        Event(kind=EventKind.BATCH, epoch=3, step=5),
        Event(kind=EventKind.CHANGE, epoch=3, step=6),
        Event(kind=EventKind.KEPT, epoch=3),
        Event(kind=EventKind.EPOCH, epoch=3),
        Event(kind=EventKind.CHANGE, epoch=4, step=0),
        Event(kind=EventKind.NOTE, epoch=3),
    ]
    store.append(run, before + after)
    store.rewind(run, 2, 4, "Goes on.")
    assert told(store, run) == [(event.kind.value, event.epoch, event.step) for event in before]
    again = store.run(run)
    assert (again.epoch, again.rewound) == (2, store.newest(run))


def test_going_back_to_the_beginning_forgets_even_the_first_values(store: Store) -> None:
    run = store.create_run("ann", Project()).id
    store.append(run, [Event(kind=EventKind.EPOCH, epoch=0), Event(kind=EventKind.BATCH, epoch=1, step=1)])
    store.rewind(run, -1, 0, "Begins anew.")
    assert (told(store, run), store.run(run).epoch) == ([], 0)
