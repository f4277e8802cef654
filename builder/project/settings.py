"""How is one setting of a training changed by name?

`--set optimizer.params.momentum=0.9`: the keys are those of the project file.
"""

import json
from collections.abc import Iterable

from pydantic import JsonValue

from builder.design.read import validated
from builder.errors import Faulty
from builder.issues import Issue, IssueCode
from builder.project.document import Training
from builder.project.optimizers import ARGUMENTS, Optimizer


def with_settings(training: Training, pairs: Iterable[tuple[str, str]]) -> Training:
    """The training with every `(key path, value text)` set; values are JSON, or else plain text.

    Raises:
        Faulty: No such key, or the value is of the wrong kind or out of range; the issue names the key.
    """
    raw: dict[str, JsonValue] = training.model_dump(mode="json")
    for key, text in pairs:
        _set(raw, key.split("."), _value(text), key)
    return validated(Training, raw)


def with_optimizer(training: Training, name: str) -> Training:
    """The training with another optimizer: its own default rate, and what both know carried over."""
    known = {optimizer.lower(): optimizer for optimizer in Optimizer}
    if name.lower() not in known:
        raise Faulty([_unknown("optimizer", name, list(Optimizer))])
    chosen = known[name.lower()]
    arguments = ARGUMENTS[chosen]
    kept = {key: value for key, value in training.optimizer.params.items() if key in arguments}
    rate = {"learning_rate": arguments["learning_rate"].default}
    params = kept if chosen is training.optimizer.type else {**kept, **rate}
    return validated(
        Training, training.model_dump(mode="json") | {"optimizer": {"type": chosen.value, "params": params}}
    )


def _value(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text)
    except ValueError:
        return text
    return value


def _set(raw: dict[str, JsonValue], path: list[str], value: JsonValue, key: str) -> None:
    here: dict[str, JsonValue] = raw
    for part in path[:-1]:
        if here.get(part) is None and part in here:
            here[part] = {}
        inner = here.get(part)
        if not isinstance(inner, dict):
            raise Faulty([_unknown("setting", key, list(Training.model_fields))])
        here = inner
    if here is raw and path[-1] not in Training.model_fields:
        raise Faulty([_unknown("setting", key, list(Training.model_fields))])
    here[path[-1]] = value


def _unknown(what: str, name: str, known: list[str]) -> Issue:
    message = f"There is no {what} {name[:60]!r}; there are {', '.join(known)}."
    return Issue(code=IssueCode.BAD_ARGUMENT, argument=what, message=message)
