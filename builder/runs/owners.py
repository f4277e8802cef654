"""May this person see this row? Foreign and missing sound the same."""

import secrets

from builder.errors import NotFound

PERSONAL_OWNER = "local"
"""Whose everything is in personal mode, and what the command line trains."""


def mine(owner: str | None) -> tuple[str, tuple[str, ...]]:
    """A condition to append to a WHERE clause, and its values; None sees everything (command line)."""
    return ("", ()) if owner is None else (" AND owner = ?", (owner,))


def no_run(run_id: str) -> NotFound:
    """The answer for a run that is missing or somebody else's."""
    return NotFound(f"There is no run {_short(run_id)}.", "", "See the list of runs for those that exist.")


def no_project(project_id: str) -> NotFound:
    """The answer for a project that is missing or somebody else's."""
    return NotFound(
        f"There is no project {_short(project_id)}.", "", "It may have been deleted in another tab."
    )


def new_id() -> str:
    """A name for a row and its folder: 16 hexadecimal digits, not to be guessed."""
    return secrets.token_hex(8)


def _short(text: str) -> str:
    """What was asked for, cut so that it fits into a sentence."""
    return repr(text if len(text) <= 40 else text[:37] + "...")
