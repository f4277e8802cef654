"""What does the Train page show of what a network has learned? Its picture, where the network takes two numbers."""

from builder.components.learned.learned import learned_picture
from builder.data import plane
from builder.runs.records import RunRecord


def learned(run: RunRecord | None) -> bool:
    """Show what `run` has learned; False where there is no such picture, and nothing is shown."""
    if run is None or plane.question(run.project) is None:
        return False
    learned_picture(run.id, key="train.learned", active=not run.ended)
    return True
