"""What is the one thing that a fork does differently? A name, its new value, and the project that comes of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from builder.errors import BuilderError
from builder.project import regularization
from builder.project.document import EarlyStopping, Project, Training
from builder.project.settings import with_optimizer, with_settings


class Thing(StrEnum):
    """What can be changed at a fork; also the keys of `fork --set`, beside those of `train --set`."""

    LEARNING_RATE = "learning_rate"
    OPTIMIZER = "optimizer"
    BATCH_SIZE = "batch_size"
    DROPOUT = "dropout"
    """The rate of all dropout layers; `dropout.<path>`: of one."""
    L2 = "l2"
    EPOCHS = "epochs"
    """The last epoch, counted from the first of the run that is forked."""
    EARLY_STOPPING = "early_stopping"
    """Patience in epochs; "none": off."""
    SEED = "seed"
    AUGMENTATION = "augmentation"
    """Only "none": layers that vary the input let it pass."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A project with one thing changed."""

    project: Project
    words: str
    """ "learning rate 0.001 to 0.0001"."""


def altered(project: Project, key: str, value: JsonValue) -> Altered:
    """The project with one thing changed.

    Args:
        project: As it was.
        key: A `Thing`, `dropout.<path of a layer>`, or a key below `training`, such as `optimizer.params.momentum`.
        value: The new value; text is read as JSON where it is such.

    Raises:
        Faulty: No such key, or a value that it cannot have.
        BuilderError: The project has no such layers, or nothing would change.
    """
    name, _, path = key.partition(".")
    changes = _CHANGES.get(name)
    known = name in _CHANGES and (not path or name == Thing.DROPOUT)
    plain = _read(value)
    after = changes(project, plain, path) if changes and known else _set(project, key, plain)
    if after == project:
        raise BuilderError(f"{_title(key)} is {_words(plain)} already.", "", "Give another value.")
    return Altered(after, f"{_title(key)} {_words(_before(project, key))} to {_words(_before(after, key))}")


def things(project: Project) -> list[Thing]:
    """What can be changed in this project: no dropout where there is no such layer."""
    absent = set()
    if not regularization.dropout_rates(project.design):
        absent.add(Thing.DROPOUT)
    if not regularization.augmenting(project.design):
        absent.add(Thing.AUGMENTATION)
    return [thing for thing in Thing if thing not in absent]


def current(project: Project, thing: Thing) -> JsonValue:
    """The value that the project has now."""
    return _before(project, thing)


def _set(project: Project, key: str, value: JsonValue) -> Project:
    return _trained(project, with_settings(project.training, [(key, json.dumps(value))]))


def _trained(project: Project, training: Training) -> Project:
    return project.model_copy(update={"training": training})


def _rate(project: Project, value: JsonValue, _: str) -> Project:
    return _set(project, "optimizer.params.learning_rate", value)


def _optimizer(project: Project, value: JsonValue, _: str) -> Project:
    return _trained(project, with_optimizer(project.training, str(value)))


def _plain(key: str) -> Callable[[Project, JsonValue, str], Project]:
    return lambda project, value, _: _set(project, key, value)


def _dropout(project: Project, value: JsonValue, path: str) -> Project:
    rates = regularization.dropout_rates(project.design)
    if not rates or (path and path not in rates):
        there = f"There is no dropout layer {path[:60]}." if path else "This network has no dropout layer."
        remedy = f"There are {', '.join(rates)}." if rates else "Add one on the Build page."
        raise BuilderError(there, "", remedy)
    rate = _number(value, "Dropout", 0.0, 1.0)
    return project.model_copy(
        update={"design": regularization.with_dropout(project.design, rate, path or None)}
    )


def _l2(project: Project, value: JsonValue, _: str) -> Project:
    strength = 0.0 if value in _OFF else _number(value, "L2 strength", 0.0, 1e6)
    return project.model_copy(update={"design": regularization.with_l2(project.design, strength)})


def _early_stopping(project: Project, value: JsonValue, _: str) -> Project:
    if value in _OFF:
        return _trained(project, project.training.model_copy(update={"early_stopping": None}))
    kept = project.training.early_stopping or EarlyStopping()
    patience = int(_number(value, "Patience", 1, 100_001))
    changed = kept.model_copy(update={"patience": patience})
    return _trained(project, project.training.model_copy(update={"early_stopping": changed}))


def _augmentation(project: Project, value: JsonValue, _: str) -> Project:
    if value not in _OFF:
        raise BuilderError(f"Augmentation cannot become {str(value)[:40]}.", "It can be left out:", "none.")
    if not regularization.augmenting(project.design):
        raise BuilderError("This network has no layer that varies its input.", "", "Change another thing.")
    return project.model_copy(update={"design": regularization.without_augmentation(project.design)})


_OFF: tuple[JsonValue, ...] = (None, "none", "off", 0, False)
_CHANGES: Mapping[str, Callable[[Project, JsonValue, str], Project]] = {
    Thing.LEARNING_RATE: _rate,
    Thing.OPTIMIZER: _optimizer,
    Thing.BATCH_SIZE: _plain("batch_size"),
    Thing.DROPOUT: _dropout,
    Thing.L2: _l2,
    Thing.EPOCHS: _plain("epochs"),
    Thing.EARLY_STOPPING: _early_stopping,
    Thing.SEED: _plain("seed"),
    Thing.AUGMENTATION: _augmentation,
}


def _number(value: JsonValue, what: str, low: float, high: float) -> float:
    """The number, from `low` and below `high`.

    Raises:
        BuilderError: It is none, or lies outside.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value < high:
        return float(value)
    shown = str(value)[:40]
    raise BuilderError(f"{what} cannot be {shown}.", f"It must be at least {low:g} and below {high:g}.")


def _read(value: JsonValue) -> JsonValue:
    if not isinstance(value, str):
        return value
    try:
        read: JsonValue = json.loads(value)
    except ValueError:
        return value
    return read


def _before(project: Project, key: str) -> JsonValue:
    """What stands there now: a number, a name, or None for nothing."""
    training, design = project.training, project.design
    name, _, path = key.partition(".")
    if name == Thing.LEARNING_RATE:
        return training.optimizer.params.get("learning_rate")
    if name == Thing.OPTIMIZER and not path:
        return str(training.optimizer.type)
    if name == Thing.DROPOUT:
        rates = regularization.dropout_rates(design)
        return rates.get(path) if path else max(rates.values(), default=None)
    if name == Thing.L2:
        return regularization.l2_strength(design) or None
    if name == Thing.EARLY_STOPPING and not path:
        return training.early_stopping.patience if training.early_stopping else None
    if name == Thing.AUGMENTATION:
        return ", ".join(regularization.augmenting(design)) or None
    found: JsonValue = training.model_dump(mode="json")
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _title(key: str) -> str:
    """`optimizer.params.momentum` is called momentum."""
    name, _, path = key.partition(".")
    if name == Thing.DROPOUT:
        return f"dropout of {path}" if path else "dropout"
    return "L2 strength" if name == Thing.L2 else key.rpartition(".")[2].replace("_", " ")


def _words(value: JsonValue) -> str:
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
