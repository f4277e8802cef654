"""`frozen`: the layers whose weights stay as they are; a list of nodes; counts from the next epoch on."""

from typing import TYPE_CHECKING

from pydantic import JsonValue

from builder.catalog import lookup
from builder.design import edits
from builder.design.document import Design, Node
from builder.project.document import Project
from builder.project.regularization import placed
from builder.train.layer_at import layer_at
from builder.train.live_change import LiveChange

if TYPE_CHECKING:
    from builder.train.session import Session


def _judge(project: Project, node: str | None, value: JsonValue) -> str | None:
    if node is not None or not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return "Frozen layers are given as a list of their names; an empty one freezes none."
    learning = learners(project.design)
    strangers = [str(each) for each in value if each not in learning]
    if strangers:
        return f"{strangers[0][:60]!r} has no weights to freeze; these have: {', '.join(learning[:12])}."
    drawn = [path for path, at in _learning_nodes(project.design) if at.params.get("trainable") is False]
    if thawed := [path for path in drawn if path not in value]:
        return f"{thawed[0]} is frozen in the drawing; to let it learn, train a new run."
    if set(learning) <= set(value):
        return "One layer at least must go on learning."
    return None


def _fold(project: Project, node: str | None, value: JsonValue) -> Project:
    assert isinstance(value, list)
    design = project.design
    for path in learners(design):
        design = _set(design, path, path in value)
    return project.model_copy(update={"design": design})


def _told(project: Project) -> JsonValue:
    return [path for path, node in _learning_nodes(project.design) if node.params.get("trainable") is False]


def learners(design: Design) -> list[str]:
    """Paths of the layers that have weights to learn, frozen or not."""
    return [path for path, _ in _learning_nodes(design)]


def _learning_nodes(design: Design) -> list[tuple[str, Node]]:
    return [
        ("/".join((*path, node.id)), node)
        for path, node in placed(design)
        if not node.bypass and _has_weights(node.type)
    ]


def _has_weights(kind: str) -> bool:
    """Layers that can be told how their weights begin."""
    spec = lookup.layer(kind)
    return spec is not None and any(parameter.name.endswith("_initializer") for parameter in spec.params)


def _set(design: Design, path: str, is_frozen: bool) -> Design:
    *blocks, node_id = path.split("/")
    changed = edits.SetParams(
        id=node_id,
        params={"trainable": False} if is_frozen else {},
        reset=() if is_frozen else ("trainable",),
    )
    return edits.apply(design, edits.inside(tuple(blocks), changed))


def _follow(session: "Session", project: Project) -> None:
    frozen_blocks = {
        "/".join((*path, node.id))
        for path, node in placed(project.design)
        if node.graph is not None and node.params.get("trainable") is False
    }
    for path, node in _learning_nodes(project.design):
        layer = layer_at(session.model, path)
        if layer is not None:
            inside_frozen = any(path.startswith(f"{block}/") for block in frozen_blocks)
            layer.trainable = node.params.get("trainable") is not False and not inside_frozen


CHANGE = LiveChange(
    label="Frozen layers",
    is_instant=False,
    is_compiled=True,
    judge=_judge,
    fold=_fold,
    told=_told,
    follow=_follow,
)
