"""Where do projects, runs and events live? In one SQLite file, and this package holds the only SQL.

The contract: every write is atomic and survives a kill right after it returns; writers wait for one another; events of
a run are numbered 1, 2, 3 …, none twice (a run that goes back to a checkpoint leaves gaps); a run that ended
changes its state only by being resumed; whoever names an `owner` sees only that owner's rows, and foreign rows sound
like missing ones. A broken file is set aside and made again from what the runs kept of themselves.
"""

from pathlib import Path

from builder import paths
from builder.runs.deaths import DeathRows
from builder.runs.project_rows import ProjectRows
from builder.runs.rescue import open_database
from builder.runs.turn_rows import TurnRows


class Store(TurnRows, DeathRows, ProjectRows):
    """Projects, runs, events and commands; safe to use from any thread and process."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or paths.store_file()
        self._database = open_database(self.path)

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        self._database.close()
