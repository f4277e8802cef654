"""Where is a run, and what must survive so that it goes on exactly there?

One object for all that the loop moves: the session, the place in it, the memory of early stopping, the clock.
"""

from dataclasses import dataclass, field

import numpy as np

from builder.errors import BuilderError
from builder.runs.records import Values
from builder.train import state
from builder.train.checkpoints import Checkpoint, Facts
from builder.train.clock import Clock
from builder.train.live_settings import LiveSettings
from builder.train.plateau import Plateau
from builder.train.session import Session
from builder.train.variable_names import model_names, slot_names
from builder.train.watch import Watch


@dataclass(slots=True)
class Course:
    """A run on its way."""

    run_id: str
    session: Session
    watch: Watch
    plateau: Plateau
    settings: LiveSettings
    epochs: int
    """The last epoch's number."""
    epoch: int = 0
    """Epochs completed and measured."""
    step: int = 0
    """Steps done of the next one."""
    running: Values = field(default_factory=dict)
    """Keras' running means of that epoch."""
    rate: float | None = None
    """Learning rate of the last step."""
    is_measured: bool = False
    """Whether the values before training are told."""
    keeps_next: bool = False
    """Whether somebody asked to keep the epoch under way."""
    clock: Clock = field(default_factory=Clock)

    @property
    def completed(self) -> int | None:
        """The epoch whose weights the model has now, if nothing was trained since."""
        return self.epoch if self.epoch and not self.step else None

    def current_rate(self) -> float:
        """The learning rate that the next step takes, to seven digits: what float32 can tell apart."""
        return float(f"{float(self.session.model.optimizer.learning_rate.numpy()):.7g}")

    def checkpoint(self) -> Checkpoint | None:
        """Copies of everything, as it is now; None where there is nothing sound to go on from."""
        if not self.is_measured:
            return None
        copies = state.capture(self.session.model)
        if not state.is_sound(self.session.model, copies):
            return None
        facts = Facts(
            run=self.run_id,
            epochs=self.epochs,
            epoch=self.epoch,
            step=self.step,
            running=self.running,
            seconds=self.clock.seconds,
            fingerprint=self.session.fingerprint,
            seed=self.session.project.training.seed,
            names=model_names(self.session.model),
            slots=slot_names(self.session.model),
            optimizer=type(self.session.model.optimizer).__name__,
            kept_wish=self.keeps_next,
            rate=self.rate,
            measured_rows=self.session.measured.count if self.session.sample.is_settled else None,
            watch=self.watch.remember(),
            plateau=self.plateau.remember(),
            live=self.settings.live,
            pending=self.settings.pending,
            changes=self.settings.made,
        )
        best = self.watch.weights
        return Checkpoint(facts, copies, None if best is None else list(map(np.asarray, best)))

    def go_on_from(self, checkpoint: Checkpoint) -> None:
        """Be exactly where the checkpoint was taken.

        Raises:
            BuilderError: The rows or the network are others than those of the checkpoint; in words.
        """
        facts = checkpoint.facts
        if facts.fingerprint != self.session.fingerprint:
            raise BuilderError(
                "The data is not what this run was trained on before.",
                "It goes on with the same rows only.",
                "Bring the old data back, or start a new run.",
            )
        self.settings.go_on_from(facts.live, facts.pending, facts.changes)
        try:
            state.restore(self.session.model, checkpoint.state)
        except ValueError:
            raise BuilderError(
                "The checkpoint does not fit the network of this run.", "", "Start a new run."
            ) from None
        self.epoch, self.step, self.running, self.rate = (
            facts.epoch,
            facts.step,
            dict(facts.running),
            facts.rate,
        )
        self.is_measured, self.keeps_next = True, facts.kept_wish
        # asked for more epochs after it had stopped early: it gets its patience anew
        self.watch.recall(facts.watch, checkpoint.best, is_anew=facts.epochs != self.epochs)
        self.plateau.recall(facts.plateau)
        self.clock.go_on_from(facts.seconds)
