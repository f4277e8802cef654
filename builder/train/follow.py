"""What is a run doing, as it happens? For the command line, which waits for its end."""

import time
from collections.abc import Iterator

from builder.runs.records import Event
from builder.runs.store import Store
from builder.train import launch, presence

LOOK_S = 0.1


def follow(store: Store, run_id: str, after: int = 0) -> Iterator[Event]:
    """The run's events from `after` on, old ones at once and new ones as they come, until it has ended.

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
            watched = time.monotonic()
        else:
            time.sleep(LOOK_S)
