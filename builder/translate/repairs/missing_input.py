"""Draw an input and wire it into a port that is open."""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.design.document import Edge, Node
from builder.design.edits import AddNode, Connect, Edit
from builder.errors import NotFound
from builder.translate import placing
from builder.translate.candidates import Candidate, Proposer, new_node
from builder.translate.open_ports import OpenPort, open_ports
from builder.translate.repair import Ghost
from builder.translate.scene import Scene
from builder.translate.specs import shape_words

USUAL = {0: [64], 1: [64], 2: [20, 8], 3: [28, 28, 1], 4: [8, 16, 16, 1], 5: [4, 8, 16, 16, 1]}
"""Shapes without batch by number of axes: a row, a sequence, an image, a volume."""


def _propose(scene: Scene) -> Iterator[Candidate]:
    if scene.issue.code == "no_input" and not scene.graph.nodes:
        yield _drawn(scene, _input(scene, _from_data(scene) or USUAL[1]), None)
    for port in open_ports(scene):
        for shape in _shapes(scene, port):
            dtype = "string" if port.spec is not None and port.spec.dtype == "string" else None
            yield _drawn(scene, _input(scene, shape, dtype), port)


def _shapes(scene: Scene, port: OpenPort) -> Iterator[list[int | None]]:
    """What the other inputs of the port have; else what the data have; else what the layer usually takes."""
    for other in scene.into(port.node.id):
        if other.shape:
            yield list(other.shape)
            return
    low = port.spec.min_rank if port.spec and port.spec.min_rank else 2
    found = _from_data(scene)
    if found and len(found) == low - 1:
        yield list(found)
    yield list(USUAL[min(max(low - 1, 1), 5)])


def _from_data(scene: Scene) -> list[int] | None:
    from builder.data import registry

    if scene.project is None or scene.project.data is None:
        return None
    try:
        return [registry.card(scene.project.data.source).feature_count]
    except NotFound:
        return None


def _input(scene: Scene, shape: list[int | None] | list[int], dtype: str | None = None) -> Node:
    params = {"shape": cast(JsonValue, list(shape))}
    return new_node(scene, "InputLayer", params | ({"dtype": dtype} if dtype else {}))


def _drawn(scene: Scene, node: Node, port: OpenPort | None) -> Candidate:
    near = port.node if port else None
    place = placing.above(scene.graph, near) if near else (0.0, 0.0)
    node = node.model_copy(update={"position": place})
    edits: list[Edit] = [AddNode(node=node)]
    if port is not None:
        edits.append(Connect(edge=Edge(source=node.id, target=port.node.id, target_port=port.path)))
    shape = node.params["shape"]
    words = shape_words(
        [size if isinstance(size, int) else None for size in shape] if isinstance(shape, list) else []
    )
    into = f" and wire it into {port.node.id}" if port else ""
    ghost = Ghost(
        type="InputLayer",
        name=node.id,
        text=words,
        near=scene.prefix + (near.id if near else ""),
        position=place,
    )
    return Candidate("Add an input", f"Draw an input of {words}{into}.", tuple(edits), scene.path, 4, ghost)


MISSING_INPUT = Proposer(_propose)
