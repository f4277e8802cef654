"""Whole numbers where fractions are needed: scale them, look each up, or let the input hold fractions."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Proposer, insert, insert_on_all, set_values
from builder.translate.scene import Arriving, Scene

PIXELS = 1 / 255
VOCABULARY = 1000
LENGTH = 16


def _propose(scene: Scene) -> Iterator[Candidate]:
    whole = [came for came in scene.incoming if came.dtype.startswith(("int", "uint", "bool"))]
    if scene.issue.code != "shape_mismatch" or not whole:
        return
    if len(whole) > 1:
        edges = [came.edge for came in whole]
        yield insert_on_all(scene, edges, ("Rescaling", {"scale": 1.0}), title="Make fractions of all")
    for came in whole:
        yield from _as_fractions(scene, came)


def _as_fractions(scene: Scene, came: Arriving) -> Iterator[Candidate]:
    edge, axes = came.edge, len(came.shape or ())
    scale = PIXELS if came.dtype == "uint8" else 1.0
    why = "which makes fractions of them" if scale == 1.0 else "which makes fractions from 0 to 1 of them"
    yield insert(scene, edge, ("Rescaling", {"scale": scale}), title="Scale the numbers", why=why)
    yield insert(scene, edge, ("ops.cast", {"dtype": "float32"}), title="Make fractions of them").sized(3)
    if axes in (1, 2):
        embedding = ("Embedding", {"input_dim": VOCABULARY, "output_dim": LENGTH})
        why = "which gives each number a vector that is learnt"
        yield insert(scene, edge, embedding, title="Learn a vector for each number", why=why).sized(4)
    if axes == 1 and came.shape == (1,):
        encoding = ("CategoryEncoding", {"num_tokens": 10, "output_mode": "one_hot"})
        yield insert(scene, edge, encoding, title="A column for each number").sized(5)
    source = scene.graph.node(edge.source)
    if source is not None and source.type == "InputLayer" and "dtype" in source.params:
        title = f"Let {source.id} hold fractions"
        yield set_values(scene, source, {}, title, reset=("dtype",)).sized(4)


WHOLE_NUMBERS = Proposer(_propose)
