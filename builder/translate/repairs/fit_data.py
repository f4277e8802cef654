"""Make a sound network fit its data: units and activation of the output, shape and kind of the input.

Several sizes are tried: only what the data then agree to is offered, so nothing here repeats their rules.
"""

from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.data import registry
from builder.data.answers import BENDABLE, Answer, answers
from builder.data.dataset import Card
from builder.data.shapes import row_shape
from builder.design.document import Edge, Node
from builder.design.edits import AddNode, Connect
from builder.project.document import SAME_AS_INPUT
from builder.translate.candidates import Candidate, Proposer, insert, new_node, set_values, value_words
from builder.translate.placing import ROW
from builder.translate.repair import Ghost
from builder.translate.scene import Scene

FUNCTIONS = ("softmax", "sigmoid", "linear")


def _propose(scene: Scene) -> Iterator[Candidate]:
    project, node = scene.project, scene.node
    if (
        scene.issue.code != "data_mismatch"
        or project is None
        or project.data is None
        or node is None
        or scene.path
    ):
        return
    card = registry.card(project.data.source)
    if node.type == "InputLayer":
        yield from _of_input(scene, node, card)
    for answer in answers(scene.graph):
        if answer.node.id == node.id:
            yield from _of_answer(scene, answer, card)


def _of_input(scene: Scene, node: Node, card: Card) -> Iterator[Candidate]:
    if node.params.get("dtype") == "string":
        yield set_values(scene, node, {}, f"Let {node.id} hold numbers", reset=("dtype",))
    numbers = {card.feature_count}
    if scene.project is not None and scene.project.data is not None and scene.project.data.inputs is not None:
        numbers |= {len(names) for names in scene.project.data.inputs.values()}
    drawn = node.params.get("shape")
    like = [size if isinstance(size, int) else None for size in drawn] if isinstance(drawn, list) else None
    for count in sorted(numbers):
        shape = row_shape(count, card.image_shape, like)
        value = cast(JsonValue, shape)
        title = f"Set {node.id} to {value_words(value)}"
        yield set_values(scene, node, {"shape": value}, title, f"{card.title} has as many")


def _of_answer(scene: Scene, answer: Answer, card: Card) -> Iterator[Candidate]:
    learns_input = (
        scene.project is not None
        and scene.project.data is not None
        and scene.project.data.target == SAME_AS_INPUT
    )
    activation = "softmax" if card.class_count and not learns_input else "linear"
    for units in _sizes(card):
        if answer.head is not None and answer.head.params.get("units") != units:
            title = f"Set {answer.head.id} to {units} unit{'s' * (units > 1)}"
            why = f"{card.title} needs {units} here"
            yield set_values(scene, answer.head, {"units": units}, title, why)
            both: dict[str, JsonValue] = {"units": units, "activation": activation}
            if (
                answer.bend is not None
                and answer.bend.node is answer.head
                and answer.activation != activation
            ):
                yield set_values(scene, answer.head, both, f"{title} with {activation}", why).sized(4)
        yield _one_more(scene, answer, units, activation)
    bending = answer.bend.node if answer.bend is not None else None
    for function in FUNCTIONS:
        if bending is not None and bending.type in BENDABLE and answer.activation != function:
            title = f"End with {function}"
            yield set_values(scene, bending, {"activation": function}, title)
    wires = scene.graph.into(answer.node.id)
    shape = scene.shape(answer.node.id, answer.port)
    if wires and answer.head is not None and shape is not None and len(shape) == 1 and card.image_shape:
        yield insert(scene, wires[0], ("Flatten", {})).sized(6)


def _one_more(scene: Scene, answer: Answer, units: int, activation: str) -> Candidate:
    """Another Dense layer behind the output, of the size that the data need."""
    place = (answer.node.position[0], answer.node.position[1] + ROW)
    params: dict[str, JsonValue] = {"units": units} | (
        {} if activation == "linear" else {"activation": activation}
    )
    node = new_node(scene, "Dense", params).model_copy(update={"position": place})
    edits = (
        AddNode(node=node),
        Connect(edge=Edge(source=answer.node.id, target=node.id, source_port=answer.port)),
    )
    ghost = Ghost(type="Dense", name=node.id, text=f"{units} units", near=answer.node.id, position=place)
    detail = f"Put Dense with {units} unit{'s' * (units > 1)} behind {answer.node.id}."
    return Candidate("Add a Dense layer", detail, edits, scene.path, 6, ghost)


def _sizes(card: Card) -> list[int]:
    """Sizes that an output for these data may need."""
    return list(dict.fromkeys([card.class_count or 1, 1, card.feature_count]))


FIT_DATA = Proposer(_propose)
