"""Delete a wire: one of a circle, one that leads nowhere, one too many."""

from collections.abc import Iterator

from builder.design import order
from builder.design.document import Edge
from builder.design.edits import Connect, Disconnect, Edit
from builder.translate.candidates import REMOVED, Candidate, Proposer
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    if scene.issue.code == "cycle":
        yield from _of_circle(scene)
    elif scene.issue.code == "dangling_edge":
        yield from _leading_nowhere(scene)
    elif scene.issue.code == "shape_mismatch" and scene.node is not None and len(scene.incoming) > 1:
        for number, came in enumerate(reversed(scene.incoming)):
            yield _without(scene, came.edge).sized(REMOVED + number)


def _of_circle(scene: Scene) -> Iterator[Candidate]:
    circle = order.cycle(scene.graph)
    for here, there in zip(circle, (*circle[1:], *circle[:1]), strict=True):
        for edge in scene.graph.edges:
            if (edge.source, edge.target) == (here, there):
                yield _without(scene, edge).sized(2 if _runs_up(scene, edge) else 4)


def _runs_up(scene: Scene, edge: Edge) -> bool:
    """Whether the wire runs against the usual direction: most likely the one that closed the circle."""
    source, target = scene.graph.node(edge.source), scene.graph.node(edge.target)
    return source is not None and target is not None and target.position[1] <= source.position[1]


def _leading_nowhere(scene: Scene) -> Iterator[Candidate]:
    ids = {node.id for node in scene.graph.nodes}
    lost = [edge for edge in scene.graph.edges if not {edge.source, edge.target} <= ids]
    for edge in lost:
        yield _without(scene, edge).sized(2)
    if len(lost) > 1:
        edits = tuple(Disconnect(edge=edge) for edge in lost)
        yield Candidate(
            f"Delete {len(lost)} wires", "Delete all wires that lead nowhere.", edits, scene.path, 3
        )
    for edge in scene.graph.into(scene.node.id) if scene.node else ():
        yield _without(scene, edge).sized(6)
        yield from _other_end(scene, edge)
    yield from _numbered_anew(scene)


def _other_end(scene: Scene, edge: Edge) -> Iterator[Candidate]:
    """The same wire from the first output, or to the first argument."""
    if edge.source_port:
        again = edge.model_copy(update={"source_port": 0})
        yield _rewired(scene, [edge], [again], f"Take the first output of {edge.source}")
    if edge.target_port is not None:
        again = edge.model_copy(update={"target_port": None})
        yield _rewired(scene, [edge], [again], f"Wire {edge.source} into the first port")


def _numbered_anew(scene: Scene) -> Iterator[Candidate]:
    if scene.node is None or scene.spec is None or not scene.spec.inputs or not scene.spec.inputs[0].many:
        return
    wires = [came.edge for came in scene.incoming]
    name = scene.spec.inputs[0].name
    anew = [edge.model_copy(update={"target_port": (name, number)}) for number, edge in enumerate(wires)]
    if anew != wires:
        yield _rewired(scene, wires, anew, f"Number the wires of {scene.node.id} anew")


def _rewired(scene: Scene, old: list[Edge], new: list[Edge], title: str) -> Candidate:
    cut: list[Edit] = [Disconnect(edge=edge) for edge in reversed(old)]
    edits = (*cut, *(Connect(edge=edge) for edge in new))
    return Candidate(title, f"{title}.", edits, scene.path, 3)


def _without(scene: Scene, edge: Edge) -> Candidate:
    words = f"the wire from {edge.source} to {edge.target}"
    return Candidate(f"Delete {words}", f"Delete {words}.", (Disconnect(edge=edge),), scene.path, REMOVED)


DELETE_WIRE = Proposer(_propose)
