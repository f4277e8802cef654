"""Set an argument that a layer cannot do without to the value that a new node of this type has."""

from collections.abc import Iterator

from builder.translate.candidates import Candidate, Proposer, set_values, value_words
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.holder
    if node is None or scene.spec is None or scene.issue.code != "missing_argument":
        return
    open_values = {
        param.name: param.start
        for param in (*scene.spec.params, *scene.spec.args)
        if param.required and param.name not in (node.params | node.args) and param.start is not None
    }
    if scene.issue.argument in open_values:
        name, value = scene.issue.argument, open_values[scene.issue.argument]
        yield set_values(scene, node, {name: value}, f"Set {name} to {value_words(value)}")
    if len(open_values) > 1:
        yield set_values(scene, node, open_values, "Set what is missing").sized(4)


MISSING_VALUE = Proposer(_propose)
