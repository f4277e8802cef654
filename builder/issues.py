"""What is wrong with a drawing or with data, said where it is.

A bad drawing is not an exception: it is a list of issues, each naming its node and argument.
"""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How much it matters; only errors keep a network from being built."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class IssueCode(StrEnum):
    """Stable names: saved, tested and printed by `check --json`."""

    UNKNOWN_LAYER = "unknown_layer"
    BAD_ARGUMENT = "bad_argument"
    MISSING_ARGUMENT = "missing_argument"
    CYCLE = "cycle"
    DANGLING_EDGE = "dangling_edge"
    DUPLICATE_ID = "duplicate_id"
    NO_INPUT = "no_input"
    TOO_LARGE = "too_large"
    SHAPE_MISMATCH = "shape_mismatch"
    NEEDS_FIT = "needs_fit"
    NOT_RELOADABLE = "not_reloadable"
    """It trains, but its `.keras` file cannot be loaded again."""
    NEWER_FORMAT = "newer_format"
    BLOCKED = "blocked"
    DATA_MISMATCH = "data_mismatch"
    """The network is sound but does not fit the chosen data."""
    UNCHECKED = "unchecked"
    """The engine could not answer; nothing is known about this node yet."""


class Issue(BaseModel):
    """One thing that is wrong, with the node and argument that it is wrong with."""

    model_config = ConfigDict(frozen=True)

    code: IssueCode
    severity: Severity = Severity.ERROR
    node: str | None = None
    """Id of the node, as a path `block1/conv` inside nested networks; None: the whole network."""
    argument: str | None = None
    message: str
    """What was found and what is needed, in plain words with the numbers in them."""
    fix: str | None = None
    """What to do about it, in plain words."""

    @property
    def line(self) -> str:
        """The issue as one line for a terminal, naming node and argument."""
        where = ".".join(part for part in (self.node, self.argument) if part)
        text = f"{self.message} {self.fix}" if self.fix else self.message
        return f"{where}: {text}" if where and not self.message.startswith(where) else text


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether at least one of the issues keeps the network from being built."""
    return any(issue.severity is Severity.ERROR for issue in issues)
