"""Does anybody want runs to be started, and is there a supervisor to do it?

The page server and the command line touch a file while they are there, and start a supervisor where there is none. The
supervisor holds a lock that ends with its process, however it ends: there is one for each `LAYERLOOM_HOME`.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from builder import paths
from builder.runs import lock, processes

FRESH_S = 6.0
"""A presence that was not renewed for so long is over."""
EVERY_S = 1.0
"""How often it is renewed, and the supervisor looked for: one that was killed is back within about a second."""
DYING_S = 3.0
"""A supervisor that was killed looks dead a moment before the system has taken its lock away."""
MOST_LOG_BYTES = 1_000_000
_PRESENCE, _CARD, _LOCK, LOG = "presence", "supervisor.json", "supervisor.lock", "supervisor.log"
_started: dict[Path, subprocess.Popen[bytes]] = {}
_starting = threading.Lock()


def ensure() -> None:
    """Say that somebody is there, and start a supervisor where none is at work; does not wait for it."""
    home = paths.home()
    (home / _PRESENCE).touch()
    with _starting:
        mine = _started.get(home)
        if (mine is not None and mine.poll() is None) or supervisor() is not None:
            return
        _started[home] = _spawn(home)


def is_wanted() -> bool:
    """Whether somebody was there in the last `FRESH_S` seconds."""
    try:
        return time.time() - (paths.home() / _PRESENCE).stat().st_mtime < FRESH_S
    except OSError:
        return False


def supervisor() -> int | None:
    """The pid of the supervisor at work, if there is one."""
    found = _card()
    return found[0] if found else None


def _card() -> tuple[int, str] | None:
    """Pid and code of the supervisor at work."""
    try:
        card = json.loads((paths.home() / _CARD).read_text())
        pid, began = int(card["pid"]), float(card["began"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (pid, str(card.get("code"))) if processes.is_alive(pid, began) else None


@cache
def code() -> str:
    """Which state of the program this process was started from."""
    files = sorted(paths.PACKAGE.rglob("*.py"))
    facts = [(str(file), file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def relieve() -> None:
    """Let a supervisor of another state of the program go; its runs go on, and the next one finds them."""
    found = _card()
    if found is not None and found[1] != code():
        with suppress(OSError):
            os.kill(found[0], signal.SIGTERM)


@contextmanager
def alone() -> Iterator[bool]:
    """Be the only supervisor of this home, if there is no other: False then."""
    home = paths.home()
    with lock.held(home / _LOCK, wait_s=DYING_S) as first:
        if first:
            _leave_card(home)
        yield first


def is_mine() -> bool:
    """Whether this process is the supervisor that this home knows; not so when the home was removed."""
    return supervisor() == os.getpid()


def _leave_card(home: Path) -> None:
    pid = os.getpid()
    card = home / f"{_CARD}.{pid}"
    card.write_text(json.dumps({"pid": pid, "began": processes.began(pid), "code": code()}))
    card.replace(home / _CARD)


def stay() -> threading.Event:
    """Be present from now on, in a thread; set the event that is returned to end it.

    A supervisor that an older state of the program has left is replaced once: a server that was updated trains with
    what it shows.
    """
    end = threading.Event()

    def renew() -> None:
        with suppress(OSError):
            relieve()
        while True:
            with suppress(OSError):  # a full disk, a folder being moved: the next time is soon
                ensure()
            if end.wait(EVERY_S):
                return

    threading.Thread(target=renew, name="presence", daemon=True).start()
    return end


def _spawn(home: Path) -> subprocess.Popen[bytes]:
    log = home / LOG
    if log.exists() and log.stat().st_size > MOST_LOG_BYTES:
        log.unlink(missing_ok=True)
    with log.open("ab") as told:
        return subprocess.Popen(
            [sys.executable, "-m", "builder.train.supervisor"],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            cwd=paths.PROJECT,
            env=os.environ | {"LAYERLOOM_HOME": str(home)},
            start_new_session=True,
        )
