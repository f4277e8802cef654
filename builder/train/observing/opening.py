"""Which observers look on while a run is trained?"""

from builder.runs import artifacts
from builder.train.observing.layers import LayerWatch
from builder.train.observing.observer import Observer
from builder.train.observing.picture import picture
from builder.train.observing.room import Room
from builder.train.session import Session


def observers(run_id: str, session: Session) -> list[Observer]:
    """All that have something to see in this session, in the order in which they look."""
    found: list[Observer | None] = [
        Room(artifacts.folder(run_id)),
        LayerWatch(run_id, session),
        picture(run_id, session),
    ]
    return [observer for observer in found if observer is not None]
