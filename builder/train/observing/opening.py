"""Which observers look on while a run is trained?"""

from builder.train.observing.observer import Observer
from builder.train.session import Session


def observers(run_id: str, session: Session) -> list[Observer]:
    """All that have something to see in this session, in the order in which they look."""
    return []
