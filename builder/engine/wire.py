"""What do the engine and its client say to each other? One JSON object a line, each answer with its request's id."""

import json
from typing import Any

from pydantic import BaseModel, JsonValue

from builder.errors import BuilderError, EngineFailed, Faulty, Unreadable
from builder.issues import Issue

READY = -1
"""The id of the first line that the engine sends, once it is warm."""

Request = dict[str, JsonValue]
"""`kind` and what that kind needs; see `server.KINDS`."""


class Answer(BaseModel):
    """What came of one request."""

    id: int
    answer: dict[str, Any] | None = None
    failed: str | None = None
    """In plain words, where there is no answer."""
    unreadable: bool = False
    issues: tuple[Issue, ...] = ()

    def error(self) -> BuilderError:
        """The failure as the exception that the same code raises in place."""
        if self.issues:
            return Faulty(self.issues)
        words = self.failed or "The engine did not say why it failed."
        return Unreadable(words) if self.unreadable else EngineFailed(words)


def failure(request_id: int, error: Exception) -> Answer:
    """The answer that stands for an exception; only words that were meant for people are passed on."""
    if isinstance(error, Faulty):
        return Answer(id=request_id, issues=error.issues)
    if isinstance(error, BuilderError):
        return Answer(id=request_id, failed=str(error), unreadable=isinstance(error, Unreadable))
    if isinstance(error, MemoryError):
        return Answer(
            id=request_id, failed="This network needs more memory than there is. Make its layers smaller."
        )
    return Answer(
        id=request_id, failed=f"This could not be answered ({type(error).__name__}). Undo the last change."
    )


def line(message: dict[str, Any]) -> bytes:
    """One message as it goes through the pipe."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"
