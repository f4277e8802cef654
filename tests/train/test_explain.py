import errno
import signal
import sqlite3

import pytest

from builder.errors import NotFound
from builder.runs.records import RunState
from builder.train import explain


def test_our_own_words_are_passed_on() -> None:
    assert explain.exception(NotFound("There is no data set x.", "", "Did you mean y?")) == (
        "There is no data set x. Did you mean y?"
    )


def test_a_graph_error_is_told_by_the_line_that_says_something() -> None:
    error = ValueError(
        "Graph execution error:\n\nDetected at node Sparse defined at (most recent call last):\n"
        'File "/usr/lib/x.py", line 3, in f\n\nReceived a label value of 12 which is outside [0, 10).\n'
    )
    told = explain.exception(error)
    assert told == "Training cannot go on: Received a label value of 12 which is outside [0, 10)."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "Memory ran out"),
        (type("ResourceExhaustedError", (Exception,), {})("OOM"), "Memory ran out"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (RuntimeError("Can't write data (errno = 28, 'No space left on device')"), "The disk is full"),
        (sqlite3.OperationalError("disk I/O error"), "The store cannot be written: disk I/O error."),
        (RuntimeError(), "Training cannot go on: RuntimeError"),
    ],
)
def test_faults_are_told_in_plain_words(error: Exception, words: str) -> None:
    assert explain.exception(error).startswith(words)


def test_long_messages_are_cut_to_one_line() -> None:
    told = explain.exception(ValueError("x" * 5000))
    assert len(told) < 350 and "\n" not in told


@pytest.mark.parametrize(
    ("code", "state", "words"),
    [
        (-signal.SIGKILL, RunState.LOST, "killed by the system or by hand"),
        (-signal.SIGSEGV, RunState.FAILED, "memory ran out"),
        (-signal.SIGABRT, RunState.FAILED, "smaller batch size"),
        (1, RunState.LOST, "exit code 1"),
    ],
)
def test_an_exit_without_last_words_is_explained(code: int, state: RunState, words: str) -> None:
    told_state, told = explain.exit_code(code)
    assert told_state is state and words in told


def test_a_broken_training_names_epoch_step_layer_and_remedy() -> None:
    assert explain.broken(2, 212, "conv_b") == (
        "Training broke at epoch 2, step 212: layer conv_b grew beyond numbers. Try a tenth of the learning rate."
    )
