"""How does each layer fare while it learns? Gradients, size of steps, dead and saturated units, histograms.

Looked at before training, after the first epoch, about every half second, and at the end; all looks together take at
most 2 % of the time. The newest figures are in `layers.json` of the run's folder, pictures in `layers.npz`.
A look that fails ends the looking, never the run.
"""

import time
import traceback

from builder.runs import layer_pictures, layers
from builder.runs.layer_pictures import Picture
from builder.runs.layers import Look
from builder.runs.records import Values
from builder.train.observing.glance import Glance, Sight
from builder.train.observing.observer import Moment, Share
from builder.train.session import Session

SHARE = 0.02
EVERY_S = 0.5
WRITTEN_EVERY_S = 2.0
"""Pictures are looked at one by one; writing all of them costs as much as a look."""


class LayerWatch:
    """An `Observer` that looks at all layers of a session."""

    def __init__(self, run_id: str, session: Session) -> None:
        self._run_id, self._session = run_id, session
        self._glance = Glance(session.model, session.measured, session.passes.batch_size)
        self._share = Share(SHARE, EVERY_S)
        older = layers.newest(run_id)
        self._seq = older.seq if older else 0
        self._pictures: list[Picture] | None = None
        self._next_writing = 0.0
        self._most = layer_pictures.most_pictures(len(self._glance.paths))
        self._noted: Moment | None = None
        """When the weights were noted, from which the next look counts their steps."""
        self._is_near = False
        """They were noted for the look that comes next."""
        self._last: Moment | None = None
        self._looked: Moment | None = None
        self._is_blind = False

    def see(self, moment: Moment, values: Values) -> None:
        """Look, if it is time: first the weights are noted, and at the next moment compared."""
        self._last = moment
        if self._is_blind:
            return
        if self._is_wanted(moment) or (self._is_near and not moment.is_epoch_end):
            self._look(moment)
        elif self._share.is_due and not moment.is_epoch_end:
            with self._share.spent():
                self._note(moment)
            self._is_near = True

    def close(self) -> None:
        """Look at what training ended with, unless that was just done."""
        if self._is_blind or self._last is None:
            return
        self._next_writing = 0.0
        if self._last != self._looked:
            self._noted = None  # the weights may be those of an earlier epoch by now
            self._look(self._last)
        elif self._pictures:
            layer_pictures.write(self._run_id, self._pictures)

    def _is_wanted(self, moment: Moment) -> bool:
        """Before training, after the first epoch and after the last that was asked for, whatever it costs."""
        ends = (0, 1, self._session.project.training.epochs)
        return moment.is_epoch_end and moment.epoch in ends

    def _note(self, moment: Moment) -> None:
        self._glance.note()
        self._noted = moment

    def _look(self, moment: Moment) -> None:
        try:
            with self._share.spent():
                sight = self._glance.look(self._steps_since_noted(moment))
                self._seq += 1
                self._keep(self._at(moment), sight)
                self._note(moment)
        except (
            Exception
        ):  # a full disk, no room left on a GPU, a layer of a new kind: training does not need this
            traceback.print_exc()
            self._is_blind = True
        self._is_near, self._last, self._looked = False, moment, moment

    def _steps_since_noted(self, moment: Moment) -> int:
        if self._noted is None:
            return 0
        steps = self._session.passes.steps
        return self._done(moment, steps) - self._done(self._noted, steps)

    @staticmethod
    def _done(moment: Moment, steps: int) -> int:
        return max(0, moment.epoch - 1) * steps + moment.step

    def _at(self, moment: Moment) -> float:
        steps = self._session.passes.steps
        return float(moment.epoch) if moment.is_epoch_end else round(self._done(moment, steps) / steps, 3)

    def _keep(self, at: float, sight: Sight) -> None:
        look = Look(seq=self._seq, at=at, rows=self._glance.rows, layers=sight.figures)
        layers.write_newest(self._run_id, look)
        if self._pictures is None:  # what a run that goes on knew, without what lies behind its checkpoint
            self._pictures = [one for one in layer_pictures.read(self._run_id) if one.at < at]
        picture = Picture(self._seq, at, sight.figures, sight.weights, sight.activations)
        self._pictures = layer_pictures.thinned([*self._pictures, picture], self._most)
        if time.monotonic() >= self._next_writing:
            layer_pictures.write(self._run_id, self._pictures)
            self._next_writing = time.monotonic() + WRITTEN_EVERY_S
