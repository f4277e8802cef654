"""How is a run that a command started told until its end? Lines for people, JSON lines for programs."""

import json
import sys

from builder.commands.answer import EXIT_DONE, EXIT_FAILED
from builder.commands.progress import ProgressLine, scores
from builder.figures import numbers
from builder.runs.progress import Place
from builder.runs.records import Event, EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.train import follow, launch

_BAD = (RunState.FAILED, RunState.LOST)


def follow_to_end(store: Store, run: RunRecord, as_json: bool) -> int:
    """Tell all that happens in a run that was started; Ctrl-C asks it to stop. The exit code that follows."""
    teller = _Teller(store, run, as_json)
    try:
        teller.tell_until_end()
    except KeyboardInterrupt:
        launch.stop(store, run.id)
        print(f"\nStopping; run {run.id} keeps what it learned.", file=sys.stderr)
        teller.tell_until_end()
    ended = store.run(run.id)
    _say_end(ended, as_json)
    return EXIT_FAILED if ended.state in _BAD else EXIT_DONE


class _Teller:
    """Tells each event once, also when it was interrupted in between."""

    def __init__(self, store: Store, run: RunRecord, as_json: bool) -> None:
        self._store, self._run = store, run
        self._line = None if as_json else ProgressLine(run)
        self._seq = 0
        self._place: Place | None = None

    def tell_until_end(self) -> None:
        for event in follow.follow(self._store, self._run.id, self._seq, self._waits):
            self._seq = event.seq
            if self._line is not None:
                self._line.show(event)
            elif event.kind not in (EventKind.FINISHED, EventKind.FAILED):
                print(json.dumps(_told(self._run.id, event)), flush=True)

    def _waits(self, place: Place) -> None:
        """Once for each place, on stderr: it is nothing that happened in the run."""
        if self._line is None or (self._place and self._place.place == place.place):
            return
        self._place = place
        wait = "" if not place.wait_s else f", about {numbers.seconds(place.wait_s)}"
        print(f"Waiting for its turn: place {place.place} of {place.of}{wait}.", file=sys.stderr, flush=True)


def _told(run_id: str, event: Event) -> dict[str, object]:
    facts: dict[str, object] = {"kind": event.kind.value, "run": run_id, "at": event.at}
    if event.epoch is not None:
        facts["epoch"] = event.epoch
    if event.step is not None:
        facts["step"] = event.step
    if event.values:
        facts["metrics"] = event.values
    return facts | ({"text": event.text} if event.text else {})


def _say_end(ended: RunRecord, as_json: bool) -> None:
    failed = ended.state in _BAD
    if as_json:
        kind = "failed" if failed else "finished"
        facts = {
            "state": ended.state.value,
            "error": ended.error,
            "metrics": ended.metrics,
            "best": ended.best,
        }
        print(json.dumps({"kind": kind, "run": ended.id, **facts, "test": ended.test}), flush=True)
    elif failed:
        print(ended.error or "The run failed.", file=sys.stderr)
    else:
        print(f"{ended.state} after epoch {ended.epoch}: {scores(ended.metrics or {})}\nrun {ended.id}")
