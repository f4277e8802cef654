"""Where things are kept on this machine.

`LAYERLOOM_HOME` moves everything; otherwise the platform's data folder is used.
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
ASSETS = PROJECT / "assets"
TEMPLATES = ASSETS / "templates"


def home() -> Path:
    """Folder for the store and files; made when missing, readable by its owner only."""
    import platformdirs

    folder = Path(
        os.environ.get("LAYERLOOM_HOME") or platformdirs.user_data_dir("layerloom", appauthor=False)
    )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def store_file() -> Path:
    """The SQLite file with projects, runs and events."""
    return home() / "layerloom.db"


def run_folder(run_id: str) -> Path:
    """Folder for the files of one run (weights, log); not made here."""
    return home() / "runs" / run_id
