"""The zygote itself, with something lighter than a worker to do."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from builder.runs import processes
from builder.train.forking import Born, Ended, Forker, Unborn

PROGRAM = """
import os, signal, sys, time
from builder.train import zygote

def work(arguments):
    print("run", *arguments, "kind", os.environ["KIND"], "session", os.getsid(0) == os.getpid(), flush=True)
    print("stdin", sys.stdin.read() == "", file=sys.stderr, flush=True)
    if arguments == ["long"]:
        time.sleep(60)
    if arguments == ["broken"]:
        raise RuntimeError("told in the log")
    return 7

{before}
sys.exit(zygote.main(work))
"""
NO_FORK = """
def refused():
    raise OSError(11, "Resource temporarily unavailable")
os.fork = refused
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def forker(tmp_path: Path, before: str = "") -> Forker:
    made = Forker(tmp_path / "zygote.log", {}, [sys.executable, "-c", PROGRAM.format(before=before)])
    deadline = time.monotonic() + 60
    while not made.is_ready:
        assert made.is_alive and time.monotonic() < deadline
        time.sleep(0.02)
    return made


def news(made: Forker, count: int) -> list[object]:
    found: list[object] = []
    deadline = time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < deadline, found
        found += made.news(0.1)
    return found


def test_a_child_has_its_own_session_log_and_environment_and_its_end_is_told(tmp_path: Path) -> None:
    made = forker(tmp_path)
    assert made.fork("one", tmp_path / "one.txt", {"KIND": "first"})
    born, ended = news(made, 2)
    assert isinstance(born, Born) and born.run == "one"
    assert ended == Ended("one", born.pid, 7)
    assert (tmp_path / "one.txt").read_text() == "run one kind first session True\nstdin True\n"
    made.close()
    assert (tmp_path / "zygote.log").read_text() == ""


def test_a_child_that_breaks_or_is_killed_takes_nothing_along(tmp_path: Path) -> None:
    made = forker(tmp_path)
    made.fork("broken", tmp_path / "broken.txt", {"KIND": "x"})
    assert [type(each) for each in news(made, 2)] == [Born, Ended]
    assert "RuntimeError: told in the log" in (tmp_path / "broken.txt").read_text()
    made.fork("long", tmp_path / "long.txt", {"KIND": "x"})
    (born,) = news(made, 1)
    os.kill(born.pid, signal.SIGKILL)
    assert news(made, 1) == [Ended("long", born.pid, -signal.SIGKILL)]
    assert made.fork("one", tmp_path / "one.txt", {"KIND": "x"})
    assert len(news(made, 2)) == 2
    made.close()


def test_the_zygote_ends_with_its_stdin_and_its_children_live_on(tmp_path: Path) -> None:
    made = forker(tmp_path)
    made.fork("long", tmp_path / "long.txt", {"KIND": "x"})
    (born,) = news(made, 1)
    began = processes.began(born.pid)
    made.close()
    assert not made.is_alive and not made.is_ready and made.was_ready
    assert not made.fork("late", tmp_path / "late.txt", {"KIND": "x"})
    assert processes.is_alive(born.pid, began)
    os.kill(born.pid, signal.SIGKILL)


def test_a_system_that_refuses_to_fork_is_told_as_such(tmp_path: Path) -> None:
    made = forker(tmp_path, NO_FORK)
    made.fork("one", tmp_path / "one.txt", {"KIND": "x"})
    assert news(made, 1) == [Unborn("one", "Resource temporarily unavailable")]
    assert made.is_ready
    made.close()
