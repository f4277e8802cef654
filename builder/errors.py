"""What can go wrong, in words for the person in front of it.

BuilderError              one clear line: what was found, what was expected, what to do
├── Unreadable            the input cannot be read at all (command line: exit 2)
├── Faulty                the input was read and has faults, listed as issues (exit 1)
├── EditRefused           an edit does not apply to this design; nothing was changed
├── NotFound              no such run, project, data set or template (or not yours)
├── Conflict              somebody else stored a newer version meanwhile
├── EngineFailed          one request to the engine failed, timed out or was cut off
└── RunFailed             a training run ended badly (exit 3)
"""

from collections.abc import Sequence

from builder.issues import Issue


class BuilderError(Exception):
    """One clear line for a person: what was found, what was expected, what to do."""

    def __init__(self, found: str, expected: str = "", remedy: str = "") -> None:
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__(" ".join(part for part in (found, expected, remedy) if part))


class Unreadable(BuilderError):
    """The input cannot be read at all: not JSON, too large, too deep, or some other format."""


class Faulty(BuilderError):
    """The input was read, but it has faults; each is one of `issues`."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(" ".join(issue.line for issue in self.issues))


class EditRefused(BuilderError):
    """The edit does not apply to this design; nothing was changed."""


class NotFound(BuilderError):
    """There is no such thing, or it belongs to somebody else: both sound the same."""


class Conflict(BuilderError):
    """A newer version was stored meanwhile, by another tab or command."""


class EngineFailed(BuilderError):
    """One request to the engine failed, took too long or was cut off."""


class RunFailed(BuilderError):
    """A training run ended badly."""
