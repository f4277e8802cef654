"""How much memory and processor does this process take just now?"""

import os
import sys
import time
from pathlib import Path

STATM = Path("/proc/self/statm")


class Vitals:
    """Figures of this process, for the page that shows its run."""

    def __init__(self) -> None:
        self._looked, self._spent = time.monotonic(), time.process_time()

    def look(self) -> dict[str, float]:
        """`memory_mb`: resident memory in MB; `cpu_percent`: since the last look, 100 is one core kept busy."""
        now, spent = time.monotonic(), time.process_time()
        passed, self._looked = now - self._looked, now
        used, self._spent = spent - self._spent, spent
        figures = {"cpu_percent": float(round(100 * used / passed))} if passed > 0 else {}
        resident = resident_mb()
        return figures if resident is None else {"memory_mb": round(resident, 1), **figures}


def resident_mb() -> float | None:
    """Resident memory of this process in MB (10^6 bytes); None where it cannot be told."""
    try:
        return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError):
        return _highest_mb()


def _highest_mb() -> float | None:
    """Without /proc: the most that was resident so far; Windows does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / 1e6 if sys.platform == "darwin" else highest * 1024 / 1e6
