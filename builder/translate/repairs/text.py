"""Text where numbers are needed, or numbers where text is: look words up, or change what the input holds."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Layer, Proposer, insert, insert_on_all, set_values
from builder.translate.scene import Arriving, Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    if scene.issue.code != "shape_mismatch":
        return
    wants_text = scene.spec is not None and scene.spec.dtype == "string"
    texts = [came.edge for came in scene.incoming if came.dtype == "string"]
    if len(texts) > 1 and not wants_text:
        lookup: tuple[Layer, ...] = (("StringLookup", {}), ("ops.cast", {"dtype": "float32"}))
        for count in (1, 2):
            yield insert_on_all(scene, texts, *lookup[:count], title="Number the words")
    for came in scene.incoming:
        if came.dtype == "string" and not wants_text:
            yield from _looked_up(scene, came)
        elif came.dtype != "string" and wants_text:
            yield from _hold(scene, came, "string", "text")


def _looked_up(scene: Scene, came: Arriving) -> Iterator[Candidate]:
    edge = came.edge
    why = "which gives each word a number"
    fractions = ("ops.cast", {"dtype": "float32"})
    yield insert(scene, edge, ("StringLookup", {}), title="Number the words", why=why)
    yield insert(scene, edge, ("StringLookup", {}), fractions, title="Number the words", why=why)
    if len(came.shape or ()) <= 1:
        words = ("TextVectorization", {"output_mode": "multi_hot", "max_tokens": 1000})
        if came.shape in ((), (1,)):
            yield insert(scene, edge, words, title="A column for each word", why="one column for each word")
        vectors = ("Embedding", {"input_dim": 1000, "output_dim": 16})
        title = "Learn a vector for each word"
        yield insert(scene, edge, ("StringLookup", {"max_tokens": 1000}), vectors, title=title).sized(4)
    yield from _hold(scene, came, None, "numbers")


def _hold(scene: Scene, came: Arriving, dtype: str | None, words: str) -> Iterator[Candidate]:
    """Change what the input holds from which the tensor comes."""
    for node in scene.upwards(came.edge.source):
        if node.type == "InputLayer":
            title = f"Let {node.id} hold {words}"
            if dtype:
                yield set_values(scene, node, {"dtype": dtype}, title).sized(3)
            else:
                yield set_values(scene, node, {}, title, reset=("dtype",)).sized(4)


TEXT = Proposer(_propose)
