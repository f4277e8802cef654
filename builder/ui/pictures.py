"""What does the server answer about the picture of what a run has learned? The newest one, and once its points.

The picture's answer is held back for a second at most until there is a newer one. It waits without a thread: thirty
browsers that look would otherwise take all threads from the pages.
"""

import asyncio
import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from builder.data.plane import Points, plane
from builder.errors import NotFound
from builder.runs import pictures
from builder.runs.records import RunRecord, RunState
from builder.ui import services

HOLD_S, LOOK_EVERY_S = 1.0, 0.03
NO_STORE = {"cache-control": "no-store"}


async def newest(request: Request, owner: str) -> Response:
    """The picture after `after=STAMP` (see `builder.runs.pictures`), or 204 when there is none for a second.

    Asking says that somebody looks, with `units=1` also at the hidden units. Headers tell the stamp to ask with next
    time, the run's state, and once it ended its best epoch.
    """
    run = await run_in_threadpool(services.store().run, request.path_params["run"], owner)
    pictures.want(run.id, units=request.query_params.get("units") == "1")
    after, waited = request.query_params.get("after", ""), 0.0
    while pictures.stamp(run.id) in ("", after) and not run.ended and waited < HOLD_S:
        await asyncio.sleep(LOOK_EVERY_S)
        waited += LOOK_EVERY_S
    found = pictures.read(run.id)
    if found is None or found[0] == after:
        return Response(status_code=204, headers=_about(run))
    stamp, content = found
    headers = {**_about(run), "layerloom-stamp": stamp, "content-encoding": "gzip"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _about(run: RunRecord) -> dict[str, str]:
    kept = run.state in (RunState.FINISHED, RunState.STOPPED)
    best = str(run.best["epoch"]) if kept and run.best else ""
    return {**NO_STORE, "layerloom-state": str(run.state), "layerloom-best": best}


def points(request: Request, owner: str) -> Response:
    """The rows over which a run's pictures lie: fetched once, they never change. No test rows."""
    run = services.store().run(request.path_params["run"], owner)
    over = plane(run.project)
    if over is None:
        raise NotFound("This run's network takes other than two numbers.")
    told = {
        "axes": over.axes,
        "x": over.x,
        "y": over.y,
        "target": over.goal.column,
        "classes": over.goal.class_names,
        "values": over.values,
        "train": _told(over.train),
        "validation": _told(over.validation),
    }
    headers = {"cache-control": "private, max-age=86400"}
    return Response(json.dumps(told), media_type="application/json", headers=headers)


def _told(part: Points) -> dict[str, Any]:
    rows = zip(part.place.tolist(), part.value.tolist(), strict=True)
    return {
        "rows": part.rows,
        "class_rows": part.class_rows,
        "points": [[float(f"{number:.4g}") for number in (*place, value)] for place, value in rows],
    }
