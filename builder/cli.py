"""`python -m builder`: everything that the pages do, without a browser.

Exit codes: 0 done, 1 the input has faults, 2 it cannot be read at all, 3 the run failed. Faults go to stderr, one line
each; no traceback ever reaches a person.
"""

import os
import sys
from collections.abc import Sequence

from builder.commands import parser
from builder.commands.answer import EXIT_FAILED, EXIT_FAULTY, EXIT_UNREADABLE
from builder.errors import BuilderError, Faulty, RunFailed, Unreadable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    options = parser.parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except BuilderError as error:
        code = _told(error)
    except BrokenPipeError:
        # `| head` closed the pipe: nothing is wrong; Python must not complain while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = 130
    return code


def _told(error: BuilderError) -> int:
    lines = [issue.line for issue in error.issues] if isinstance(error, Faulty) else [str(error)]
    for line in lines:
        print(" ".join(line.split()), file=sys.stderr)
    if isinstance(error, RunFailed):
        return EXIT_FAILED
    return EXIT_UNREADABLE if isinstance(error, Unreadable) else EXIT_FAULTY
