"""What is a run doing, as it happens? For the command line, which waits for its end."""

import time
from collections.abc import Callable, Iterator

from builder.runs.progress import Place
from builder.runs.records import Event
from builder.runs.store import Store
from builder.train import launch, presence, queue

LOOK_S = 0.1


def follow(
    store: Store, run_id: str, after: int = 0, waits: Callable[[Place], object] = lambda _: None
) -> Iterator[Event]:
    """The run's events from `after` on, old ones at once and new ones as they come, until it has ended.

    Args:
        store: Where the run is.
        run_id: The run.
        after: The number of the last event that is known.
        waits: Told every two seconds where the run stands, as long as it waits for its turn.

    Raises:
        NotFound: The run is missing, or is deleted meanwhile.
    """
    watched = time.monotonic()
    while True:
        ended = store.run(run_id).ended  # asked first: all events of an ended run are there to be read
        events = store.events(run_id, after)
        yield from events
        if events:
            after = events[-1].seq
        elif ended:
            return
        elif time.monotonic() - watched > launch.WATCH_S:
            launch.watch(store)
            presence.ensure()  # somebody waits for this run: it shall get its turn
            place = queue.place(store, store.run(run_id))
            if place is not None:
                waits(place)
            watched = time.monotonic()
        else:
            time.sleep(LOOK_S)
