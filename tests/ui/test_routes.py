"""Each route finds out whose browser asks; what is foreign sounds exactly like what is missing."""

import io
import json
import zipfile

import pytest

from builder.project.read import read_document
from builder.project.templates import template
from builder.runs import artifacts
from builder.runs.records import Event, EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.ui import analysis, owners, routes

MLP = template("mlp-digits").project


def finished(store: Store, owner: str = "local") -> RunRecord:
    run = store.create_run(owner, MLP)
    store.append(
        run.id,
        [Event(kind=EventKind.EPOCH, epoch=n, values={"loss": 2.0 - n, "val_loss": 2.1 - n}) for n in (0, 1)],
    )
    store.update_run(run.id, state=RunState.STARTING)
    store.update_run(run.id, state=RunState.FINISHED, epoch=1)
    return store.run(run.id)


def test_points_of_a_run_come_whole_at_first_and_then_only_what_is_new(client, store: Store) -> None:
    run = finished(store)
    first = client().get(f"/api/runs/{run.id}/points").json()
    assert [row[0] for row in first["epoch"]] == [0, 1]
    assert first["state"] == "finished"
    again = client().get(f"/api/runs/{run.id}/points?after={first['seq']}").json()
    assert again["epoch"] == []


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "", "٣", "9" * 400])
def test_nonsense_after_a_run_is_answered_without_a_fault(client, store: Store, after: str) -> None:
    run = finished(store)
    assert client().get(f"/api/runs/{run.id}/points", params={"after": after}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "x",
        "runs",
        "runs/x",
        "runs/x/points",
        "runs/x/export?format=json",
        "projects/x/export",
        "projects/x/analysis",
        "projects/x/analysis.csv",
    ],
)
def test_what_is_not_there_is_a_404_in_one_line_and_never_the_page(client, path: str) -> None:
    answer = client().get(f"/api/{path}")
    assert answer.status_code == 404
    assert "\n" not in answer.json()["error"]


def test_in_a_class_nobody_reads_the_runs_or_projects_of_another(client, store: Store, monkeypatch) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    ann, bob = client(), client()
    for browser in (ann, bob):
        browser.get("/api/", headers={"accept": "text/html"})
        assert owners.COOKIE in browser.cookies
    anns = owners.owner_of(dict(ann.cookies))
    run = finished(store, anns)
    project = store.save_project(anns, MLP)
    for path in (
        f"runs/{run.id}/points",
        f"runs/{run.id}/export?format=json",
        f"projects/{project.id}/export?format=json",
        f"projects/{project.id}/analysis",
        f"projects/{project.id}/analysis.csv",
    ):
        assert ann.get(f"/api/{path}").status_code == 200
        foreign, missing = (
            bob.get(f"/api/{path}"),
            bob.get(f"/api/{path.replace(run.id, 'f' * 16).replace(project.id, 'f' * 16)}"),
        )
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json()["error"].replace(run.id, "").replace(project.id, "") == missing.json()[
            "error"
        ].replace("f" * 16, "")


def test_a_browser_without_a_cookie_owns_nothing_in_a_class(client, store: Store, monkeypatch) -> None:
    run = finished(store, owners.NOBODY)
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    assert client().get(f"/api/runs/{run.id}/points").status_code in (200, 404)
    forged = client()
    forged.cookies.set(owners.COOKIE, "guess")
    assert owners.owner_of({owners.COOKIE: "guess"}) == owners.NOBODY


def test_the_cookie_is_long_hidden_from_scripts_and_given_once(client, monkeypatch) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    browser = client()
    given = browser.get("/api/", headers={"accept": "text/html"}).headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert len(given.split("=")[1].split(";")[0]) == 43
    assert "set-cookie" not in browser.get("/api/", headers={"accept": "text/html"}).headers
    assert "set-cookie" not in client().get("/api/").headers, "only pages bring one, not files or data"


def test_in_personal_mode_there_is_no_cookie_and_one_owner(client, monkeypatch) -> None:
    monkeypatch.delenv("LAYERLOOM_MODE", raising=False)
    assert "set-cookie" not in client().get("/api/", headers={"accept": "text/html"}).headers
    assert owners.owner_of({}) == owners.owner_of({owners.COOKIE: "x" * 43}) == "local"


def test_the_store_never_holds_the_cookie_itself(monkeypatch) -> None:
    monkeypatch.setenv("LAYERLOOM_MODE", "classroom")
    token = "a" * 43
    assert token not in owners.owner_of({owners.COOKIE: token})
    assert len(owners.owner_of({owners.COOKIE: token})) == 64


def test_the_catalogue_brings_the_ready_blocks(client) -> None:
    blocks = client().get(routes.catalog_url()).json()["blocks"]
    assert "residual" in {block["name"] for block in blocks}
    assert all({"title", "summary", "rank", "example", "graph"} <= set(block) for block in blocks)


def test_the_catalogue_may_be_kept_for_ever_and_its_name_follows_its_content(client) -> None:
    answer = client().get(routes.catalog_url())
    assert "immutable" in answer.headers["cache-control"]
    assert {"Dense", "Conv2D", "InputLayer"} <= {layer["type"] for layer in answer.json()["layers"]}
    assert answer.headers["content-encoding"] == "gzip"
    plain = client().get(routes.catalog_url(), headers={"accept-encoding": "identity"})
    assert plain.json() == answer.json()


def test_a_project_leaves_as_design_project_and_code(client, store: Store) -> None:
    record = store.save_project("local", MLP)
    where = f"/api/projects/{record.id}/export?format="
    design, project, code = (client().get(where + wanted) for wanted in ("json", "project", "python"))
    assert read_document(design.content).design == MLP.design
    assert read_document(project.content) == MLP
    compile(code.text, "exported", "exec")
    assert "attachment" in code.headers["content-disposition"]
    untrained = client().get(where + "keras")
    assert untrained.content[:2] == b"PK"


def test_a_network_with_faults_gives_one_line_instead_of_code(client, store: Store) -> None:
    nodes = tuple(node for node in MLP.design.nodes if node.id != "pixels")
    broken = MLP.model_copy(update={"design": MLP.design.model_copy(update={"nodes": nodes})})
    record = store.save_project("local", broken)
    answer = client().get(f"/api/projects/{record.id}/export?format=python")
    assert answer.status_code == 422
    assert "Traceback" not in answer.text
    assert "\n" not in answer.json()["error"]


def test_an_unknown_format_says_which_there_are(client, store: Store) -> None:
    record = store.save_project("local", MLP)
    assert "python" in client().get(f"/api/projects/{record.id}/export?format=exe").json()["error"]


def test_a_name_never_shapes_a_header(client, store: Store) -> None:
    wild = MLP.model_copy(update={"name": 'a"\r\nset-cookie: x=1; ../../é<b>'})
    record = store.save_project("local", wild)
    answer = client().get(f"/api/projects/{record.id}/export?format=project")
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"].startswith('attachment; filename="a-set-cookie-x-1-')


def test_the_trained_model_of_a_run_is_what_it_ended_with_else_its_best_epoch(client, store: Store) -> None:
    run = finished(store)
    assert client().get(f"/api/runs/{run.id}/export?format=keras").status_code == 404
    (artifacts.folder(run.id) / artifacts.LAST).write_bytes(b"last")
    assert client().get(f"/api/runs/{run.id}/export?format=keras").content == b"last"
    (artifacts.folder(run.id) / artifacts.BEST).write_bytes(b"best")
    assert client().get(f"/api/runs/{run.id}/export?format=keras").content == b"best"
    (artifacts.folder(run.id) / artifacts.MODEL).write_bytes(b"model")
    assert client().get(f"/api/runs/{run.id}/export?format=keras").content == b"model"


def test_run_answers_are_never_kept_by_a_browser(client, store: Store) -> None:
    run = finished(store)
    answer = client().get(f"/api/runs/{run.id}/points")
    assert answer.headers["cache-control"] == "no-store"
    assert json.loads(answer.content)["run"] == run.id


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 200), ("localhost", 200), ("evil.example", 404)])
def test_a_personal_server_answers_to_its_own_names_only(
    client, store: Store, monkeypatch, host: str, status: int
) -> None:
    import streamlit as st

    options = {"server.address": "127.0.0.1"}
    monkeypatch.setattr(st, "get_option", lambda name: options.get(name, ""))
    run = finished(store)
    assert client().get(f"/api/runs/{run.id}/points", headers={"host": f"{host}:8501"}).status_code == status


def test_the_address_to_join_is_one_that_a_browser_can_open() -> None:
    from builder.ui import server

    address = server.join_address()
    assert address.startswith("http://")
    assert address.rpartition(":")[2].isdigit()


def test_the_analysis_of_a_project_comes_as_json_with_its_version_and_as_a_table(
    client, store: Store
) -> None:
    record = store.save_project("local", MLP.model_copy(update={"name": "=cmd\r\nX: 1"}))
    answer = client().get(f"/api/projects/{record.id}/analysis")
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["rev"], told["totals"]["params"], told["memory"]["batch_size"]) == (record.rev, 4810, 32)
    assert [row["id"] for row in told["rows"]] == [node.id for node in MLP.design.nodes]
    one = client().get(f"/api/projects/{record.id}/analysis", params={"node": "hidden"}).json()
    assert [row["id"] for row in one["rows"]] == ["hidden"]
    table = client().get(f"/api/projects/{record.id}/analysis.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.headers["content-disposition"] == 'attachment; filename="cmd-X-1-analysis.csv"'
    assert table.text.splitlines()[0].startswith("name,type,inputs,output")
    assert len(table.text.splitlines()) == len(MLP.design.nodes) + 2


def test_the_curves_of_a_run_leave_as_event_files_in_one_archive(client, store: Store) -> None:
    run = finished(store)
    answer = client().get(f"/api/runs/{run.id}/export?format=tensorboard")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].endswith('-tensorboard.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"train", "validation"}


def test_an_engine_that_takes_too_long_is_told_in_one_line(
    client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "WAIT_S", 0.0)
    record = store.save_project("local", MLP)
    answer = client().get(f"/api/projects/{record.id}/analysis")
    assert answer.status_code == 503
    assert answer.json() == {"error": "The server is busy. Ask again in a moment."}
