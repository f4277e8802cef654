"""Why did a run end badly, in one line of plain words?"""

import errno
import signal
import sqlite3

from builder.errors import BuilderError
from builder.runs.deaths import KILLED
from builder.runs.records import RunState

_FRAME = (
    "Graph execution error",
    "Detected at node",
    "File ",
    "Stack trace",
    "Traceback",
    "Arguments received",
)
_LONGEST = 300

NO_MEMORY = "Memory ran out. Try a smaller batch size, or a smaller network."
NO_DISK = "The disk is full. What was saved before is kept; free some space and train again."


def exception(error: BaseException) -> str:
    """What stopped a worker, without types and tracebacks of the libraries; those are in its log."""
    if isinstance(error, BuilderError):
        return _cut(str(error))
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return NO_MEMORY
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "No space left on device" in str(
        error
    ):
        return NO_DISK
    if isinstance(error, sqlite3.Error):
        return f"The store cannot be written: {_cut(str(error))}."
    return f"Training cannot go on: {_cut(_telling_line(str(error))) or type(error).__name__}"


def exit_code(code: int) -> tuple[RunState, str]:
    """How a run without last words ended, from the exit code of its process (negative: a signal)."""
    if code == -signal.SIGKILL:
        return RunState.LOST, KILLED
    if code in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE):
        name = signal.Signals(-code).name
        words = (
            "crashed in the numerical library, most often because memory ran out; try a smaller batch size"
        )
        return RunState.FAILED, f"{words} ({name})"
    return RunState.LOST, f"ended without a word (exit code {code}); its log tells more"


def too_much_memory(most_mb: float) -> str:
    """A process that was ended because it took more than it may."""
    return (
        f"took more than {most_mb:.0f} MB of memory, which is the limit for one run here; try a smaller batch size,"
        " or a smaller network"
    )


def hung(seconds: float) -> str:
    """A process that was there and gave no sign of life for so long, and was ended."""
    return (
        f"hung: it gave no sign of life for {seconds:.0f} s and was ended; train again, and if it hangs again try a"
        " smaller batch size"
    )


def deaf(seconds: float) -> str:
    """A process that was asked to stop, did not in so long, and was ended."""
    return f"did not stop within {seconds:.0f} s and was ended; a smaller batch size lets it look for Stop more often"


def broken(epoch: int, step: int, layer: str | None) -> str:
    """A loss that became infinite or no number at all."""
    grew = f"layer {layer} grew beyond numbers" if layer else "the loss grew beyond numbers"
    return f"Training broke at epoch {epoch}, step {step}: {grew}. Try a tenth of the learning rate."


def _telling_line(text: str) -> str:
    """The first line that says something about the matter rather than about the library."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(_FRAME)]
    return (telling or lines or [""])[0]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."
