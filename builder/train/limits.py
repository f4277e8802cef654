"""How much may one person, and one run, take of this machine? Set by whoever runs the server, told before it bites.

Each limit is an environment variable; a whole number, or empty for none. In classroom mode (`LAYERLOOM_MODE=classroom`)
there are limits from the start; on one's own machine only the machine itself sets them.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from builder import paths
from builder.errors import BuilderError
from builder.project.document import Project
from builder.runs.store import Store

AT_ONCE = "LAYERLOOM_RUNS_AT_ONCE"
EACH_AT_ONCE = "LAYERLOOM_RUNS_PER_PERSON"
WAITING = "LAYERLOOM_WAITING_PER_PERSON"
EPOCHS = "LAYERLOOM_MAX_EPOCHS"
MINUTES = "LAYERLOOM_MAX_MINUTES"
MEMORY_MB = "LAYERLOOM_WORKER_MB"
DISK_MB = "LAYERLOOM_DISK_MB"

CLASSROOM = {EACH_AT_ONCE: 2, WAITING: 20, EPOCHS: 5000, MINUTES: 60, DISK_MB: 2000}
PERSONAL = {WAITING: 200}
SHARE_OF_MACHINE = 0.85
"""Of the memory, where no limit is set: the rest keeps the server and the system alive."""
LEAST_SHARE_MB = 1500
"""In a class each run may take its share of the machine, but at least what a small network needs."""
WARN_AT = 0.8


class LimitReached(BuilderError):
    """A run may not be begun, or goes beyond what its person may take; nothing was started."""


@dataclass(frozen=True, slots=True)
class Limits:
    """None: no limit."""

    at_once: int
    """Runs at work on this machine."""
    each_at_once: int | None
    """Runs at work of one person."""
    waiting: int | None
    """Runs of one person that wait."""
    epochs: int | None
    """Of one run."""
    wall_s: float | None
    """Seconds of training of one run, pauses not counted."""
    memory_mb: float
    """Of one run's process, in MB (10^6 bytes)."""
    disk_mb: float | None
    """Of all files that one person's runs keep."""


def limits() -> Limits:
    """The limits that hold now."""
    cores = os.cpu_count() or 1
    at_once = _told(AT_ONCE) or max(2, cores)
    minutes, machine = _told(MINUTES), SHARE_OF_MACHINE * machine_mb()
    share = max(LEAST_SHARE_MB, machine / at_once) if is_classroom() else machine
    return Limits(
        at_once=at_once,
        each_at_once=_told(EACH_AT_ONCE),
        waiting=_told(WAITING),
        epochs=_told(EPOCHS),
        wall_s=None if minutes is None else 60.0 * minutes,
        memory_mb=_told(MEMORY_MB) or min(machine, share),
        disk_mb=_told(DISK_MB),
    )


def admit(store: Store, owner: str, project: Project, epochs: int | None = None) -> None:
    """See whether this person may begin another run of this project, of so many epochs (None: as it says).

    Raises:
        LimitReached: In words: what was found, what is expected, what to do.
    """
    held, asked = limits(), epochs or project.training.epochs
    if held.epochs is not None and asked > held.epochs:
        raise LimitReached(
            f"This run asks for {asked} epochs.",
            f"Here a run may have {held.epochs}.",
            f"Set epochs to {held.epochs} or fewer.",
        )
    waiting = sum(run.owner == owner for run in store.waiting())
    if held.waiting is not None and waiting >= held.waiting:
        raise LimitReached(
            f"{waiting} of your runs wait already.",
            f"Here {held.waiting} may wait for each person.",
            "Wait until one has begun, or stop one that waits.",
        )
    if held.disk_mb is not None and (used := disk_mb(store, owner)) >= held.disk_mb:
        raise LimitReached(
            f"The files of your runs take {used:.0f} MB.",
            f"Here each person has {held.disk_mb:.0f} MB.",
            "Delete runs that you no longer need, on the Runs page.",
        )


def is_classroom() -> bool:
    """Whether several people share this server."""
    return os.environ.get("LAYERLOOM_MODE") == "classroom"


def machine_mb() -> float:
    """Memory of this machine in MB (10^6 bytes), or of the container that we are in; 8000 where it does not tell."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e6
    except (AttributeError, ValueError, OSError):
        return 8000.0
    told = [_number(Path(file)) for file in _CONTAINER_LIMITS]
    return min([machine, *(one / 1e6 for one in told if one)])


def free_mb() -> float:
    """Memory that new processes can have, in MB; where the system does not tell, half of the machine's."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        (available,) = [line for line in lines if line.startswith("MemAvailable:")]
        return int(available.split()[1]) * 1024 / 1e6
    except (OSError, ValueError):
        return machine_mb() / 2


def disk_mb(store: Store, owner: str) -> float:
    """What the files of all runs of this person take, in MB."""
    return sum(_size(paths.run_folder(run.id)) for run in store.runs(owner)) / 1e6


def has_room(forecast_mb: float, at_work: Iterable[tuple[float, float]], free: float) -> bool:
    """Whether another run fits into memory.

    Args:
        forecast_mb: What it is expected to take, in MB.
        at_work: For each run at work what it is expected to take and what it has now: the difference is still to come.
        free: Memory that is free now, in MB.
    """
    coming = sum(max(0.0, expected - now) for expected, now in at_work)
    return forecast_mb <= free - coming


_CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def _told(name: str) -> int | None:
    """As the environment says, else as the mode has it; what is no number from 1 counts as none."""
    told = os.environ.get(name)
    if told is None:
        return (CLASSROOM if is_classroom() else PERSONAL).get(name)
    return int(told) if told.isdecimal() and int(told) > 0 else None


def _number(file: Path) -> int | None:
    try:
        told = file.read_text().strip()
    except OSError:
        return None
    return int(told) if told.isdecimal() else None


def _size(folder: Path) -> int:
    found = 0
    for file in folder.rglob("*"):
        try:
            found += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue  # replaced just now
    return found
