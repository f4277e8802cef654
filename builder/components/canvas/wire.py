"""What travels between the canvas in the browser and its desk on the server?

The browser owns the drawing while a person draws and sends whole snapshots; the server owns what the drawing means.
"""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

VERSION: Literal[1] = 1


class ChangeKind(StrEnum):
    """Why a snapshot is sent."""

    HELLO = "hello"
    """The canvas was mounted; a design comes along only when it holds edits that were never confirmed."""
    EDIT = "edit"
    LAYOUT = "layout"
    """Only positions changed."""


class Mark(BaseModel):
    """Which edit of which browser tab."""

    model_config = ConfigDict(frozen=True)

    client: str = Field(max_length=100)
    seq: int = Field(ge=0)


class Change(BaseModel):
    """A snapshot of the drawing, sent up."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    v: Literal[1]
    kind: ChangeKind
    project: str = Field(max_length=100)
    base: int | None = None
    """The stored version that the drawing was begun upon."""
    client: str = Field(max_length=100)
    seq: int = Field(ge=0)
    rev: int = Field(ge=0)
    """The last change by the server that the canvas has taken."""
    known: str | None = Field(default=None, max_length=100)
    """The set of annotations that the canvas has; see `news`."""
    design: JsonValue = None

    @property
    def mark(self) -> Mark:
        """Which edit this is."""
        return Mark(client=self.client, seq=self.seq)


class Poll(BaseModel):
    """A canvas that waits for an answer asks again; only what it has matters."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    known: str | None = Field(default=None, max_length=100)


class Notice(BaseModel):
    """One line said on the canvas."""

    model_config = ConfigDict(frozen=True)

    severity: Literal["fault", "warning", "info"]
    text: str


class ClashingVersion(BaseModel):
    """Another tab saved meanwhile; the person chooses which drawing goes on."""

    model_config = ConfigDict(frozen=True)

    rev: int
    updated_at: float
