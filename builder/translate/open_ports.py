"""Which ports are open that must be wired?"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.catalog import lookup
from builder.catalog.spec import LayerSpec
from builder.design.document import Node, PortPath
from builder.translate.scene import Scene

MOST = 6


@dataclass(frozen=True, slots=True)
class OpenPort:
    """A place where a wire is missing."""

    node: Node
    path: PortPath | None
    """None: the first tensor argument."""
    spec: LayerSpec | None


def open_ports(scene: Scene) -> Iterator[OpenPort]:
    """The open ports that this fault is about, in the order in which to fill them."""
    if scene.issue.code == "no_input":
        yield from list(_bare(scene))[:MOST]
    elif scene.node is not None and scene.issue.code == "missing_argument":
        yield from _of_node(scene, scene.node)
    elif scene.node is not None and scene.issue.code in ("shape_mismatch", "dangling_edge"):
        yield from _too_few(scene, scene.node)


def _bare(scene: Scene) -> Iterator[OpenPort]:
    """Layers that nothing is wired to: where a network without input begins."""
    fed = {edge.target for edge in scene.graph.edges}
    for node in scene.graph.nodes:
        if node.id not in fed and node.type != "InputLayer":
            yield OpenPort(node, None, lookup.layer(node.type))


def _of_node(scene: Scene, node: Node) -> Iterator[OpenPort]:
    if scene.holder is not None and scene.holder.type == "Model":
        yield OpenPort(node, None, None)
        return
    spec = scene.spec
    names = [port.name for port in spec.inputs] if spec else []
    if scene.issue.argument in names:
        first = scene.issue.argument == names[0]
        yield OpenPort(node, None if first else (scene.issue.argument,), spec)


def _too_few(scene: Scene, node: Node) -> Iterator[OpenPort]:
    """A join, or a nested network, that takes one more."""
    if scene.holder is not None and scene.holder.type == "Model":
        taken = {edge.target_port for edge in scene.graph.into(node.id)}
        yield OpenPort(node, ("inputs", len(taken)) if taken != {None} else None, None)
    elif (
        scene.spec is not None and scene.spec.inputs and scene.spec.inputs[0].many and len(scene.incoming) < 2
    ):
        listed = [edge.target_port for edge in scene.graph.into(node.id) if edge.target_port]
        name = scene.spec.inputs[0].name
        yield OpenPort(node, (name, len(listed)) if listed else None, scene.spec)
