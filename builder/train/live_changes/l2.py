"""`l2`: how strongly large weights are held back, on the kernels of one node or of all; from the next epoch on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from builder.project.document import Project
from builder.project.regularization import KERNELS, l2_by_node, with_l2
from builder.train.layer_at import layer_at
from builder.train.live_change import LiveChange, number, stranger

if TYPE_CHECKING:
    from builder.train.session import Session

MOST = 10.0


def _judge(project: Project, node: str | None, value: JsonValue) -> str | None:
    unknown = stranger(node, l2_by_node(project.design), "layer with a kernel that L2 can hold back")
    return unknown or number(value, 0, MOST, "The strength of L2")


def _fold(project: Project, node: str | None, value: JsonValue) -> Project:
    assert isinstance(value, int | float)
    return project.model_copy(update={"design": with_l2(project.design, float(value), node)})


def _told(project: Project) -> JsonValue:
    return {path: max(strengths.values()) for path, strengths in l2_by_node(project.design).items()}


def _follow(session: "Session", project: Project) -> None:
    import keras

    for path, strengths in l2_by_node(project.design).items():
        layer = layer_at(session.model, path)
        for name, strength in strengths.items() if layer is not None else ():
            regularizer = keras.regularizers.L2(strength) if strength else None
            for holder, weight in _weights(layer, KERNELS[name]):
                weight.regularizer = regularizer
                if hasattr(holder, name):
                    setattr(holder, name, regularizer)


def _weights(layer: Any, name: str) -> Iterator[tuple[Any, Any]]:
    """The layer, its cell or its inner layers, each with its weight of this name."""
    for holder in layer._flatten_layers():
        weight = getattr(holder, name, None)
        if hasattr(weight, "regularizer"):
            yield holder, weight


CHANGE = LiveChange(
    label="L2", is_instant=False, is_compiled=True, judge=_judge, fold=_fold, told=_told, follow=_follow
)
