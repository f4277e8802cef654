"""How long has a run been trained, over pauses and processes? By a clock that never jumps."""

import time


class Clock:
    """Counts seconds of training; stands still while it is held."""

    def __init__(self) -> None:
        self._before, self._since = 0.0, time.monotonic()
        self._is_held = False

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return self._before if self._is_held else self._before + time.monotonic() - self._since

    def go_on_from(self, seconds: float) -> None:
        """Count on from what another process reached."""
        self._before, self._since = seconds, time.monotonic()

    def hold(self) -> None:
        """Stand still until `go_on`."""
        self._before, self._is_held = self.seconds, True

    def go_on(self) -> None:
        """Count again."""
        self._since, self._is_held = time.monotonic(), False
