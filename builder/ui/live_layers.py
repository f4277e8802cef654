"""How do the layers of a run fare, and which run does the canvas show? Figures for its nodes, and histograms.

Both answers are small: the figures of ten layers take under 1 kB, and are sent only when there are new ones; histograms
come whole at first (40 pictures of a layer, about 10 kB), then only what was added.
"""

from pydantic import BaseModel, ConfigDict, JsonValue
from starlette.requests import Request
from starlette.responses import Response

from builder.components.canvas.meaning import same_network
from builder.project.document import Project
from builder.runs import layer_pictures, layers
from builder.runs.layer_pictures import Histogram
from builder.runs.layers import LayerFigures
from builder.runs.records import ENDED, RunRecord, RunState
from builder.runs.store import Store
from builder.ui import services

LOOKED_THROUGH = 12
"""So many runs that ended are compared with the drawing; who changed it more often since is not after their figures."""

Figures = tuple[float | int | None, ...]
"""In the order of `LayerFigures`: gradient, weights, update, dead, saturated, units."""
Drawn = tuple[float, float, tuple[int, ...]]
"""Lowest and highest value, and the heights of 32 bins, 0 to 255."""


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Newest(_Answer):
    """All layers as they were seen last."""

    number: int
    state: RunState
    epoch: int
    """Epochs completed."""
    epochs: int
    seq: int
    """Ask with `after=seq` next time; 0: nothing was seen yet."""
    at: float | None = None
    """Epochs done when it was seen."""
    rows: int | None = None
    """Training rows that were put through the network for it."""
    layers: dict[str, Figures] | None = None
    """By full path; None where nothing is new."""


class Shot(_Answer):
    """One layer in one picture."""

    id: int
    at: float
    figures: Figures
    weights: Drawn | None
    activations: Drawn | None


class Pictures(_Answer):
    """The pictures of one layer."""

    newest: int
    """Ask with `after=newest` next time."""
    kept: list[int]
    """Ids of all pictures that there are: others that the browser knows are given up."""
    pictures: list[Shot]


def newest(request: Request, owner: str) -> Response:
    """The newest figures of all layers; without them where the browser knows them (`after`)."""
    run = _run(request, owner)
    look = layers.newest(run.id)
    told = {"number": run.number, "state": run.state, "epoch": run.epoch, "epochs": run.epochs}
    if look is None:
        return _json(Newest(**told, seq=0))
    if look.seq == _after(request):
        return _json(Newest(**told, seq=look.seq))
    figures = {path: _figures(one) for path, one in look.layers.items()}
    return _json(Newest(**told, seq=look.seq, at=look.at, rows=look.rows, layers=figures))


def histograms(request: Request, owner: str) -> Response:
    """The pictures of one layer that came after the picture `after`, oldest first."""
    run, node = _run(request, owner), request.path_params["node"]
    after = _after(request)
    found = [one for one in layer_pictures.read(run.id) if node in one.figures]
    ids = [one.id for one in found]
    shots = [
        Shot(
            id=one.id,
            at=one.at,
            figures=_figures(one.figures[node]),
            weights=_drawn(one.weights.get(node)),
            activations=_drawn(one.activations.get(node)),
        )
        for one in found
        if one.id > after
    ]
    return _json(Pictures(newest=max(ids, default=0), kept=ids, pictures=shots))


def shown_run(store: Store, owner: str, project: Project) -> RunRecord | None:
    """The run of this project that is going; else the last one that ended and had the network that is drawn."""
    going = store.runs(owner, states=set(RunState) - ENDED)
    mine = next((run for run in going if run.name == project.name or _is_of(run, project)), None)
    if mine is not None:
        return mine
    ended = store.runs(owner, states=ENDED, most=LOOKED_THROUGH)
    return next((run for run in ended if _is_of(run, project)), None)


def told(run: RunRecord | None, project: Project, base: str) -> JsonValue:
    """The run as the canvas is told of it; `base`: the path that the API is under."""
    if run is None:
        return None
    return {
        "id": run.id,
        "number": run.number,
        "state": run.state,
        "epoch": run.epoch,
        "epochs": run.epochs,
        "same": _is_of(run, project),
        "url": f"{base}/api/runs/{run.id}/layers",
    }


def _is_of(run: RunRecord, project: Project) -> bool:
    return same_network(run.project.design, project.design)


def _run(request: Request, owner: str) -> RunRecord:
    return services.store().run(request.path_params["run"], owner)


def _after(request: Request) -> int:
    """Whatever a browser asks for; 0 for what is no number."""
    asked = request.query_params.get("after", "0")[:18]
    return int(asked) if asked.isascii() and asked.isdigit() else 0


def _figures(figures: LayerFigures) -> Figures:
    return tuple(getattr(figures, name) for name in LayerFigures.model_fields)


def _drawn(histogram: Histogram | None) -> Drawn | None:
    if histogram is None:
        return None
    low, high = (float(f"{end:.4g}") for end in (histogram.low, histogram.high))
    return low, high, histogram.heights


def _json(answer: BaseModel) -> Response:
    text = answer.model_dump_json(exclude_none=isinstance(answer, Newest))
    return Response(text, media_type="application/json", headers={"cache-control": "no-store"})
