"""Where do the rows of a script come from? The loader of the data set, the same split, inputs and targets in shape."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.data import registry, sets
from builder.data.columns import Goal, Kind, columns
from builder.data.dataset import Bundled, Card, Rows, Task
from builder.data.prepare import drawn_shapes
from builder.data.split import dealt, part_sizes
from builder.data.words import mismatch
from builder.design import order
from builder.discovery import constants
from builder.errors import Faulty
from builder.issues import has_errors
from builder.project.document import Project, SplitKind
from builder.translate.plan import Plan
from builder.translate.printing.values import text

__all__ = ["Table", "dealt", "table"]

TAKE = '''def take(arrays, rows):
    """The same rows of every array."""
    return keras.tree.map_structure(lambda array: array[rows], arrays)'''


@dataclass(frozen=True, slots=True)
class Table:
    """How a script gets its rows."""

    read: Callable[[], Rows]
    """The loader of the data set."""
    code: str
    """Lines that make `x`, `y`, `train`, `validation` and `test`."""
    sizes: tuple[int, ...]
    """Rows of the three parts."""
    is_single: dict[str, bool]
    """Whether `x` and `y` are one array each."""

    def part(self, name: str, indices: str) -> str:
        """The rows of `x` or `y` that `indices` names, as Python."""
        if self.is_single[name]:
            return f"{name}[{indices}]"
        return f"take({name}, {indices})"

    @property
    def helper(self) -> str:
        """The function that `part` relies on; empty where it is not used."""
        return "" if all(self.is_single.values()) else TAKE


def table(project: Project, planned: Plan) -> Table:
    """The rows of a project.

    Raises:
        Faulty: No data is chosen, or its columns are not decided.
        NotFound: There is no such data set.
    """
    if project.data is None:
        raise Faulty([mismatch(None, "No data is chosen yet.", "Choose a data set.")])
    card = registry.card(project.data.source)
    names = [key or node_id for key, node_id, _ in planned.outputs]
    shared = columns(card, project.data, order.input_ids(project.design), names)
    if has_errors(shared.issues):
        raise Faulty(shared.issues)
    split = project.data.split
    sizes = part_sizes(card.rows, (split.train, split.validation, split.test))
    shapes = drawn_shapes(project.design)
    inputs = [_input(card, shared.inputs[node_id], shapes.get(node_id)) for _, node_id in planned.inputs]
    x = _structure([key for key, _ in planned.inputs], inputs)
    targets = [_target(card, shared.goals[name], len(inputs) == 1) for name in names]
    y = _structure([key for key, _, _ in planned.outputs], targets)
    classes = card.task is Task.CLASSIFICATION
    stratified = split.kind is SplitKind.STRATIFIED and classes
    dealt_by = "target" if stratified else 'np.zeros(len(target), "int64")'
    lines = [
        "features, target = load_data()",
        f'features, target = features.astype("float32"), target.astype("{"int64" if classes else "float32"}")',
        f"train, validation, test = deal({dealt_by}, {sizes}, {split.seed})",
        f"x = {x}",
        f"y = {y}",
    ]
    single = {"x": len(inputs) == 1 and planned.inputs[0][0] is None}
    single["y"] = len(targets) == 1 and planned.outputs[0][0] is None
    read = constants(sets, Bundled)[card.name].read
    return Table(read, "\n".join(lines), tuple(sizes), single)


def _input(card: Card, names: Sequence[str], shape: Sequence[int | None] | None) -> str:
    everything = tuple(names) == card.feature_names
    chosen = (
        "features" if everything else f"features[:, {[card.feature_names.index(name) for name in names]}]"
    )
    if shape is None or list(shape) == [len(names)]:
        return chosen
    sizes = ["-1" if size is None else str(size) for size in shape]
    return (
        f"{chosen}.reshape(len(features), {', '.join(sizes)})"
        if sizes
        else f"{chosen}.reshape(len(features))"
    )


def _target(card: Card, goal: Goal, has_one_input: bool) -> str:
    if goal.kind is Kind.INPUTS:
        return "x" if has_one_input else "x[0]"
    if goal.column == card.target_name:
        return "target" if goal.kind is Kind.CLASS else 'target[:, None].astype("float32")'
    return f"features[:, [{card.feature_names.index(goal.column)}]]"


def _structure(keys: Sequence[str | None], parts: Sequence[str]) -> str:
    if any(key is not None for key in keys):
        return "{" + ", ".join(f"{text(key)}: {part}" for key, part in zip(keys, parts, strict=True)) + "}"
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"
