import pytest

from builder.train.pace import MOST, TARGET_S, Pace


def test_the_first_execution_is_one_step() -> None:
    assert Pace().steps == 1


def test_compiling_teaches_nothing() -> None:
    pace = Pace()
    with pace.measure(1):
        pass
    assert pace.steps == 1
    with pace.measure(1):
        pass
    assert pace.steps > 1


@pytest.mark.parametrize(("step_s", "steps"), [(1e-6, MOST), (0.01, 10), (0.06, 1), (5.0, 1)])
def test_an_execution_lasts_about_its_target(step_s: float, steps: int) -> None:
    pace = Pace()
    pace.learn(step_s)
    assert pace.steps == steps
    assert pace.steps * step_s <= max(TARGET_S, step_s)


def test_slower_steps_count_at_once_and_faster_ones_little_by_little() -> None:
    pace = Pace()
    for step_s, steps in ((0.01, 10), (0.1, 1), (0.001, 4), (0.001, 16)):
        pace.learn(step_s)
        assert pace.steps == steps
