"""The command line: exit codes, JSON, one clear line for every fault."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from builder.cli import main
from builder.project.read import read_document
from builder.project.templates import template, templates

ROOT = Path(__file__).resolve().parents[2]
HEAD = {"format": "layerloom/1", "name": "n"}
INPUT = {"id": "pixels", "type": "InputLayer", "params": {"shape": [64]}}
DENSE = {"id": "dense", "type": "Dense", "params": {"units": 4}}
WIRE = {"source": "pixels", "target": "dense"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path / "home"))


@pytest.fixture
def mlp(tmp_path: Path) -> str:
    path = tmp_path / "mlp.json"
    path.write_text(template("mlp-digits").project.model_dump_json())
    return str(path)


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "drawn.json"
    path.write_text(text)
    return str(path)


def drawn(**parts: object) -> str:
    return json.dumps(HEAD | {"nodes": [INPUT, DENSE], "edges": [WIRE]} | parts)


def with_dense(**params: object) -> str:
    return drawn(nodes=[INPUT, DENSE | {"params": params}])


FAULTS = {
    "an unknown layer": (drawn(nodes=[INPUT, DENSE | {"type": "Dens"}]), "unknown_layer", "dense"),
    "a wrong argument": (with_dense(units="many"), "bad_argument", "dense"),
    "an argument out of range": (with_dense(units=0), "bad_argument", "dense"),
    "an argument that is not known": (with_dense(units=4, unit=3), "bad_argument", "dense"),
    "a missing argument": (with_dense(), "missing_argument", "dense"),
    "a circle": (drawn(edges=[WIRE, {"source": "dense", "target": "dense"}]), "cycle", "dense"),
    "a dangling wire": (
        drawn(edges=[WIRE, {"source": "dense", "target": "ghost"}]),
        "dangling_edge",
        "dense",
    ),
    "a name that stands twice": (drawn(nodes=[INPUT, INPUT, DENSE]), "duplicate_id", "pixels"),
    "no input": (drawn(nodes=[DENSE], edges=[]), "no_input", None),
    "nothing at all": (drawn(nodes=[], edges=[]), "no_input", None),
    "units of 10^9": (with_dense(units=10**9), "too_large", "dense"),
    "shapes that do not match": (
        drawn(
            nodes=[INPUT, DENSE, {"id": "join", "type": "Add"}],
            edges=[WIRE, {"source": "dense", "target": "join"}, {"source": "pixels", "target": "join"}],
        ),
        "shape_mismatch",
        "join",
    ),
    "a newer format": ('{"format": "layerloom/99", "nodes": []}', "newer_format", None),
    "a node without a type": (drawn(nodes=[{"id": "a"}]), "missing_argument", "a"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_a_drawing_is_one_clear_line_with_its_code(name: str, tmp_path: Path, capsys) -> None:
    text, code, node = FAULTS[name]
    assert main(["check", written(tmp_path, text), "--json"]) == 1
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert not answer["ok"]
    errors = [issue for issue in answer["issues"] if issue["severity"] == "error"]
    assert (code, node) in {(issue["code"], issue["node"]) for issue in errors}
    for line in err.strip().splitlines():
        assert line.startswith(("error: ", "warning: "))
    assert "Traceback" not in err
    assert (node or "") in err


@pytest.mark.parametrize(
    "text",
    ["not json", "[" * 100_000, '{"format": "layerloom/1", "nodes": NaN}', "", "[1, 2]", '{"a": 1e999}'],
)
def test_what_cannot_be_read_ends_with_2_and_one_line(text: str, tmp_path: Path, capsys) -> None:
    assert main(["check", written(tmp_path, text)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_missing_file_ends_with_2(capsys) -> None:
    assert main(["check", "/no/such/file.json"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_check_tells_shapes_and_counts(mlp: str, capsys) -> None:
    assert main(["check", mlp, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"]
    assert answer["nodes"]["hidden"]["shape"] == [64]
    assert answer["nodes"]["hidden"]["params"] == 4160
    assert answer["totals"]["params"] == answer["totals"]["trainable_params"] == 4810


def test_check_with_analysis_is_a_table_for_people_and_json_for_programs(mlp: str, capsys) -> None:
    assert main(["check", mlp, "--analysis"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:5] == ["layer", "type", "input", "output", "dtype"]
    hidden = next(line for line in lines if line.startswith("hidden"))
    assert "4 160" in hidden
    assert "8 192" in hidden
    assert "at batch 32 with Adam" in lines[-1]
    assert main(["check", mlp, "--analysis", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"]
    assert answer["analysis"]["totals"]["params"] == answer["totals"]["params"] == 4810
    assert answer["repairs"] == []


FAULTY = '{"format": "layerloom/1", "nodes": [{"id": "in", "type": "InputLayer", "params": {"shape": [4]}}, \
{"id": "d", "type": "Dense", "params": {"units": "16"}}], "edges": [{"source": "in", "target": "d"}]}'


def test_check_offers_repairs_by_number_and_in_json(tmp_path: Path, capsys) -> None:
    path = written(tmp_path, FAULTY)
    assert main(["check", path]) == 1
    assert "  1  d: Set units to 16." in capsys.readouterr().out
    assert main(["check", path, "--json"]) == 1
    first = json.loads(capsys.readouterr().out)["repairs"][0]
    assert (first["node"], first["errors_before"], first["errors_after"], first["params_after"]) == (
        "d",
        1,
        0,
        80,
    )


def test_check_carries_a_repair_out_and_keeps_the_kind_of_document(tmp_path: Path, capsys) -> None:
    path, mended = written(tmp_path, FAULTY), str(tmp_path / "mended.json")
    assert main(["check", path, "--fix", "1", "-o", mended]) == 0
    assert json.loads(Path(mended).read_text())["format"] == "layerloom/1"
    assert main(["check", mended]) == 0
    assert main(["check", path, "--fix", "9", "-o", mended]) == 1
    assert "There is no repair 9;" in capsys.readouterr().err


def test_layers_answers_with_the_catalogue(capsys) -> None:
    assert main(["layers", "--json"]) == 0
    layers = {layer["type"]: layer for layer in json.loads(capsys.readouterr().out)}
    assert {"type", "category", "params", "inputs", "help"} <= layers["Dense"].keys()
    units = next(param for param in layers["Dense"]["params"] if param["name"] == "units")
    assert units["required"]
    assert {"name", "kind", "default", "required"} <= units.keys()


def test_every_template_is_listed_written_and_checks_clean(tmp_path: Path, capsys) -> None:
    assert main(["templates", "--json"]) == 0
    names = [one["name"] for one in json.loads(capsys.readouterr().out)]
    assert names == [ready.name for ready in templates()]
    for name in names:
        path = tmp_path / f"{name}.json"
        assert main(["templates", name, "-o", str(path)]) == 0
        assert read_document(path.read_bytes()) == template(name).project
        assert main(["check", str(path)]) == 0


def test_an_unknown_template_names_those_there_are(capsys) -> None:
    assert main(["templates", "nope"]) == 1
    assert "mlp-digits" in capsys.readouterr().err


def test_build_and_export_write_a_keras_model_code_and_the_design(mlp: str, tmp_path: Path) -> None:
    model, code, design = (str(tmp_path / name) for name in ("m.keras", "m.py", "m.design.json"))
    assert main(["build", mlp, "-o", model]) == 0
    assert Path(model).read_bytes()[:2] == b"PK"
    assert main(["export", mlp, "--format", "keras", "-o", model]) == 0
    assert main(["export", mlp, "--format", "python", "-o", code]) == 0
    assert main(["code", mlp, "-o", code]) == 0
    compile(Path(code).read_text(), code, "exec")
    assert main(["export", mlp, "--format", "json", "-o", design]) == 0
    assert read_document(Path(design).read_bytes()).design == template("mlp-digits").project.design


def test_a_folder_that_is_missing_is_said_in_words(mlp: str, capsys) -> None:
    assert main(["code", mlp, "-o", "/no/such/folder/m.py"]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--epochs", "0"], "epochs"),
        (["--batch-size", "many"], "batch_size"),
        (["--learning-rate", "-1"], "learning_rate"),
        (["--learning-rate", "nan"], "learning_rate"),
        (["--optimizer", "Adamant"], "AdamW"),
        (["--set", "nonsense=1"], "nonsense"),
        (["--set", "epochs"], "no value"),
        (["--set", "optimizer.params.momentum=2"], "momentum"),
        (["--data", "digitz"], "digits"),
    ],
)
def test_wrong_settings_are_refused_before_anything_runs(
    mlp: str, options: list[str], words: str, capsys
) -> None:
    assert main(["train", mlp, *options]) == 1
    assert words in capsys.readouterr().err
    assert main(["runs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_training_without_file_and_data_says_what_is_missing(capsys) -> None:
    assert main(["train"]) == 1
    assert "--data" in capsys.readouterr().err


def test_a_run_that_does_not_exist_is_said_in_words(capsys) -> None:
    for command in (["show", "nope"], ["stop", "nope"], ["export", "nope", "--format", "keras", "-o", "x"]):
        assert main(command) == 1
        assert "nope" in capsys.readouterr().err


def test_the_program_speaks_only_its_own_words_on_stderr(tmp_path: Path) -> None:
    path = written(tmp_path, FAULTS["units of 10^9"][0])
    done = subprocess.run(
        [sys.executable, "-m", "builder", "check", path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stderr.strip().splitlines()] == ["error"]
    version = subprocess.run(
        [sys.executable, "-m", "builder", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert version.stdout.startswith("layerloom ")


def test_train_tells_epochs_as_json_lines_and_show_has_the_whole_history(tmp_path: Path, mlp: str) -> None:
    import os

    environment = os.environ | {"LAYERLOOM_HOME": str(tmp_path / "home")}

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "builder", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    lines = [json.loads(line) for line in run("train", mlp, "--epochs", "3", "--json").splitlines()]
    assert [line["epoch"] for line in lines if line["kind"] == "epoch"] == [0, 1, 2, 3]
    assert lines[-1]["kind"] == "finished"
    assert lines[-1]["state"] == "finished"
    assert {"loss", "val_loss", "accuracy", "val_accuracy"} <= lines[-1]["metrics"].keys()
    run_id = lines[-1]["run"]
    shown = json.loads(run("show", run_id, "--json"))
    assert [len(values) for values in shown["history"].values()] == [3] * len(shown["history"])
    assert shown["initial"]["loss"] > shown["history"]["loss"][-1]
    assert shown["project"]["training"]["epochs"] == 3
    assert [one["run"] for one in json.loads(run("runs", "--json"))] == [run_id]
    run("export", run_id, "--format", "keras", "-o", str(tmp_path / "trained.keras"))
    assert (tmp_path / "trained.keras").stat().st_size > 10_000


def test_what_fails_only_when_it_runs_is_told_before_a_run_is_made(tmp_path, capsys) -> None:
    rows, images = {"shape": [64]}, {"target_shape": [8, 8]}
    nodes = [
        {"id": "pixels", "type": "InputLayer", "params": rows},
        {"id": "image", "type": "Reshape", "params": images},
        {"id": "look", "type": "Attention"},
        {"id": "flat", "type": "Flatten"},
        {"id": "digit", "type": "Dense", "params": {"units": 10, "activation": "softmax"}},
    ]
    edges = [
        {"source": "pixels", "target": "image"},
        {"source": "image", "target": "look", "target_port": ["inputs", 0]},
        {"source": "pixels", "target": "look", "target_port": ["inputs", 1]},
        {"source": "look", "target": "flat"},
        {"source": "flat", "target": "digit"},
    ]
    path = written(tmp_path, json.dumps(HEAD | {"nodes": nodes, "edges": edges}))
    assert main(["check", path]) == 0
    assert main(["train", path, "--data", "digits", "--epochs", "1"]) == 1
    assert "look" in capsys.readouterr().err
    assert main(["runs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
