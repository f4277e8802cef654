"""What does each layer of a stored project hold, cost and see? As JSON for the canvas, as CSV to take away."""

from typing import cast

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from builder.runs.records import ProjectRecord
from builder.translate.analysis_csv import analysis_csv
from builder.translate.analysis_report import Analysis
from builder.ui import downloads, services

WAIT_S = 20.0
"""The engine may be busy with other people's checks; one analysis of 1000 layers takes well below a second."""


def table(request: Request, owner: str) -> Response:
    """The analysis as JSON, with the stored version (`rev`) that it belongs to; `node=PATH`: only that row."""
    record = _record(request, owner)
    answer = {"rev": record.rev, **_asked(record, owner)}
    only = request.query_params.get("node")
    if only is not None:
        rows = answer["rows"]
        assert isinstance(rows, list)
        answer["rows"] = [row for row in rows if isinstance(row, dict) and row["id"] == only]
    return JSONResponse(answer, headers={"cache-control": "no-store"})


def file(request: Request, owner: str) -> Response:
    """The same as a table for other programs."""
    record = _record(request, owner)
    text = analysis_csv(Analysis.model_validate(_asked(record, owner)))
    return downloads.attachment(text.encode(), f"{record.project.name}-analysis", "csv")


def _record(request: Request, owner: str) -> ProjectRecord:
    return services.store().project(request.path_params["project"], owner)


def _asked(record: ProjectRecord, owner: str) -> dict[str, JsonValue]:
    """From the engine of the checks: it has just looked at this network and remembers every layer."""
    request = {"kind": "analysis", "project": record.project.model_dump(mode="json")}
    asked = services.engine().submit(owner, cast(dict[str, JsonValue], request))
    return asked.result(WAIT_S)
