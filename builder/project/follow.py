"""What in a project must follow when its drawing changes? Settings that name nodes: losses, metrics, columns.

A renamed input or output keeps its settings under the new name, also one that goes into a block or comes out of one;
those of an output that is gone are dropped, and are chosen anew from the data if it comes back.
"""

from collections.abc import Mapping
from typing import TypeVar

from builder.design.document import Design
from builder.design.order import input_ids, output_references
from builder.project.document import DataSpec, Project, Training

V = TypeVar("V")


def with_design(project: Project, design: Design) -> Project:
    """The project with another drawing; its name is the drawing's."""
    names = renames(project.design, design) | regrouped(project.design, design)
    outputs = {key or node_id for key, node_id, _ in output_references(design)}
    return project.model_copy(
        update={
            "name": design.name or "untitled",
            "design": design,
            "training": _training(project.training, names, outputs),
            "data": project.data and _data(project.data, names, set(input_ids(design)), outputs),
        }
    )


def renames(before: Design, after: Design) -> dict[str, str]:
    """`{old id: new id}` of nodes that stand in the same place of the list under another name."""
    old, new = {node.id for node in before.nodes}, {node.id for node in after.nodes}
    if len(before.nodes) != len(after.nodes):
        return {}
    return {
        one.id: other.id
        for one, other in zip(before.nodes, after.nodes, strict=True)
        if one.id not in new and other.id not in old and one.type == other.type
    }


def regrouped(before: Design, after: Design) -> dict[str, str]:
    """`{old name: new name}` of outputs that went into a block, or came out of one, and stand in the same place."""
    old, new = output_references(before), output_references(after)
    if len(old) != len(new):
        return {}
    return {
        one: other
        for (key, one, _), (_, other, _) in zip(old, new, strict=True)
        if key is None and one != other and (_holds(after, other, one) or _holds(before, one, other))
    }


def _holds(design: Design, block: str, name: str) -> bool:
    node = design.node(block)
    return node is not None and node.graph is not None and node.graph.node(name) is not None


def _training(training: Training, names: Mapping[str, str], outputs: set[str]) -> Training:
    loss, metrics = training.loss, training.metrics
    changed = {
        "loss": _kept(loss, names, outputs) if isinstance(loss, dict) else loss,
        "metrics": _kept(metrics, names, outputs) if isinstance(metrics, dict) else metrics,
    }
    return training.model_copy(update=changed)


def _data(data: DataSpec, names: Mapping[str, str], inputs: set[str], outputs: set[str]) -> DataSpec:
    changed = {
        "inputs": data.inputs and (_kept(data.inputs, names, inputs) or None),
        "targets": data.targets and (_kept(data.targets, names, outputs) or None),
    }
    return data.model_copy(update=changed)


def _kept(settings: Mapping[str, V], names: Mapping[str, str], there: set[str]) -> dict[str, V]:
    """The settings under their new names, of those that are still there."""
    renamed = {names.get(name, name): value for name, value in settings.items()}
    return {name: value for name, value in renamed.items() if name in there}
