"""Would this training fit into memory, and if not, what takes most and what would make it fit?"""

from math import prod

from builder.issues import Issue, IssueCode
from builder.project.document import Project
from builder.translate.memory import ACTIVATION_FACTOR, Forecast, of_project
from builder.translate.report import CheckReport, NodeReport

MB = 10**6
NUMBER_BYTES = 4


def lacking(project: Project, report: CheckReport, limit_mb: float) -> list[Issue]:
    """A fault that names the layer, where the forecast is above `limit_mb` (10^6 bytes); else nothing."""
    forecast = of_project(report.totals, project)
    if forecast.peak_bytes is None or forecast.peak_bytes <= limit_mb * MB:
        return []
    cost, node = max(
        ((_cost(found, forecast), name) for name, found in report.nodes.items()), default=(0, None)
    )
    fits = largest_batch(forecast, report.totals.kept_bytes or 0, limit_mb)
    message = (
        f"Training needs about {_gb(forecast.peak_bytes)}, and there is room for {_gb(limit_mb * MB)}."
        f" {node} costs most: {_gb(cost)}."
    )
    fix = (
        f"Set the batch size to {fits}: that fits."
        if fits
        else f"No batch size makes it fit: make {node} smaller, or the layers before it."
    )
    return [Issue(code=IssueCode.TOO_LARGE, node=node, message=message, fix=fix)]


def largest_batch(forecast: Forecast, kept_bytes: int, limit_mb: float) -> int | None:
    """The largest batch size, below the present one, with which it fits; None: none does."""
    if forecast.peak_bytes is None or forecast.activations is None or kept_bytes <= 0:
        return None
    fixed = forecast.peak_bytes - forecast.activations
    rows = int((limit_mb * MB - fixed) // (ACTIVATION_FACTOR * kept_bytes))
    return rows if 1 <= rows < forecast.batch_size else None


def _cost(found: NodeReport, forecast: Forecast) -> int:
    """What a layer takes, roughly: its weights with all that is kept of them, and a batch of what it puts out."""
    held = NUMBER_BYTES * (found.params or 0)
    each = (forecast.training_bytes or 0) - (forecast.activations or 0) - forecast.data
    weights = round(each * held / forecast.weights) if forecast.weights else 0
    return weights + NUMBER_BYTES * forecast.batch_size * sum(map(_elements, _shapes(found)))


def _shapes(found: NodeReport) -> list[tuple[int | None, ...]]:
    shape = found.shape
    if not shape:
        return []
    if isinstance(shape[0], tuple):
        return [one for one in shape if isinstance(one, tuple)]
    return [tuple(size for size in shape if not isinstance(size, tuple))]


def _elements(shape: tuple[int | None, ...]) -> int:
    return prod(size or 1 for size in shape)


def _gb(size_bytes: float) -> str:
    return f"{size_bytes / 10**9:.1f} GB" if size_bytes >= 10**9 else f"{size_bytes / MB:.0f} MB"
