"""Is there still room on the disk? A run that would fill it stops while its last words can be written."""

from pathlib import Path

from builder.runs import room
from builder.runs.records import Values
from builder.train.observing.observer import Moment, Share

EVERY_S = 1.0
SHARE = 0.001


class Room:
    """An observer that ends the run when the disk is nearly full."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._share = folder, Share(SHARE, EVERY_S)

    def see(self, moment: Moment, values: Values) -> None:
        """Look at most once a second.

        Raises:
            OSError: There is too little room, `ENOSPC`.
        """
        if self._share.is_due:
            with self._share.spent():
                room.check(self._folder)

    def close(self) -> None:
        """Nothing is left to be written."""
