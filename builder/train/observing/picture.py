"""When is a picture drawn of what a network over the plane has learned? Only while somebody looks, and at the end.

At the end of each epoch, 12 times a second at most, within a tenth of the time; in an epoch of more than a second also
on the way.
"""

import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from builder.data.plane import Plane, plane
from builder.runs import pictures
from builder.runs.pictures import Frame, Looking
from builder.runs.records import Values
from builder.train.observing.field import LAST_SIZE, LAST_UNIT_SIZE, SIZE, UNIT_SIZE, Field
from builder.train.observing.observer import Moment
from builder.train.session import Session

SHARE = 0.1
"""Of the process' own computing time: on a busy machine, waiting for one's turn is no cost of a picture."""
EVERY_S = 1 / 12
ON_THE_WAY_S = 1.0
ASK_EVERY_S = 0.2


class Turns:
    """Says when the next picture may be drawn."""

    def __init__(self) -> None:
        self._next_at = self._next_cpu = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it is time."""
        return time.monotonic() >= self._next_at and time.process_time() >= self._next_cpu

    @contextmanager
    def taken(self, is_measured: bool) -> Iterator[None]:
        """Around a picture: the more it takes, the later comes the next, unless it is no measure of the next ones."""
        now, cpu = time.monotonic(), time.process_time()
        # epochs end when they end: what a picture came late, the next comes early
        self._next_at = now + EVERY_S - min(now - self._next_at, EVERY_S / 2)
        yield
        self._next_cpu = cpu + (time.process_time() - cpu) / SHARE if is_measured else 0.0


class Picture:
    """An `Observer` that draws what has been learned; it never keeps a run from going on."""

    def __init__(self, run_id: str, session: Session, over: Plane) -> None:
        self._run_id, self._session, self._over = run_id, session, over
        self._field: Field | None = None
        self._turns = Turns()
        self._drawn_at = self._asked_at = float("-inf")
        self._looking = Looking(field=False, units=False)
        self._last = Moment(0, 0, is_epoch_end=True)
        self._shown: Moment | None = None
        self._shows_units = False
        self._known: set[Looking] = set()
        self._is_broken = False

    def see(self, moment: Moment, values: Values) -> None:
        """Draw if it is time and somebody looks."""
        self._last = moment
        if not self._turns.is_due or self._is_broken:
            return
        if not moment.is_epoch_end and time.monotonic() - self._drawn_at < ON_THE_WAY_S:
            return
        looking = self._looks()
        if looking.field:
            # the first picture compiles, for half a second
            with self._turns.taken(is_measured=looking in self._known):
                self._draw(moment)
            self._known.add(looking)

    def rest(self) -> None:
        """Draw what the paused network has learned, once for whoever comes to look."""
        if self._is_broken or not self._turns.is_due:
            return
        looking = self._looks()
        is_there = self._shown == self._last and (self._shows_units or not looking.units)
        if looking.field and not is_there:
            with self._turns.taken(is_measured=False):
                self._draw(self._last)

    def close(self) -> None:
        """Draw the picture that stays, with all hidden units."""
        if not self._is_broken:
            self._draw(self._last, is_last=True)

    def _looks(self) -> Looking:
        now = time.monotonic()
        if now - self._asked_at >= ASK_EVERY_S:
            self._asked_at, self._looking = now, pictures.wanted(self._run_id)
        return self._looking

    def _draw(self, moment: Moment, is_last: bool = False) -> None:
        try:
            frame, grids = self._picture(moment, is_last)
        except Exception:
            self._is_broken = (
                True  # a network may hold layers that nobody here has thought of; its run goes on
            )
            traceback.print_exc()
            return
        self._drawn_at, self._shown = time.monotonic(), moment
        self._shows_units = is_last or self._looking.units
        with suppress(OSError):
            pictures.write(self._run_id, frame, grids)

    def _picture(self, moment: Moment, is_last: bool) -> tuple[Frame, list[pictures.Grid]]:
        if self._field is None:
            self._field = Field(self._session.model, self._over)
        size = self._field.fitting(LAST_SIZE if is_last else SIZE)
        grids, told = self._field.answers(size, once=is_last)
        train, validation = self._field.right(told)
        shows_units = is_last or self._looking.units
        described, more = (
            self._field.units(LAST_UNIT_SIZE if is_last else UNIT_SIZE, once=is_last)
            if shows_units
            else ((), [])
        )
        stopping = self._session.project.training.early_stopping
        frame = Frame(
            kind=self._field.kind,
            epoch=moment.epoch,
            step=moment.step,
            is_epoch_end=moment.is_epoch_end,
            is_last=is_last,
            is_restored=is_last and stopping is not None and stopping.restore_best_weights,
            width=size[0],
            height=size[1],
            low=self._over.values[0],
            high=self._over.values[1],
            train=train,
            validation=validation,
            units=described,
        )
        return frame, [*grids, *more]


def picture(run_id: str, session: Session) -> Picture | None:
    """The observer for this session; None where its network is not one over the plane."""
    over = plane(session.project)
    return None if over is None else Picture(run_id, session, over)
