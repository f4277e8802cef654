"""Which loss and which metrics suit what an output learns? Keras' names, as `mean_squared_error` or by class."""

from builder.data.columns import Goal, Kind
from builder.data.nearest import did_you_mean
from builder.design.names import snake

SCORES = frozenset(("sparse_categorical_crossentropy",))
"""For one unit a class, learning whole class numbers."""
YES_NO = frozenset(("binary_crossentropy", "bce", "binary_focal_crossentropy", "hinge", "squared_hinge"))
"""For one unit, learning 0 or 1."""
COLUMNS = frozenset(
    ("categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge", "kl_divergence")
) | {"kld", "dice", "tversky"}
"""For classes given as one column each, which no set here does."""
ERRORS = frozenset(
    ("mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "mse", "mae", "mape")
)
NUMBERS = ERRORS | {
    "mean_squared_logarithmic_error",
    "msle",
    "huber",
    "log_cosh",
    "poisson",
    "cosine_similarity",
}
LOSSES = SCORES | YES_NO | COLUMNS | NUMBERS

CLASS_METRICS = frozenset(("accuracy", "acc"))
SCORE_METRICS = frozenset(
    ("sparse_categorical_accuracy", "sparse_top_k_categorical_accuracy", "sparse_categorical_crossentropy")
)
YES_NO_METRICS = frozenset(("binary_accuracy", "binary_crossentropy", "bce", "auc", "precision", "recall"))
COLUMN_METRICS = frozenset(("categorical_accuracy", "top_k_categorical_accuracy", "f1_score"))
NUMBER_METRICS = ERRORS | {"mean_squared_logarithmic_error", "msle", "cosine_similarity", "log_cosh_error"}
NUMBER_METRICS |= {"poisson", "r2_score", "root_mean_squared_error", "pearson_correlation"}
METRICS = CLASS_METRICS | SCORE_METRICS | YES_NO_METRICS | COLUMN_METRICS | NUMBER_METRICS


def default_loss(goal: Goal, units: int | None) -> str:
    """The loss that suits what is learnt; one unit for two classes answers yes or no."""
    if goal.kind is not Kind.CLASS:
        return "mean_squared_error"
    return (
        "binary_crossentropy" if units == 1 and goal.class_count == 2 else "sparse_categorical_crossentropy"
    )


def default_metrics(goal: Goal) -> tuple[str, ...]:
    """What is told beside the loss: the share of right classes, or the mean error in the target's own unit."""
    return ("accuracy",) if goal.kind is Kind.CLASS else ("mean_absolute_error",)


def fitting_losses(goal: Goal, units: int | None) -> frozenset[str]:
    """Losses that can be used; squared errors of a yes-or-no unit are allowed, being instructive."""
    if goal.kind is not Kind.CLASS:
        return NUMBERS
    return YES_NO | NUMBERS if units == 1 else SCORES


def fitting_metrics(goal: Goal, units: int | None) -> frozenset[str]:
    """Metrics that can be used."""
    if goal.kind is not Kind.CLASS:
        return NUMBER_METRICS
    return CLASS_METRICS | (YES_NO_METRICS | NUMBER_METRICS if units == 1 else SCORE_METRICS)


def loss_complaint(loss: str, output: str, goal: Goal, units: int | None) -> str | None:
    """Why this loss does not suit the output, in words; None if it does."""
    known = snake(loss)
    if known in fitting_losses(goal, units):
        return None
    if known not in LOSSES:
        return f"There is no loss {loss[:80]}. {did_you_mean(loss[:80], sorted(LOSSES))}"
    return f"{loss} {_wrong(known in NUMBERS, known in COLUMNS, known in YES_NO, output, goal)}."


def metric_complaint(metric: str, output: str, goal: Goal, units: int | None) -> str | None:
    """Why this metric does not suit the output, in words; None if it does."""
    known = snake(metric)
    if known in fitting_metrics(goal, units):
        return None
    if known not in METRICS:
        return f"There is no metric {metric[:80]}. {did_you_mean(metric[:80], sorted(METRICS))}"
    yes_no, columns = known in YES_NO_METRICS, known in COLUMN_METRICS
    return f"{metric} {_wrong(known in NUMBER_METRICS, columns, yes_no, output, goal)}."


def _wrong(numbers: bool, columns: bool, yes_no: bool, output: str, goal: Goal) -> str:
    if goal.kind is Kind.INPUTS:
        return f"is for classes, but {output} learns the input again, which is numbers"
    if goal.kind is Kind.NUMBER:
        return f"is for classes, but {goal.column} is a number"
    if numbers:
        return f"is for numbers, but {goal.column} is one of {goal.class_count} classes"
    if columns:
        return f"needs one column for each class, but {goal.column} is one whole number"
    if yes_no:
        return f"is for one unit that says yes or no, but {output} scores {goal.class_count} classes"
    return f"needs one unit for each class, but {output} has 1 unit"
