"""How fast is this network on this machine, and how much memory does it take? Ten seconds of training tell.

The figures are kept with the run (`run.measured`); weights, curves and files are not.
"""

import hashlib
import resource
import sys
import time
from typing import Any

from builder.figures import numbers
from builder.project.document import Project
from builder.runs.records import Event, EventKind, Purpose, RunRecord, RunState
from builder.runs.store import Store
from builder.train import devices, state
from builder.train.pulse import Pulse
from builder.train.session import Session, open_session

LASTS_S = 10.0
EPOCHS = 3
"""Where so many epochs are done earlier, that is enough."""


def calibrate(store: Store, run: RunRecord, pulse: Pulse) -> None:
    """Train for ten seconds in this process, and tell the figures with the run's end."""
    begun = time.monotonic()
    devices.limit_memory()
    session = open_session(run.project, say=lambda phase: store.update_run(run.id, phase=phase))
    kept = [
        state.capture(session.model) for _ in range(2)
    ]  # as a run keeps its last sound state and its best
    _steps(session, pulse, until=0.0)
    start_s = time.monotonic() - begun
    pulse.obey("stop", lambda _: pulse.stop.set())
    store.update_run(run.id, only_if={RunState.STARTING}, state=RunState.RUNNING)
    pulse.tell(Event(kind=EventKind.STARTED), started_at=time.time(), phase="Measuring")
    steps_s = _steps(session, pulse, until=time.monotonic() + LASTS_S)
    session.settle_sample()
    evaluation_s = _evaluation_s(session)
    step_s = session.passes.train_pace.mean_s or 0.0
    measured = {
        "seconds_per_epoch": step_s * session.passes.steps + evaluation_s,
        "step_s": step_s,
        "evaluation_s": evaluation_s,
        "start_s": start_s,
        "peak_mb": _peak_mb(),
    }
    del kept
    is_whole = not pulse.stop.is_set() and steps_s > 0
    ended = RunState.FINISHED if is_whole else RunState.STOPPED
    pulse.tell(Event(kind=EventKind.FINISHED), **({"measured": measured} if is_whole else {}))
    pulse.flush()
    store.update_run(run.id, state=ended, ended_at=time.time())


def _steps(session: Session, pulse: Pulse, until: float) -> float:
    """Train until then, at most some epochs, at least two executions; the seconds it took."""
    begun, done, passes = time.monotonic(), 0, session.passes
    for epoch in range(EPOCHS):
        passes.begin(epoch)
        step = 0
        while step < passes.steps:
            if pulse.stop.is_set() or (done >= 2 and time.monotonic() >= until):
                return time.monotonic() - begun
            step = passes.train(step, min(passes.steps, step + passes.train_pace.steps)).step
            done += 1
    return time.monotonic() - begun


def _evaluation_s(session: Session) -> float:
    """Seconds of the evaluations after an epoch; the first time, which compiles, does not count."""
    rows = [each for each in (session.measured, session.validation) if each is not None]
    taken = 0.0
    for each in rows:
        session.passes.evaluate(each)
        begun = time.monotonic()
        session.passes.evaluate(each)
        taken += time.monotonic() - begun
    return taken


def _peak_mb() -> float:
    """The most memory that this process ever had resident, in MB (10^6 bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def fingerprint(project: Project) -> str:
    """The same for two projects that take as long: network, data and what is computed with, not how long."""
    kept: dict[str, Any] = project.model_dump(mode="json", include={"design", "data", "training"})
    for name in ("epochs", "seed", "early_stopping", "reduce_lr"):
        kept["training"].pop(name, None)
    kept["design"].pop("ui", None)
    for node in kept["design"]["nodes"]:
        node.pop("position", None)
        node.pop("ui", None)
    return hashlib.sha256(repr(kept).encode()).hexdigest()


def latest(store: Store, owner: str, project: Project) -> RunRecord | None:
    """The newest calibration of this network with these settings, going on or ended well."""
    wanted = fingerprint(project)
    mine = store.runs(owner, purposes=(Purpose.CALIBRATE,), most=50)
    return next(
        (run for run in mine if (run.measured or not run.ended) and fingerprint(run.project) == wanted), None
    )


def whole_s(measured: dict[str, float], epochs: int) -> float:
    """Seconds that a run of so many epochs takes, from its start on."""
    return measured["start_s"] + epochs * measured["seconds_per_epoch"]


def words(measured: dict[str, float], epochs: int) -> str:
    """`1.2 s an epoch, 15 epochs in 20 s, 820.0 MB`."""
    each, count = measured["seconds_per_epoch"], "1 epoch" if epochs == 1 else f"{epochs} epochs"
    epoch = f"{each * 1000:.0f} ms" if each < 0.1 else numbers.seconds(each)
    whole, peak = numbers.seconds(whole_s(measured, epochs)), numbers.size(measured["peak_mb"] * 1e6)
    return f"{epoch} an epoch, {count} in {whole}, {peak}"
