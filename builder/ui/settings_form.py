"""How does a person set the hyperparameters? A form that is made from the project and gives one back."""

import streamlit as st

from builder.data.settings import settled
from builder.design.document import Params
from builder.project.document import (
    DataSpec,
    EarlyStopping,
    OptimizerSpec,
    Project,
    ReduceRate,
    SplitSpec,
    Training,
)
from builder.project.optimizers import ARGUMENTS, Argument, Optimizer
from builder.ui import compute_form, limits_view

SHOWN = {
    Optimizer.ADAM: ("learning_rate",),
    Optimizer.ADAMW: ("learning_rate", "weight_decay"),
    Optimizer.SGD: ("learning_rate", "momentum"),
    Optimizer.RMSPROP: ("learning_rate", "momentum"),
}
"""Arguments that have a field; the others keep what the file says."""
TEST_SHARE_KEPT = 0.05
"""Some rows stay unseen until the end, however many validation takes."""


def settings(project: Project, project_id: str) -> Project:
    """Show the settings of `project` and return it as the person set them.

    Keys hold the project's id: fields of another project never keep this one's values.
    """
    key = f"train.{project_id}"
    training = project.training
    left, right = st.columns(2)
    with left:
        kind = _optimizer_kind(training.optimizer, key)
        epochs = st.number_input(
            "Epochs",
            1,
            100_000,
            training.epochs,
            key=f"{key}.epochs",
            help="Times that every training row is seen.",
        )
        limits_view.epochs_line(epochs)
    with right:
        optimizer = _optimizer(kind, training.optimizer, key)
        batch = st.number_input(
            "Batch size",
            1,
            65_536,
            training.batch_size,
            key=f"{key}.batch",
            help="Rows between two updates of the weights.",
        )
    data = _split(project.data, key) if project.data else None
    early = _early_stopping(training.early_stopping, key)
    slower = _reduce_rate(training.reduce_lr, key)
    seed = st.number_input(
        "Seed",
        0,
        2**31 - 1,
        training.seed,
        key=f"{key}.seed",
        help="Same seed, same start and same order of rows.",
    )
    computing = compute_form.computing(project, key)
    changed = {
        **computing,
        "optimizer": optimizer,
        "epochs": epochs,
        "batch_size": batch,
        "early_stopping": early,
        "reduce_lr": slower,
        "seed": seed,
    }
    return project.model_copy(update={"training": training.model_copy(update=changed), "data": data})


def _optimizer_kind(spec: OptimizerSpec, key: str) -> Optimizer:
    kinds = list(Optimizer)
    return st.selectbox("Optimizer", kinds, kinds.index(spec.type), key=f"{key}.optimizer", format_func=str)


def _optimizer(kind: Optimizer, spec: OptimizerSpec, key: str) -> OptimizerSpec:
    params: Params = dict(spec.params) if kind is spec.type else {}
    for name in SHOWN[kind]:
        argument = ARGUMENTS[kind][name]
        given = params.get(name, argument.default)
        value = _number(
            name,
            argument,
            float(given) if isinstance(given, int | float) else argument.default,
            f"{key}.{kind}.{name}",
        )
        if name in params or name == "learning_rate" or value != argument.default:
            params[name] = value
    return OptimizerSpec(type=kind, params=params)


def _number(name: str, argument: Argument, value: float, key: str) -> float:
    smallest = argument.low if argument.low_allowed else 1e-7
    largest = argument.high if argument.high_allowed else argument.high - 1e-4
    label = name.replace("_", " ").capitalize()
    step = 0.1 if name == "momentum" else 0.0005
    return float(
        st.number_input(label, smallest, largest, value, step=step, format="%g", key=key, help=argument.help)
    )


def _split(data: DataSpec, key: str) -> DataSpec:
    split = data.split
    most = round((1 - TEST_SHARE_KEPT - max(split.test, TEST_SHARE_KEPT)) * 100)
    share = st.slider(
        "Validation share",
        5,
        min(50, most),
        round(split.validation * 100),
        format="%d %%",
        key=f"{key}.validation",
        help="Rows that never train: the orange curve is measured on them.",
    )
    validation = share / 100
    if round(split.validation * 100) == share:
        return data
    changed = SplitSpec(
        kind=split.kind,
        train=round(1 - validation - split.test, 6),
        validation=validation,
        test=split.test,
        seed=split.seed,
    )
    return data.model_copy(update={"split": changed})


def _early_stopping(early: EarlyStopping | None, key: str) -> EarlyStopping | None:
    wanted = st.toggle(
        "Early stopping",
        early is not None,
        key=f"{key}.early",
        help="Stops when validation loss has not improved for so many epochs, and goes back to the best epoch.",
    )
    if not wanted:
        return None
    kept = early or EarlyStopping()
    patience = st.number_input("Patience, epochs", 1, 100_000, kept.patience, key=f"{key}.patience")
    return kept.model_copy(update={"patience": patience})


def _reduce_rate(rule: ReduceRate | None, key: str) -> ReduceRate | None:
    wanted = st.toggle(
        "Lower the learning rate when it stalls",
        rule is not None,
        key=f"{key}.slower",
        help="Each time that validation loss has not improved for so many epochs.",
    )
    if not wanted:
        return None
    kept = rule or ReduceRate()
    left, right = st.columns(2)
    factor = left.number_input(
        "Times", 0.01, 0.99, kept.factor, key=f"{key}.factor", help="0.5: the new rate is half the old one."
    )
    patience = right.number_input("After epochs", 1, 100_000, kept.patience, key=f"{key}.stalled")
    return kept.model_copy(update={"factor": factor, "patience": patience})


def loss_in_words(project: Project) -> str:
    """The loss of each output, as Keras calls it."""
    training: Training = settled(project)
    if isinstance(training.loss, dict):
        return ", ".join(f"{output}: {loss}" for output, loss in training.loss.items())
    return training.loss or "chosen from the data"
