"""Give attention what it is to look at: the sequence itself, or one that is drawn already."""

from collections.abc import Iterator

from builder.design.document import Edge
from builder.design.edits import Connect
from builder.translate.candidates import Candidate, Proposer
from builder.translate.scene import Scene

TYPES = ("MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention")


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.node
    if node is None or scene.type not in TYPES or not scene.graph.into(node.id):
        return
    first = scene.graph.into(node.id)[0]
    ports = [port.name for port in scene.spec.inputs if not port.optional] if scene.spec else []
    if len(ports) > 1:
        # One wire may end at any port: wire the ones that are open.
        taken = {
            str(edge.target_port[0]) if edge.target_port else ports[0] for edge in scene.graph.into(node.id)
        }
        open_ports = [name for name in ports if name not in taken]
        edges = [_wire(first, node.id, (name,)) for name in open_ports]
    else:
        listed = first.target_port is not None and len(first.target_port) > 1
        edges = [_wire(first, node.id, (ports[0], 1) if listed else None, second=not listed)]
    if edges:
        detail = f"Wire {first.source} also into what {node.id} looks at: self-attention."
        edits = tuple(Connect(edge=edge) for edge in edges)
        yield Candidate(f"Let {node.id} look at {first.source} itself", detail, edits, scene.path, 2)


def _wire(like: Edge, target: str, port: tuple[str | int, ...] | None, second: bool = False) -> Edge:
    return Edge(
        source=like.source, source_port=like.source_port, target=target,
        target_port=("inputs", 1) if second else port,
    )  # fmt: skip


ATTENTION_INPUT = Proposer(_propose)
