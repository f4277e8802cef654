"""Fit a ready block to what comes in: its input, and every number that follows from it."""

from collections.abc import Iterator

from builder.design.edits import Within
from builder.project.ready_blocks import ready_blocks, refitted
from builder.translate.candidates import Candidate, Proposer
from builder.translate.scene import Scene
from builder.translate.specs import shape_words

SIZE = 1
"""What was drawn by the block is drawn anew by it; nothing that a person set is touched."""


def _propose(scene: Scene) -> Iterator[Candidate]:
    holder = scene.holder
    came = scene.incoming[0].shape if scene.incoming else None
    if holder is None or holder.graph is None or came is None or scene.issue.code != "shape_mismatch":
        return
    for block in ready_blocks():
        if block.name != holder.ui.get("block"):
            continue
        edits = tuple(Within(path=(holder.id,), edit=edit) for edit in refitted(block, holder.graph, came))
        detail = f"{len(edits)} layers inside follow from what comes in."
        if edits:
            yield Candidate(f"Fit {holder.id} to {shape_words(came)}", detail, edits, scene.path, SIZE)


FIT_BLOCK = Proposer(_propose)
