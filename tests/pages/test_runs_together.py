"""Runs: a series is one row that opens, forks are shown with their branches, and two rows are compared in words."""

from page_words import button, mounted, words
from runs_in_store import PROJECT, at_work, ended
from streamlit.testing.v1 import AppTest

from builder.project.document import Project
from builder.runs.records import Origin, RunRecord
from builder.runs.store import Store


def seeded(seed: int) -> Project:
    return PROJECT.model_copy(update={"training": PROJECT.training.model_copy(update={"seed": seed})})


def series(store: Store, name: str, *accuracies: float) -> list[RunRecord]:
    return [
        ended(store, project=seeded(seed), accuracy=one, series=name) for seed, one in enumerate(accuracies)
    ]


def test_a_series_is_one_row_with_its_spread_and_opens_into_its_runs(visit, store: Store) -> None:
    ended(store)
    runs = series(store, "s1", 0.96, 0.94, 0.95)
    at = visit("runs")
    table = at.dataframe[0].value
    assert list(table["Together"]) == ["3 seeds: 2 to 4", ""]
    assert table["Best validation"][0] == "loss 0.3 ± 0.0, accuracy 95.0 ± 1.0 %"
    chart = mounted(at, "builder.live")[0]
    assert chart["groups"] == [{"label": "runs 2 to 4, 3 seeds", "runs": [run.id for run in runs]}]
    assert "Runs 2 to 4: accuracy 95.0 ± 1.0 % in 3 runs on 269 test rows." in words(at).replace("\\", "")
    button(at, "Open the series").click().run()
    assert list(at.dataframe[0].value["Together"]) == ["3 seeds: 2 to 4", "seed 0", "seed 1", "seed 2", ""]
    button(at, "Close the series").click().run()
    assert len(at.dataframe[0].value) == 2


def test_a_series_at_work_tells_how_many_are_through(visit, store: Store) -> None:
    series(store, "s1", 0.96)
    at_work(store, series="s1")
    assert visit("runs").dataframe[0].value["State"][0] == "1 of 2 ended"


def test_without_series_and_forks_the_table_has_no_empty_columns(visit, store: Store) -> None:
    ended(store)
    assert not {"Together"} & set(visit("runs").dataframe[0].value.columns)


def test_a_fork_is_shown_with_its_branches_and_alone_if_wanted(visit, store: Store) -> None:
    first = ended(store)
    second = ended(store, origin=Origin(run=first.id, number=1, epoch=2, change="seed 0 to 1"))
    at = visit("runs")
    assert list(at.dataframe[0].value["Together"]) == ["fork of 1 at 2", ""]
    assert [run["id"] for run in mounted(at, "builder.live")[0]["runs"]] == [first.id, second.id]
    at.toggle(key="runs.branches").set_value(False).run()
    assert [run["id"] for run in mounted(at, "builder.live")[0]["runs"]] == [second.id]


def compared() -> None:
    from builder.figures.runs_table import Row
    from builder.ui import runs_view, services

    runs = services.store().runs("local")
    old, new = (tuple(run for run in reversed(runs) if run.series == name) for name in ("s1", "s2"))
    runs_view.verdict([Row(new), Row(old)])


def test_two_series_are_compared_in_plain_words_the_earlier_first(store: Store) -> None:
    series(store, "s1", 0.965, 0.961, 0.957, 0.966, 0.956)
    series(store, "s2", 0.956, 0.952, 0.946, 0.958, 0.948)
    at = AppTest.from_function(compared).run(timeout=60)
    assert not at.exception
    said = words(at).replace("\\", "")
    assert (
        "Runs 1 to 5: accuracy 96.1 ± 0.5 % in 5 runs, against 95.2 ± 0.5 % in 5 runs of runs 6 to 10" in said
    )
    assert "0.9 points apart, more than luck (90 % interval" in said


def test_a_run_is_shown_on_train_with_one_click(visit, store: Store) -> None:
    first = ended(store)
    ended(store, project=PROJECT.model_copy(update={"name": "other"}))
    store.hide_run(store.runs("local")[0].id, "local")
    at = visit("runs")
    button(at, "Show on Train").click().run()
    assert mounted(at, "builder.live")[0]["runs"][0]["id"] == first.id
