"""A comparison says in words, with numbers, whether a difference is more than luck."""

import pytest

from builder.errors import BuilderError
from builder.experiments.compare import Method, Side, compare, side_of
from builder.project.templates import template
from builder.runs.records import RunRecord, RunState

PROJECT = template("mlp-digits").project


def run(number: int, seed: int = 0, test: dict | None = None, best: dict | None = None) -> RunRecord:
    training = PROJECT.training.model_copy(update={"seed": seed})
    return RunRecord(
        id=f"{number:016x}",
        number=number,
        owner="local",
        project=PROJECT.model_copy(update={"training": training}),
        state=RunState.FINISHED,
        created_at=float(number),
        epochs=15,
        epoch=15,
        rows={"train": 1258, "validation": 270, "test": 269},
        test=test,
        best=best,
    )


def series(first: int, accuracies: list[float], first_seed: int = 0) -> Side:
    return side_of(
        [
            run(first + at, first_seed + at, {"loss": 0.1, "accuracy": one})
            for at, one in enumerate(accuracies)
        ]
    )


GOOD, WORSE = [0.965, 0.961, 0.957, 0.966, 0.956], [0.956, 0.952, 0.946, 0.958, 0.948]


def test_series_with_equal_seeds_are_compared_pair_by_pair_in_plain_words() -> None:
    found = compare(series(7, GOOD), series(12, WORSE))
    assert found.method is Method.PAIRED
    assert found.is_more_than_luck
    assert found.words == (
        "Runs 7 to 11: accuracy 96.1 ± 0.5 % in 5 runs, against 95.2 ± 0.5 % in 5 runs of runs 12 to 16:"
        " 0.9 points apart, more than luck (90 % interval 0.8 to 1.0)."
    )
    assert "Measured on 269 test rows." in found.remarks


def test_series_with_other_seeds_are_compared_as_groups() -> None:
    found = compare(series(7, GOOD), series(12, WORSE, first_seed=100))
    assert found.method is Method.WELCH
    assert found.difference is not None
    assert found.difference.high - found.difference.low > 0.005, "pairing would have hidden the seeds' spread"


def test_a_failed_run_leaves_its_partner_out_and_is_told() -> None:
    hurt = side_of([*series(7, GOOD[:4]).runs, run(11, 4)])
    found = compare(hurt, series(12, WORSE))
    assert found.method is Method.PAIRED
    assert len(found.values[0]) == 4
    assert any("1 run has no score" in remark for remark in found.remarks)


def test_the_distance_is_told_from_the_side_that_is_ahead() -> None:
    found = compare(series(12, WORSE), series(7, GOOD))
    assert "0.9 points apart, more than luck (90 % interval 0.8 to 1.0)" in found.words
    assert found.difference is not None
    assert found.difference.value < 0


def test_few_seeds_are_told() -> None:
    found = compare(series(7, GOOD[:3]), series(12, WORSE[:3]))
    assert any("Only 3 seeds" in remark for remark in found.remarks)


def test_two_single_runs_are_judged_by_their_rows_and_said_to_prove_little() -> None:
    close = compare(
        side_of([run(1, test={"loss": 0.2, "accuracy": 0.955})]),
        side_of([run(2, test={"loss": 0.2, "accuracy": 0.948})]),
    )
    assert close.method is Method.ROWS
    assert not close.is_more_than_luck
    assert "could be luck" in close.words
    assert any("One seed each proves little" in remark for remark in close.remarks)
    far = compare(
        side_of([run(1, test={"loss": 0.2, "accuracy": 0.955})]),
        side_of([run(2, test={"loss": 0.6, "accuracy": 0.80})]),
    )
    assert far.is_more_than_luck


def test_one_run_may_stand_against_a_series() -> None:
    one = side_of([run(20, test={"loss": 0.1, "accuracy": 0.80})])
    ahead, behind = compare(series(7, GOOD), one), compare(one, series(7, GOOD))
    assert ahead.method is behind.method is Method.ONE_AGAINST_SERIES
    assert ahead.is_more_than_luck
    assert ahead.difference is not None
    assert behind.difference is not None
    assert ahead.difference.value == pytest.approx(-behind.difference.value)
    assert ahead.difference.low == pytest.approx(-behind.difference.high)


def test_losses_without_a_standard_error_are_not_judged() -> None:
    found = compare(
        side_of([run(1, best={"epoch": 3, "val_loss": 0.2})]),
        side_of([run(2, best={"epoch": 4, "val_loss": 0.3})]),
    )
    assert found.method is Method.NONE
    assert not found.is_more_than_luck
    assert "cannot be told from one run each" in found.words


def test_losses_with_standard_errors_are_judged_by_them() -> None:
    found = compare(
        side_of([run(1, best={"epoch": 3, "val_loss": 0.2, "val_loss_se": 0.01})]),
        side_of([run(2, best={"epoch": 4, "val_loss": 0.3, "val_loss_se": 0.02})]),
    )
    assert found.method is Method.ROWS
    assert found.is_more_than_luck
    assert "0.1 apart" in found.words


def test_runs_on_different_data_are_refused_and_without_a_score_too() -> None:
    other = run(2, test={"loss": 0.2})
    data = PROJECT.data.model_copy(update={"source": "iris"})
    moved = other.model_copy(update={"project": PROJECT.model_copy(update={"data": data})})
    with pytest.raises(BuilderError, match="digits, run 2 from iris"):
        compare(side_of([run(1, test={"loss": 0.2})]), side_of([moved]))
    with pytest.raises(BuilderError, match="no score yet"):
        compare(side_of([run(1)]), side_of([run(2)]))


def test_runs_whose_rows_were_dealt_differently_are_compared_with_a_remark() -> None:
    data = PROJECT.data.model_copy(update={"split": PROJECT.data.split.model_copy(update={"seed": 5})})
    one = run(1, test={"loss": 0.2, "accuracy": 0.9})
    other = one.model_copy(update={"project": PROJECT.model_copy(update={"data": data}), "number": 2})
    assert any(
        "dealt out differently" in remark for remark in compare(side_of([one]), side_of([other])).remarks
    )
