from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.design.document import Design
from builder.errors import Faulty, NotFound
from builder.project import templates
from builder.project.document import DataSpec, OptimizerSpec, Project, ReduceRate, SplitSpec, Training
from builder.train import session as sessions
from builder.train.adapt import adapt
from builder.train.session import Session, compile_model, open_session


def trained(session: Session, epochs: int, at_once: int = 5) -> list[dict[str, float]]:
    """Keras' running means and the validation values of each epoch."""
    passes, told = session.passes, []
    for epoch in range(epochs):
        passes.begin(epoch)
        step = 0
        while step < passes.steps:
            done = passes.train(step, min(passes.steps, step + at_once))
            step = done.step
        validation = passes.evaluate(session.validation)
        told.append(done.values | {f"val_{name}": validation[name] for name in passes.names})
    return told


def trained_by_keras(project: Project, epochs: int) -> list[dict[str, float]]:
    """The same by `model.fit`, epoch by epoch, as the exported script does it."""
    import keras

    data, told = sessions._data(project), []
    model = sessions._seeded_model(project)
    x, y = sessions._nested(project, data, data.split.train)
    validation = sessions._nested(project, data, data.split.validation)
    adapt(model, x)
    compile_model(project, model)
    for epoch in range(epochs):
        order = np.random.default_rng([project.training.seed, epoch]).permutation(len(data.split.train))
        batches = keras.tree.map_structure(lambda rows, order=order: rows[order], (x, y))
        fitted = model.fit(
            *batches,
            batch_size=project.training.batch_size,
            shuffle=False,
            verbose=0,
            validation_data=validation,
        )
        told.append({name: values[0] for name, values in fitted.history.items()})
    return told


def template(name: str) -> Project:
    (found,) = [each.project for each in templates.templates() if each.name == name]
    return found


def test_the_curves_are_those_of_plain_keras(project: Project) -> None:
    ours, theirs = trained(open_session(project), 3), trained_by_keras(project, 3)
    for mine, plain in zip(ours, theirs, strict=True):
        assert mine == pytest.approx(plain, abs=1e-5)


def test_two_inputs_and_two_outputs_train_as_in_plain_keras() -> None:
    project = template("two-in-two-out")
    ours, theirs = trained(open_session(project), 2)[1], trained_by_keras(project, 2)[1]
    # Keras' own means of the parts do not add up to val_loss: it weighs them by batch
    parts = {name for name in theirs if name.startswith("val_") and name.endswith("_loss")} - {"val_loss"}
    for name in set(theirs) - parts:
        assert ours[name] == pytest.approx(theirs[name], abs=1e-5), name
    assert ours["val_loss"] == pytest.approx(sum(ours[name] for name in parts), abs=1e-5)


def test_the_exported_script_gives_the_same_curve(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.translate.python_code import project_code

    monkeypatch.chdir(tmp_path)
    ran: dict[str, Any] = {}
    exec(compile(project_code(project), "script.py", "exec"), ran)
    ours = trained(open_session(project), project.training.epochs)
    for mine, theirs in zip(ours, ran["history"], strict=True):
        assert mine == pytest.approx(theirs, abs=1e-5)


def test_compiling_with_xla_changes_the_curve_by_rounding_only() -> None:
    plain = template("mlp-digits")  # no Dropout: XLA draws other random numbers
    compiled = plain.model_copy(update={"training": plain.training.model_copy(update={"jit": "on"})})
    curves = [trained(open_session(project), 2)[1] for project in (compiled, plain)]
    assert curves[0] == pytest.approx(curves[1], abs=1e-4)


def test_how_many_steps_are_done_at_once_changes_nothing(project: Project) -> None:
    assert trained(open_session(project), 2, at_once=1) == trained(open_session(project), 2, at_once=100)


def test_the_measured_rows_of_a_small_set_are_all_of_its_training_rows(project: Project) -> None:
    assert open_session(project).rows == {"train": 105, "validation": 23, "test": 22, "measured": 105}


def test_a_run_that_goes_on_measures_the_rows_that_were_settled_before(project: Project) -> None:
    digits = template("mlp-digits")
    session = open_session(digits, measured=512)
    assert session.rows["measured"] == 512
    session.settle_sample()
    assert session.rows["measured"] == 512


def test_the_sample_is_settled_once_from_measured_speeds(project: Project) -> None:
    session = open_session(template("mlp-digits"))
    assert session.rows["measured"] == 256
    session.settle_sample()
    assert not session.sample.is_settled  # no step was timed yet
    trained(session, 2)
    session.settle_sample()
    assert session.sample.is_settled
    assert session.rows["measured"] in (256, 512, 1024, session.rows["train"])


def test_evaluation_is_in_evaluation_mode_and_leaves_the_model_as_it_is(project: Project) -> None:
    session = open_session(project)
    before = [weights.copy() for weights in session.model.get_weights()]
    first, second = (session.passes.evaluate(session.measured) for _ in range(2))
    assert first == second
    assert all(np.array_equal(old, new) for old, new in zip(before, session.model.get_weights(), strict=True))
    x, y = session.measured.x, session.measured.y
    theirs = session.model.evaluate(x, y, verbose=0, return_dict=True)
    assert {name: first[name] for name in theirs} == pytest.approx(theirs, abs=1e-6)


def test_an_interrupted_evaluation_has_no_result(project: Project) -> None:
    session = open_session(project)
    assert session.passes.evaluate(session.measured, lambda: True) is None


def test_normalization_has_seen_the_training_rows_only(project: Project) -> None:
    data = sessions._data(project)
    rows = data.inputs["flower"][data.split.train]
    even = open_session(project).model.get_layer("even")
    assert even.mean.numpy().ravel() == pytest.approx(rows.mean(axis=0), abs=1e-4)


def test_a_run_without_validation_and_test_rows_has_none(project: Project) -> None:
    split = SplitSpec(train=0.9999, validation=0, test=0.0001).model_copy(update={"train": 1.0, "test": 0.0})
    session = open_session(project.model_copy(update={"data": DataSpec(source="iris", split=split)}))
    assert (session.validation, session.test) == (None, None)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"data": None}, Faulty, "No data is chosen"),
        ({"data": DataSpec(source="irsi")}, NotFound, "no data set irsi"),
        ({"data": DataSpec(source="digits")}, Faulty, "64"),
        ({"design": Design()}, Faulty, "nput"),
        ({"training": Training(loss="nonsense")}, Faulty, "nonsense"),
    ],
)
def test_what_cannot_be_trained_is_refused_in_words(
    project: Project, change: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        open_session(project.model_copy(update=change))


def test_the_exported_script_lowers_the_learning_rate_as_the_run_does(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.train.plateau import Plateau
    from builder.translate.python_code import project_code

    lowering = ReduceRate(patience=1, factor=0.1)
    rate = OptimizerSpec(type="SGD", params={"learning_rate": 2.0})
    training = project.training.model_copy(update={"reduce_lr": lowering, "optimizer": rate, "epochs": 6})
    lowered = project.model_copy(update={"training": training})
    monkeypatch.chdir(tmp_path)
    ran: dict[str, Any] = {}
    exec(compile(project_code(lowered), "script.py", "exec"), ran)
    plateau, rates = Plateau(lowering, ["loss", "val_loss"]), [2.0]
    for epoch in ran["history"]:
        rates.append(plateau.see(epoch, rates[-1]) or rates[-1])
    assert rates[-1] < 2.0
    assert float(ran["model"].optimizer.learning_rate.numpy()) == pytest.approx(rates[-1])
