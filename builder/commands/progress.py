"""How does a run look in a terminal? One line that is drawn over, and a line kept for each epoch."""

import shutil
import sys

from builder.runs.records import Event, EventKind, RunRecord, Values

BAR = 24


def scores(values: Values) -> str:
    """The values for people; standard errors are for whoever reads JSON."""
    told = {name: value for name, value in values.items() if not name.endswith("_se")}
    return "  ".join(f"{name} {value:.4f}" for name, value in told.items())


class ProgressLine:
    """Draws a run's events; on a pipe only the epochs are printed."""

    def __init__(self, run: RunRecord) -> None:
        self._run = run
        self._live = sys.stdout.isatty()

    def show(self, event: Event) -> None:
        """Draw what this event changes."""
        if event.kind is EventKind.EPOCH and event.epoch:
            self._over("")
            print(f"epoch {event.epoch:>4} of {self._run.epochs}  {scores(event.values)}", flush=True)
        elif event.kind is EventKind.BATCH and self._live:
            self._over(self._bar(event))
        elif event.text and event.kind is not EventKind.FAILED:  # why it failed is said once, at the end
            self._over("")
            print(event.text, flush=True)

    def _bar(self, event: Event) -> str:
        done = min(1.0, (event.epoch or 0) / max(self._run.epochs, 1))
        filled = round(done * BAR)
        loss = event.values.get("loss")
        return f"[{'█' * filled}{'·' * (BAR - filled)}] step {event.step}" + (
            f"  loss {loss:.4f}" if loss is not None else ""
        )

    def _over(self, text: str) -> None:
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            sys.stdout.write("\r" + text[:width].ljust(width) + "\r")
            sys.stdout.flush()
