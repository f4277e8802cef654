"""Who notices that a worker died while nobody looked? A thread of the server, once a second."""

import logging
import threading

from builder.runs.store import Store
from builder.train import launch

EVERY_S = 1.0
_LOG = logging.getLogger(__name__)


class Watcher:
    """Explains the deaths of workers in plain words, also of those that an earlier server had started."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch-runs", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; runs go on."""
        self._ended.set()
        self._thread.join(timeout=2 * EVERY_S)

    def _watch(self) -> None:
        while not self._ended.wait(EVERY_S):
            try:
                launch.watch(self._store)
            except Exception:
                # A locked or full disk passes; the watcher must outlive it, or deaths would go unexplained for ever.
                _LOG.exception("Looking after the runs failed; trying again.")
