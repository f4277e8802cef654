"""`python -m builder`."""

import os
import sys

from builder.cli import main


def _mute_libraries() -> None:
    """Send what C++ libraries write to stderr nowhere; what this program says to people still arrives.

    TensorFlow writes lines at import that no setting keeps back; among them a fault of the drawing would be lost.
    """
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


if __name__ == "__main__":
    _mute_libraries()
    sys.exit(main())
