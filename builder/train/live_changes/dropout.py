"""`dropout`: the share of values that Dropout layers blank out, of one or of all; counts from the next epoch on."""

from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from builder.project.document import Project
from builder.project.regularization import dropout_rates, with_dropout
from builder.train.layer_at import layer_at
from builder.train.live_change import LiveChange, number, stranger

if TYPE_CHECKING:
    from builder.train.session import Session


def _judge(project: Project, node: str | None, value: JsonValue) -> str | None:
    unknown = stranger(node, dropout_rates(project.design), "Dropout layer")
    return unknown or number(value, 0, 1, "The rate", high_allowed=False)


def _fold(project: Project, node: str | None, value: JsonValue) -> Project:
    assert isinstance(value, int | float)
    return project.model_copy(update={"design": with_dropout(project.design, float(value), node)})


def _told(project: Project) -> JsonValue:
    return dict(dropout_rates(project.design))


def _follow(session: "Session", project: Project) -> None:
    for number_, (path, rate) in enumerate(dropout_rates(project.design).items()):
        layer = layer_at(session.model, path)
        if layer is not None:
            _set_rate(layer, rate, project.training.seed + number_)


def _set_rate(layer: Any, rate: float, seed: int) -> None:
    """Keras makes no seed generator for a layer that begins with a rate of 0: it gets one when it needs one."""
    import keras

    if rate > 0 and getattr(layer, "seed_generator", None) is None:
        layer._tracker.unlock()
        layer.seed_generator = keras.random.SeedGenerator(seed)
        layer._tracker.lock()
    layer.rate = rate


CHANGE = LiveChange(
    label="Dropout", is_instant=False, is_compiled=True, judge=_judge, fold=_fold, told=_told, follow=_follow
)
