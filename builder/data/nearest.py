"""Which of the known names was probably meant?"""

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 12


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`"Did you mean iris?"`, or what there is when nothing comes near (at most 12 names)."""
    names = list(known)
    close = get_close_matches(name.lower(), {known_name.lower(): known_name for known_name in names}, n=1)
    if close:
        return f"Did you mean {next(known_name for known_name in names if known_name.lower() == close[0])}?"
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"There is: {', '.join(names[:SHOWN])}{more}."
