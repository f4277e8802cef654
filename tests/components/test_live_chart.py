import json
import re
from pathlib import Path
from typing import cast

import pytest
from streamlit.testing.v1 import AppTest

from builder.components.live.chart import Mode, RunEnded, RunGroup, RunView, chart_data, run_ended
from builder.paths import PACKAGE

DIST = PACKAGE / "components" / "live" / "dist"
SEVEN, EIGHT = RunView("a1", "run 7"), RunView("b2", "run 8")


def page() -> None:
    import streamlit as st

    from builder.components.live.chart import Mode, RunView, live_chart

    one = live_chart([RunView("a1", "run 7")], key="train.chart", active=True, batch_size=32)
    live_chart([RunView("a1", "run 7"), RunView("b2", "run 8")], key="runs.chart", mode=Mode.OVERLAY)
    st.write(f"ended: {one}")


@pytest.fixture(scope="module")
def shown() -> AppTest:
    app = AppTest.from_function(page).run(timeout=20)
    assert not app.exception, app.exception
    return app


def test_the_chart_is_mounted_with_the_runs_it_follows(shown: AppTest) -> None:
    sent = json.loads(shown.get("bidi_component")[0].proto.json)
    assert sent["runs"] == [{"id": "a1", "label": "run 7"}]
    assert sent | {"api": "/api/runs/", "mode": "live", "active": True, "batch_size": 32} == sent


def test_several_runs_are_mounted_as_an_overlay(shown: AppTest) -> None:
    sent = json.loads(shown.get("bidi_component")[1].proto.json)
    assert sent["mode"] == "overlay"
    assert [run["id"] for run in sent["runs"]] == ["a1", "b2"]


def test_the_script_is_served_from_a_file_and_not_sent_with_each_rerun(shown: AppTest) -> None:
    proto = shown.get("bidi_component")[0].proto
    assert proto.js_source_path.startswith("live.")
    assert not proto.js_content
    assert len(proto.SerializeToString()) < 1000


def test_no_end_is_told_before_there_is_one(shown: AppTest) -> None:
    assert shown.markdown[0].value == "ended: None"


def test_the_end_of_a_run_is_read_from_the_trigger() -> None:
    assert run_ended({"run": "a1", "state": "stopped"}) == RunEnded("a1", "stopped")


@pytest.mark.parametrize("trigger", [None, "finished", {}, {"run": "a1"}, {"run": 1, "state": "failed"}])
def test_anything_else_is_no_end(trigger: object) -> None:
    assert run_ended(trigger) is None


@pytest.mark.parametrize(("mode", "runs"), [(Mode.LIVE, []), (Mode.LIVE, [SEVEN, EIGHT]), (Mode.OVERLAY, [])])
def test_a_wrong_number_of_runs_is_refused(mode: Mode, runs: list[RunView]) -> None:
    with pytest.raises(ValueError, match="runs for a chart"):
        chart_data(runs, mode=mode, active=False)


def test_the_states_that_the_page_shows_go_along_so_that_another_one_is_told() -> None:
    assert chart_data([SEVEN], mode=Mode.LIVE, active=True, states={"a1": "queued"})["states"] == {
        "a1": "queued"
    }
    assert chart_data([SEVEN], mode=Mode.LIVE, active=False)["states"] == {}


def test_three_earlier_runs_at_most_stand_behind_and_never_the_run_itself() -> None:
    earlier = [SEVEN, EIGHT, *(RunView(name, name) for name in "cde")]
    sent = chart_data([SEVEN], mode=Mode.LIVE, active=True, ghosts=earlier)
    assert [ghost["id"] for ghost in cast(list[dict[str, str]], sent["ghosts"])] == ["b2", "c", "d"]


def test_runs_of_a_series_are_sent_as_a_group() -> None:
    group = RunGroup("2 seeds", ("a1", "b2"))
    sent = chart_data([SEVEN, EIGHT], mode=Mode.OVERLAY, active=False, groups=[group])
    assert sent["groups"] == [{"label": "2 seeds", "runs": ["a1", "b2"]}]


def test_a_group_of_runs_that_are_not_shown_is_refused() -> None:
    with pytest.raises(ValueError, match="b2, which the chart does not show"):
        chart_data([SEVEN], mode=Mode.OVERLAY, active=False, groups=[RunGroup("both", ("a1", "b2"))])


def test_one_built_script_lies_ready_and_finds_its_parts() -> None:
    [script] = DIST.glob("live.*.js")
    parts = re.findall(r"[\"'`]\./([\w.-]+\.js)[\"'`]", script.read_text("utf-8"))
    assert parts
    assert {part for part in parts if not (DIST / part).is_file()} == set()


def test_no_part_of_an_earlier_build_is_left_over() -> None:
    texts = {path.name: path.read_text("utf-8") for path in DIST.glob("*.js")}
    entry = {name for name in texts if name.startswith("live.")}
    used = {name for name in texts for text in texts.values() if f"./{name}" in text}
    assert set(texts) == entry | used


def test_the_built_script_holds_no_path_of_the_machine_it_was_built_on() -> None:
    folder = str(Path(__file__).resolve().parents[2])
    assert all(folder not in path.read_text("utf-8") for path in DIST.iterdir())
