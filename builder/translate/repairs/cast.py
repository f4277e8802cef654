"""Bring numbers of different kinds to one: a cast on the wire, where a join takes one kind only."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Proposer, insert
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    kinds = {came.dtype for came in scene.incoming}
    if len(kinds) < 2 or "string" in kinds or scene.issue.code != "shape_mismatch":
        return
    for came in scene.incoming:
        others = kinds - {came.dtype}
        for dtype in sorted(others, key=lambda kind: not kind.startswith("float")):
            title = f"Make {dtype} of {came.edge.source}"
            yield insert(scene, came.edge, ("ops.cast", {"dtype": dtype}), title=title)


CAST = Proposer(_propose)
