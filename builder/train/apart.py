"""How is something worked out without waking TensorFlow in this process? In a forked child that ends right after.

The number of threads must be set before TensorFlow's runtime starts, and depends on the network's size, which only
Keras knows; and asking Keras starts the runtime. A fork of a process that has only imported TensorFlow is sound.
"""

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress

PATIENCE_S = 10.0


def apart(work: Callable[[], str]) -> str | None:
    """The text that `work` returns in a forked copy of this process; None: it failed, or there is no fork here."""
    if not hasattr(os, "fork"):
        return None
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        _answer(work, writing)
    os.close(writing)
    try:
        return _read(reading)
    finally:
        os.close(reading)
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(child, 0)


def _answer(work: Callable[[], str], writing: int) -> None:
    """In the child: write the answer and end without any of Python's farewells, which belong to the parent."""
    try:
        text = work().encode()
        while text:
            text = text[os.write(writing, text) :]
    except BaseException:
        os._exit(1)
    os._exit(0)


def _read(reading: int) -> str | None:
    found = b""
    while select.select([reading], [], [], PATIENCE_S)[0]:
        part = os.read(reading, 1 << 16)
        if not part:
            return found.decode() or None
        found += part
    return None
