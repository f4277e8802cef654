"""What is offered against a fault? A repair, checked before it is shown: what it changes and what is left then."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from builder.design.document import Edge
from builder.issues import IssueCode


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Ghost(_Part):
    """The node that a repair would put in, drawn dashed where it would go."""

    type: str
    name: str
    """Id that the node would get."""
    text: str
    """Its arguments in a few words, such as `1×1, 32 filters`."""
    edge: Edge | None = None
    """The wire that it would be put on; None: it is not put on a wire."""
    near: str
    """Full path of the node that it would stand beside."""
    position: tuple[float, float]
    """Where on the canvas, in pixels."""


class Change(_Part):
    """One argument that a repair would set."""

    node: str
    """Full path of the node."""
    param: str
    was: JsonValue = Field(default=None, alias="from")
    """The old value, or Keras' default; written as `from`."""
    to: JsonValue = None
    """The new value; None also: back to Keras' default."""


class Repair(_Part):
    """One thing that can be done about a fault. It was tried: afterwards there are fewer errors."""

    node: str | None
    """Full path of the faulty node; None: the network as a whole."""
    code: IssueCode
    title: str
    """What to do, as a button would say it."""
    detail: str
    """The same with names and numbers."""
    edits: tuple[dict[str, JsonValue], ...]
    """Edits of the whole design, in order (`within` for nested networks); together one undo step."""
    errors_before: int
    errors_after: int
    blocked_after: int = 0
    """Nodes that still wait for a fault."""
    params_before: int
    params_after: int
    params_added: int = 0
    """By the repair itself: without layers that only waited for it."""
    ghost: Ghost | None = None
    changes: tuple[Change, ...] = ()


class RepairReport(_Part):
    """All that is offered for one drawing."""

    repairs: tuple[Repair, ...] = ()
    """In order of the faults; the best first for each."""
    complete: bool = True
    """False: the time ran out before every candidate was tried."""
    elapsed_ms: float = 0.0

    def by_node(self) -> dict[str, list[Repair]]:
        """The repairs by path of the faulty node, best first; "" for the network as a whole."""
        found: dict[str, list[Repair]] = {}
        for repair in self.repairs:
            found.setdefault(repair.node or "", []).append(repair)
        return found
