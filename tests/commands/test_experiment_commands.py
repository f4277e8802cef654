"""Forks, series and comparisons from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builder.cli import main
from builder.project.templates import template
from builder.runs.records import RunRecord, RunState
from builder.runs.store import Store

ROOT = Path(__file__).resolve().parents[2]
PROJECT = template("mlp-digits").project


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    return tmp_path


def finished(accuracy: float) -> RunRecord:
    store = Store()
    run = store.create_run("local", PROJECT)
    scores = {"loss": 0.2, "accuracy": accuracy}
    store.update_run(
        run.id, state=RunState.FINISHED, epoch=15, test=scores, rows={"train": 1258, "test": 269}
    )
    return store.run(run.id)


def test_compare_tells_in_words_and_in_json_whether_it_is_luck(capsys) -> None:
    first, second = finished(0.96), finished(0.85)
    assert main(["compare", first.id, second.id]) == 0
    assert "11.0 points apart, more than luck" in capsys.readouterr().out
    assert main(["compare", second.id, first.id, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["more_than_luck"] is True
    assert answer["method"] == "rows"
    assert answer["difference"]["value"] == pytest.approx(-0.11)
    assert [side["runs"] for side in answer["sides"]] == [[second.id], [first.id]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["compare", "{run}", "nope"], "nope"),
        (["fork", "nope", "--set", "seed=3"], "nope"),
        (["fork", "{run}", "--set", "seed"], "no value"),
        (["fork", "{run}", "--set", "seed=3"], "kept no epoch"),
        (["train", "--data", "digits", "--seeds", "1"], "2 to 20"),
        (["train", "--data", "digits", "--seeds", "many"], "no whole number"),
    ],
)
def test_what_cannot_be_done_is_one_line(words: list[str], told: str, capsys) -> None:
    run = finished(0.9)
    assert main([word.format(run=run.id) for word in words]) == 1
    said = capsys.readouterr().err.strip()
    assert told in said
    assert len(said.splitlines()) == 1
    assert len(Store().runs(None)) == 1, "nothing was started"


def test_a_series_is_trained_and_told_run_by_run(home: Path) -> None:
    command = [sys.executable, "-m", "builder", "train", "--data", "digits", "--epochs", "2", "--seeds", "2"]
    done = subprocess.run(
        [*command, "--json"],
        cwd=ROOT,
        env=os.environ | {"LAYERLOOM_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[-1]["kind"] == "series"
    assert [line["run"] for line in lines if line["kind"] == "finished"] == lines[-1]["runs"]
    runs = Store().runs(None, series=lines[-1]["series"])
    assert sorted(run.project.training.seed for run in runs) == [0, 1]
