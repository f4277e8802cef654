"""How is a whole training written in Python? Data, network, epochs and early stopping, as a run does them."""

import re
from collections.abc import Sequence

from builder.project.document import EarlyStopping, Project, ReduceRate
from builder.translate.plan import Plan
from builder.translate.printing import rows, sources, values
from builder.translate.printing.adapting import adapting
from builder.translate.printing.values import INDENT, text
from builder.translate.training import Aim, aims


def heading(name: str, what: str) -> str:
    """The docstring of a script; the name is somebody's text and cannot end it."""
    plain = re.sub(r"[^\w .,:()+-]", "_", name)[:80].strip() or "network"
    return f'"""{plain}. {what}"""'


def imports(more: Sequence[str] = ()) -> str:
    """The imports of a script."""
    return "\n".join([*sorted({"import keras", *more}, key=_import_key), "from keras import layers"])


def _import_key(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line.split()[1]


def whole(project: Project, planned: Plan, functions: Sequence[str]) -> str:
    """The script of a project whose network is sound.

    Raises:
        Faulty: No data, or columns and losses that are not decided.
    """
    table = rows.table(project, planned)
    taken = sources.Taken(imports={"import numpy as np"})
    sources.take(table.read, taken, "load_data")
    sources.take(rows.dealt, taken, "deal")
    training = project.training
    settings = {"SEED": training.seed, "EPOCHS": training.epochs, "BATCH_SIZE": training.batch_size}
    constants = [f"{name} = {value}" for name, value in (*settings.items(), *taken.constants.items())]
    opening = heading(project.name, "Reads its data, trains the network, tests and saves it.")
    top = "\n\n".join([opening, imports(sorted(taken.imports)), "\n".join(constants)])
    wanted = aims(project)
    main = [
        table.code,
        _model(project, planned, wanted, table),
        _epochs(project, wanted, table),
        _ending(project, table),
    ]
    return (
        "\n\n\n".join(
            [
                top,
                *taken.functions.values(),
                *([table.helper] if table.helper else []),
                *functions,
                "\n\n".join(main),
            ]
        )
        + "\n"
    )


def _model(project: Project, planned: Plan, wanted: Sequence[Aim], table: rows.Table) -> str:
    spec = project.training.optimizer
    arguments = [f"{name}={text(value)}" for name, value in spec.params.items()]
    losses = _structured(wanted, [text(aim.loss) for aim in wanted])
    metrics = _structured(wanted, [f"[{', '.join(map(text, aim.metrics))}]" for aim in wanted])
    parts = [
        f"optimizer=keras.optimizers.{spec.type}({', '.join(arguments)})",
        f"loss={losses}",
        f"metrics={metrics}",
        f"jit_compile={project.training.jit == 'on'}",
    ]
    lines = [
        "keras.utils.set_random_seed(SEED)",
        "model = build_model()",
        *adapting(planned, table.part("x", "train")),
    ]
    return "\n".join([*lines, values.call("model.compile", parts, indent="")])


def _structured(wanted: Sequence[Aim], written: Sequence[str]) -> str:
    if any(aim.key is not None for aim in wanted):
        pairs = (f"{text(aim.key)}: {value}" for aim, value in zip(wanted, written, strict=True))
        return "{" + ", ".join(pairs) + "}"
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _epochs(project: Project, wanted: Sequence[Aim], table: rows.Table) -> str:
    validation = f"validation_data=({table.part('x', 'validation')}, {table.part('y', 'validation')})"
    parts = [
        table.part("x", "order"),
        table.part("y", "order"),
        "batch_size=BATCH_SIZE",
        "shuffle=False",
        "initial_epoch=epoch",
        "epochs=epoch + 1",
        *([validation] if table.sizes[1] else []),
        "verbose=2",
    ]
    stopping = project.training.early_stopping
    monitor = _monitor(stopping, wanted, bool(table.sizes[1])) if stopping else ""
    lowering = project.training.reduce_lr
    before = [*(_before_stopping() if stopping else []), *(_before_lowering() if lowering else [])]
    lines = ["history = []", *before, "for epoch in range(EPOCHS):"]
    lines.append(f"{INDENT}order = train[np.random.default_rng([SEED, epoch]).permutation(len(train))]")
    lines.append(f"{INDENT}fitted = {values.call('model.fit', parts, lead='fitted = ')}")
    lines.append(f"{INDENT}history.append({{name: series[-1] for name, series in fitted.history.items()}})")
    if lowering:
        lines += _lowering(lowering, _monitor(lowering, wanted, bool(table.sizes[1])))
    if stopping:
        lines += _stopping(stopping, monitor)
    return "\n".join(lines)


def _monitor(watching: EarlyStopping | ReduceRate, wanted: Sequence[Aim], has_validation: bool) -> str:
    """What is watched: the wanted value where it is measured, else the loss of the same rows, else of training."""
    measured = {"loss", *(["accuracy"] if len(wanted) == 1 and "accuracy" in wanted[0].metrics else [])}
    if has_validation:
        measured |= {f"val_{name}" for name in measured}
    rows_of = "val_" if watching.monitor.startswith("val_") else ""
    return next((name for name in (watching.monitor, f"{rows_of}loss") if name in measured), "loss")


def _before_lowering() -> list[str]:
    return ["lowest, idle = np.inf, 0"]


def _lowering(lowering: ReduceRate, monitor: str) -> list[str]:
    """Keras' `ReduceLROnPlateau`, which would begin anew with each `fit`."""
    value = f'{"-" if monitor.endswith("accuracy") else ""}history[-1]["{monitor}"]'
    least, rate = text(lowering.min_learning_rate), "model.optimizer.learning_rate"
    return [
        f"{INDENT}idle += 1",
        f"{INDENT}if {value} < lowest - 1e-4:",
        f"{INDENT * 2}lowest, idle = {value}, 0",
        f"{INDENT}elif idle >= {lowering.patience} and float({rate}) > {least}:",
        f"{INDENT * 2}{rate} = max(float({rate}) * {text(lowering.factor)}, {least})",
        f"{INDENT * 2}idle = 0",
    ]


def _before_stopping() -> list[str]:
    return ["best, best_weights, waited = np.inf, None, 0"]


def _stopping(stopping: EarlyStopping, monitor: str) -> list[str]:
    value = f'{"-" if monitor.endswith("accuracy") else ""}history[-1]["{monitor}"]'
    lines = [
        f"{INDENT}waited += 1",
        f"{INDENT}if {value} < best:",
        f"{INDENT * 2}best, best_weights, waited = {value}, model.get_weights(), 0",
        f"{INDENT}if waited >= {stopping.patience}:",
        f"{INDENT * 2}break",
    ]
    if stopping.restore_best_weights:
        lines += ["if best_weights is not None:", f"{INDENT}model.set_weights(best_weights)"]
    return lines


def _ending(project: Project, table: rows.Table) -> str:
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", project.name).strip("-")[:60] or "network"
    testing = (
        f"model.evaluate({table.part('x', 'test')}, {table.part('y', 'test')}, return_dict=True, verbose=0)"
    )
    tested = [f'print("Test rows:", {testing})'] if table.sizes[2] else []
    return "\n".join([*tested, f"model.save({text(name + '.keras')})"])
