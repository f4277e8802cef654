"""How does a run begin with what another had learned? With everything where both are alike, else with what fits.

What fits is found by the names of the nodes. The learning rate is always the fork's own.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from builder.train import state
from builder.train.checkpoints import Checkpoint
from builder.train.course import Course
from builder.train.state import Array
from builder.train.variable_names import model_names, slot_names

if TYPE_CHECKING:
    import keras

MOST_NAMED = 3


def take_over(course: Course, kept: Checkpoint) -> str:
    """Bring the fork to where the kept epoch of the other run ended; tells in words what begins anew, if anything."""
    model, facts = course.session.model, kept.facts
    rate = float(model.optimizer.learning_rate.numpy())
    fresh = _fresh(model, kept, course.session.project.training.seed == facts.seed)
    model.optimizer.learning_rate.assign(rate)
    course.epoch, course.is_measured, course.rate = facts.epoch, True, facts.rate
    course.clock.go_on_from(facts.seconds)
    if [value.shape for value in kept.best or []] == [tuple(weight.shape) for weight in model.weights]:
        course.watch.recall(facts.watch, kept.best, is_anew=True)
        course.plateau.recall(facts.plateau)
    return fresh


def _fresh(model: "keras.Model", kept: Checkpoint, same_luck: bool) -> str:
    """Put the state over; words for what could not be."""
    names, slots = model_names(model), slot_names(model)
    if same_luck and (names, slots) == (kept.facts.names, kept.facts.slots):
        try:
            state.restore(model, kept.state)
        except ValueError:
            pass  # another shape under the same name: then what fits
        else:
            return ""
    before, after = (
        _by_name(kept.facts.names, kept.state.model),
        dict(zip(names, model.variables, strict=True)),
    )
    if not same_luck:
        before = {name: value for name, value in before.items() if ":seed" not in name}
        after = {name: variable for name, variable in after.items() if ":seed" not in name}
    told = [_layers(_put(before, after))]
    if type(model.optimizer).__name__ != kept.facts.optimizer:
        return " ".join([*filter(None, told), f"The memory of {kept.facts.optimizer} is left behind."])
    _put(
        _by_name(kept.facts.slots, kept.state.optimizer),
        dict(zip(slots, model.optimizer.variables, strict=True)),
    )
    return " ".join(filter(None, told))


def _by_name(names: Sequence[str], values: Sequence[Array]) -> dict[str, Array]:
    return dict(zip(names, values, strict=False))


def _put(values: dict[str, Array], variables: dict[str, Any]) -> list[str]:
    """Assign what is there in the same shape; the names of the other variables."""
    missing = []
    for name, variable in variables.items():
        value = values.get(name)
        if value is None or value.shape != tuple(variable.shape):
            missing.append(name)
        else:
            variable.assign(value)
    return missing


def _layers(names: Iterable[str]) -> str:
    """`Fresh weights for hidden, digit.`"""
    found = list(dict.fromkeys(name.partition(":")[0] for name in names))
    if not found:
        return ""
    shown = ", ".join(found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"Fresh weights for {shown}{more}: the epoch has none of their shape."
