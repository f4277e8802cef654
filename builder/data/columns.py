"""Which columns feed which input, and which column does each output learn?

Faults are issues, not exceptions: the same answer serves the page (which shows them) and `prepare` (which refuses).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from builder.data.dataset import Card, Task
from builder.data.nearest import did_you_mean
from builder.data.words import listed, mismatch
from builder.issues import Issue, Severity
from builder.project.document import SAME_AS_INPUT, DataSpec


class Kind(StrEnum):
    """What an output has to say."""

    CLASS = "class"
    """Which of the classes."""
    NUMBER = "number"
    """One number."""
    INPUTS = "inputs"
    """The network's own input again."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What one output learns."""

    column: str
    """The target column, or `$inputs`."""
    kind: Kind
    class_names: tuple[str, ...] = ()

    @property
    def class_count(self) -> int:
        """Number of classes; 0 when it is not about classes."""
        return len(self.class_names)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of each input and the goal of each output, with what could not be decided."""

    inputs: dict[str, tuple[str, ...]]
    goals: dict[str, Goal]
    issues: tuple[Issue, ...]


def columns(card: Card, spec: DataSpec, input_ids: Sequence[str], output_ids: Sequence[str]) -> Columns:
    """Share out the columns of a data set as the project says.

    Without a word on inputs, the only input takes all features that are no target; without a word on targets, the
    only output learns `spec.target`, or the set's own target.
    """
    goals, goal_issues = _goals(card, spec, output_ids)
    inputs, input_issues = _inputs(card, spec, input_ids, {goal.column for goal in goals.values()})
    same = any(goal.kind is Kind.INPUTS for goal in goals.values())
    several = [_several_inputs_again(input_ids)] if same and len(input_ids) > 1 else []
    return Columns(inputs, goals, (*input_issues, *goal_issues, *several, *_copied(inputs, goals)))


def goal(card: Card, column: str | None) -> Goal:
    """What learning this column means; None is the set's own target.

    Raises:
        KeyError: The data set has no such column.
    """
    if column == SAME_AS_INPUT:
        return Goal(SAME_AS_INPUT, Kind.INPUTS)
    if column is None or column == card.target_name:
        classes = card.task is Task.CLASSIFICATION
        return Goal(card.target_name, Kind.CLASS if classes else Kind.NUMBER, card.class_names)
    if column not in card.feature_names:
        raise KeyError(column)
    return Goal(column, Kind.NUMBER)


def _goals(card: Card, spec: DataSpec, output_ids: Sequence[str]) -> tuple[dict[str, Goal], list[Issue]]:
    only: dict[str, str | None] = {output_ids[0]: spec.target} if len(output_ids) == 1 else {}
    wanted = only if spec.targets is None else spec.targets
    goals: dict[str, Goal] = {}
    issues: list[Issue] = []
    for output_id in output_ids:
        if output_id not in wanted:
            issues.append(_no_target(card, output_id, len(output_ids)))
            continue
        try:
            goals[output_id] = goal(card, wanted[output_id])
        except KeyError:
            issues.append(_unknown_column(card, output_id, wanted[output_id] or ""))
    return goals, issues


def _inputs(
    card: Card, spec: DataSpec, input_ids: Sequence[str], targets: set[str]
) -> tuple[dict[str, tuple[str, ...]], list[Issue]]:
    if spec.inputs is None:
        if len(input_ids) > 1:
            return {}, [_which_columns(card, input_id, len(input_ids)) for input_id in input_ids]
        features = tuple(name for name in card.feature_names if name not in targets)
        return dict.fromkeys(input_ids, features), []
    inputs: dict[str, tuple[str, ...]] = {}
    issues: list[Issue] = []
    for input_id in input_ids:
        wanted = spec.inputs.get(input_id, [])
        unknown = [name for name in wanted if name not in card.columns]
        issues += [_unknown_column(card, input_id, name) for name in unknown]
        if not wanted:
            issues.append(_which_columns(card, input_id, len(input_ids)))
        elif not unknown:
            inputs[input_id] = tuple(wanted)
    return inputs, issues


def _copied(inputs: dict[str, tuple[str, ...]], goals: dict[str, Goal]) -> Iterator[Issue]:
    for output_id, learnt in goals.items():
        for input_id, names in inputs.items():
            if learnt.column in names:
                yield mismatch(
                    output_id,
                    f"{output_id} learns {learnt.column}, which {input_id} is given: it would only copy it.",
                    f"Take {learnt.column} out of {input_id}.",
                    Severity.WARNING,
                )


def _which_columns(card: Card, input_id: str, count: int) -> Issue:
    why = f", one of {count} inputs" if count > 1 else ""
    message = f"{input_id}{why}, has no columns yet. {card.name} has {listed(card.feature_names)}."
    return mismatch(input_id, message, f"Choose the columns for {input_id}.")


def _no_target(card: Card, output_id: str, count: int) -> Issue:
    why = f", one of {count} outputs" if count > 1 else ""
    message = f"{output_id}{why}, has no column to learn yet. {card.name} has {listed(card.columns[::-1])}."
    return mismatch(output_id, message, f"Choose a column for {output_id}.")


def _unknown_column(card: Card, node: str, name: str) -> Issue:
    message = f"{node} asks for the column {name[:80]}, but {card.name} has none of that name."
    return mismatch(node, message, did_you_mean(name[:80], card.columns))


def _several_inputs_again(input_ids: Sequence[str]) -> Issue:
    message = f"Learning the input again needs one input; here are {len(input_ids)} ({listed(input_ids)})."
    return mismatch(None, message, "Leave one input, or choose a column to learn.")
