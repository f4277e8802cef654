"""What is a network, written down? The document `layerloom/1`.

Immutable: every change is a pure function `Design -> Design` (see `edits`). Reading is structural only; what is wrong
with a network that was read (cycles, wrong arguments, shapes) is reported as issues, so that no drawing is ever lost.
"""

from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_serializer
from pydantic_core.core_schema import SerializerFunctionWrapHandler

FORMAT = "layerloom/1"
ID_PATTERN = r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$"

NodeId = Annotated[str, Field(pattern=ID_PATTERN)]
Params = dict[str, JsonValue]
PortPath = tuple[str | int, ...]


class _Part(BaseModel):
    """A frozen part of the document that is written without its defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        written: dict[str, object] = handler(self)
        defaults = _defaults(type(self))
        return {
            name: value
            for name, value in written.items()
            if name not in defaults or getattr(self, name) != defaults[name]
        }


@cache
def _defaults(part: type[_Part]) -> dict[str, object]:
    """The values that are not written. Kept: asking pydantic for each node took half of the time of saving 1000."""
    fields = part.model_fields
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in fields.items()
        if not field.is_required()
    }


class Node(_Part):
    """One call of a layer, operation or nested network."""

    id: NodeId
    """Unique within its graph, and the Keras name of the layer."""
    type: str = Field(min_length=1, max_length=100)
    """Class in `keras.layers`, `ops.<name>`, `Model` (nested network) or `Call` (a layer drawn elsewhere, again)."""
    params: Params = Field(default_factory=dict)
    """Constructor arguments that differ from Keras' defaults."""
    args: Params = Field(default_factory=dict)
    """Call arguments that are not tensors."""
    of: str | None = None
    """For `Call`: the node whose layer is called again; a path from outside a nested graph."""
    graph: "Design | None" = None
    """For `Model`: the nested network."""
    bypass: bool = False
    """Whether the call is left out: its first input passes through unchanged to all that it feeds."""
    position: tuple[float, float] = (0.0, 0.0)
    """Place on the canvas in pixels; never changes the network."""
    ui: Params = Field(default_factory=dict)
    """Other looks; never changes the network."""


class Edge(_Part):
    """One wire: an output port of `source` feeds an input port of `target`."""

    source: NodeId
    target: NodeId
    source_port: int = Field(default=0, ge=0, le=1000)
    """Counts the outputs of `source` in `keras.tree.flatten` order."""
    target_port: PortPath | None = None
    """`(argument, index or key …)`; None: the first tensor argument, joined lists in the order of the wires."""


References = tuple[str, ...] | dict[str, str]
"""`"id"` or `"id:port"`, in order or by key."""


class Design(_Part):
    """A network: nodes, wires, and which of them are its inputs and outputs."""

    format: Literal["layerloom/1"] = "layerloom/1"
    name: str = Field(default="network", max_length=200)
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    inputs: References | None = None
    """None: the `InputLayer` nodes, in order."""
    outputs: References | None = None
    """None: port 0 of the nodes that are reachable from an input and feed nothing."""
    ui: Params = Field(default_factory=dict)

    @model_serializer(mode="wrap")
    def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        written = super()._without_defaults(handler)
        return {"format": self.format, "name": self.name, "nodes": self.nodes, "edges": self.edges} | written

    def node(self, node_id: str) -> Node | None:
        """The first node with this id, or None."""
        return next((node for node in self.nodes if node.id == node_id), None)

    def into(self, node_id: str) -> tuple[Edge, ...]:
        """The wires that end at this node, in document order."""
        return tuple(edge for edge in self.edges if edge.target == node_id)

    def out_of(self, node_id: str) -> tuple[Edge, ...]:
        """The wires that begin at this node, in document order."""
        return tuple(edge for edge in self.edges if edge.source == node_id)
