"""With which optimizer, losses and metrics is a project trained? Plain names first, then Keras objects of them.

The names are a pure answer (pages and printed code read it); only `compile_arguments` needs Keras.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.data.settings import settled
from builder.design import order
from builder.errors import Faulty
from builder.issues import Issue, IssueCode
from builder.project.document import Project


@dataclass(frozen=True, slots=True)
class Aim:
    """What one output is trained for."""

    key: str | None
    """Key of the output where outputs are a dict."""
    name: str
    """Key, or id of the output's node: what the project calls it."""
    loss: str
    metrics: tuple[str, ...]


def aims(project: Project) -> tuple[Aim, ...]:
    """Loss and metrics of each output in order: the project's own, else what its data asks for.

    Raises:
        Faulty: Losses or metrics are named for outputs that are not there, or an output has no loss.
        NotFound: There is no such data set.
    """
    ends = order.output_references(project.design)
    names = [key or node_id for key, node_id, _ in ends]
    _refuse_strangers(project, names)
    training = settled(project) if project.data is not None else project.training
    return tuple(
        Aim(key, name, _loss(training.loss, name), _metrics(training.metrics, name))
        for (key, _, _), name in zip(ends, names, strict=True)
    )


def _refuse_strangers(project: Project, names: Sequence[str]) -> None:
    told = (("loss", project.training.loss), ("metrics", project.training.metrics))
    strangers = [
        (what, key) for what, given in told if isinstance(given, dict) for key in given if key not in names
    ]
    fix = f"Outputs: {', '.join(names)}."
    issues = [_bad(what, f"{what} names {key}, which is no output.", fix) for what, key in strangers]
    if issues:
        raise Faulty(issues)


def _loss(given: dict[str, str] | str | None, name: str) -> str:
    loss = given.get(name) if isinstance(given, dict) else given
    if loss is None:
        raise Faulty([_bad("loss", f"{name} has no loss.", "Choose data for it, or name a loss.")])
    return loss


def _metrics(given: dict[str, list[str]] | list[str] | None, name: str) -> tuple[str, ...]:
    return tuple(given.get(name, ()) if isinstance(given, dict) else given or ())


def compile_arguments(project: Project) -> dict[str, Any]:
    """Arguments for `model.compile`: optimizer, loss and metrics, in the structure of the model's outputs.

    Raises:
        Faulty: A setting that Keras does not take; the issue names it.
    """
    wanted = aims(project)
    for aim in wanted:
        _refuse_unknown(aim)
    return {
        "optimizer": optimizer(project),
        "loss": _structured(wanted, [aim.loss for aim in wanted]),
        "metrics": _structured(wanted, [list(aim.metrics) for aim in wanted]),
    }


def _structured(wanted: Sequence[Aim], values: Sequence[Any]) -> Any:
    if any(aim.key is not None for aim in wanted):
        return {str(aim.key): value for aim, value in zip(wanted, values, strict=True)}
    return values[0] if len(values) == 1 else list(values)


def _refuse_unknown(aim: Aim) -> None:
    import keras

    for what, names, get in (("loss", [aim.loss], keras.losses.get), ("metrics", aim.metrics, _metric)):
        for name in names:
            try:
                get(name)
            except Exception:
                message = f"{what} of {aim.name} is {name[:60]!r}, which is not known."
                raise Faulty([_bad(what, message, "Choose a name that Keras has.")]) from None


def _metric(name: str) -> object:
    import keras

    return name if name in ("accuracy", "acc", "crossentropy", "ce") else keras.metrics.get(name)


def optimizer(project: Project) -> Any:
    """The optimizer of a project; its arguments were judged when the project was read."""
    import keras

    spec = project.training.optimizer
    return getattr(keras.optimizers, spec.type)(**spec.params)


def _bad(argument: str, message: str, fix: str | None = None) -> Issue:
    return Issue(code=IssueCode.BAD_ARGUMENT, argument=f"training.{argument}", message=message, fix=fix)
