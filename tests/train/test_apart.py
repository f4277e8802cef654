import os
import time

import pytest

from builder.train import apart as apart_module
from builder.train.apart import apart


def test_the_answer_comes_from_another_process() -> None:
    text = apart(lambda: str(os.getpid()))
    assert text is not None and int(text) != os.getpid()


def test_a_long_answer_comes_whole() -> None:
    assert apart(lambda: "x" * 300_000) == "x" * 300_000


def test_work_that_fails_or_hangs_has_no_answer_and_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fork, born = os.fork, list[int]()

    def forked() -> int:
        pid = fork()
        born.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", forked)
    monkeypatch.setattr(apart_module, "PATIENCE_S", 0.2)
    assert apart(lambda: 1 / 0) is None  # type: ignore[arg-type, return-value]
    assert apart(lambda: time.sleep(60) or "late") is None
    assert len(born) == 2
    assert [pid for pid in born if _is_there(pid)] == []


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
