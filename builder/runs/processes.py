"""Is this very process still there? A pid alone is given again, so its beginning is compared too."""

import os
import subprocess
import sys
import time
from pathlib import Path


def began(pid: int) -> float | None:
    """When this process began, as a number to compare with itself; None: it is not there, or only its corpse."""
    return _began_in_proc(pid) if sys.platform == "linux" else _began_by_ps(pid)


def is_alive(pid: int | None, pid_started: float | None) -> bool:
    """Whether the process with this pid and beginning is still there."""
    return pid is not None and pid_started is not None and began(pid) == pid_started


def _began_in_proc(pid: int) -> float | None:
    """Clock ticks since the machine started: unlike a date, unmoved when the clock is set."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
    return None if fields[0] in "ZX" else float(fields[19])


def _began_by_ps(pid: int) -> float | None:
    """Unix seconds, as `ps` tells them where there is no /proc (macOS, BSD)."""
    command = ["ps", "-p", str(pid), "-o", "stat=,lstart="]
    told = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}).stdout
    state, _, beginning = told.strip().partition(" ")
    if not beginning or state.startswith("Z"):
        return None
    return time.mktime(time.strptime(beginning.strip(), "%a %b %d %H:%M:%S %Y"))
