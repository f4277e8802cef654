"""What can be taken away from a page? Code, documents and model files, made by the engine's jobs process."""

import re
import tempfile
from pathlib import Path

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response

from builder.errors import NotFound
from builder.project.document import Project
from builder.runs import artifacts
from builder.runs.tensorboard import export
from builder.ui import services

JOB_S = 60.0
"""A large model takes seconds to write; a stuck one is ended by the engine well before."""


def project_file(request: Request, owner: str) -> Response:
    """The current state of a project as python, json (the design), project, or keras (untrained)."""
    record = services.store().project(request.path_params["project"], owner)
    return _file(record.project, request.query_params.get("format", ""), owner)


def run_file(request: Request, owner: str) -> Response:
    """The project of a run, its curves for TensorBoard, or its trained model: what it ended with."""
    run = services.store().run(request.path_params["run"], owner)
    wanted = request.query_params.get("format", "")
    if wanted == "tensorboard":
        return attachment(export.zipped(services.store(), run), f"{run.name}-tensorboard", "zip")
    if wanted != "keras":
        return _file(run.project, wanted, owner)
    return attachment(artifacts.model_file(run.id).read_bytes(), run.name, "keras")


def _file(project: Project, wanted: str, owner: str) -> Response:
    if wanted == "json":
        return attachment(project.design.model_dump_json(indent=1).encode(), project.name, "json")
    if wanted == "project":
        return attachment(project.model_dump_json(indent=1).encode(), f"{project.name}.project", "json")
    if wanted == "python":
        return attachment(_code(project, owner), project.name, "py")
    if wanted == "keras":
        return attachment(_untrained(project, owner), project.name, "keras")
    raise NotFound(
        f"There is no export as {wanted[:40] or 'nothing'};", "there are python, json, project and keras."
    )


def _code(project: Project, owner: str) -> bytes:
    request: dict[str, JsonValue] = {"kind": "code", "project": project.model_dump(mode="json")}
    return str(services.jobs().submit(owner, request).result(JOB_S)["code"]).encode()


def _untrained(project: Project, owner: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        design = project.design.model_dump(mode="json")
        services.jobs().submit(owner, {"kind": "build", "design": design, "path": str(path)}).result(JOB_S)
        return path.read_bytes()


def attachment(content: bytes, name: str, suffix: str) -> Response:
    """Names are cut down to plain letters: what a person typed never shapes a header or a path."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.")[:60] or "network"
    headers = {"content-disposition": f'attachment; filename="{plain}.{suffix}"', "cache-control": "no-store"}
    kinds = {
        "json": "application/json",
        "py": "text/x-python; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "zip": "application/zip",
    }
    return Response(content, media_type=kinds.get(suffix, "application/octet-stream"), headers=headers)
