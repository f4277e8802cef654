"""How did the layers of a run fare when they were last looked at? One line a layer, as people read it."""

import pandas as pd

from builder.figures import numbers
from builder.runs.layers import LayerFigures, Look

COLUMNS = ("Layer", "Gradient", "Update of one step", "Size of weights", "Dead units", "At the flat ends")


def layers_table(look: Look) -> pd.DataFrame:
    """All layers in the order of the model; what is not measured of a layer is left empty."""
    rows = [dict(zip(COLUMNS, (path, *_told(one)), strict=True)) for path, one in look.layers.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def caption(look: Look) -> str:
    """When it was, and on how many rows."""
    when = "Before training" if look.at == 0 else f"Epoch {look.at:.4g}"
    return f"{when}, on {numbers.count(look.rows)} training rows. Usual updates: 0.01 to 1 %."


def _told(figures: LayerFigures) -> tuple[str, str, str, str, str]:
    dead = figures.dead
    counted = dead is not None and figures.units is not None
    return (
        "" if figures.grad_rms is None else f"{figures.grad_rms:.2g}",
        _percent(figures.update_ratio),
        "" if figures.weight_norm is None else f"{figures.weight_norm:.2g}",
        f"{round((dead or 0) * (figures.units or 0))} of {figures.units}" if counted else "",
        _percent(figures.saturated),
    )


def _percent(share: float | None) -> str:
    """Two digits; `< 0.0001 %` below that."""
    if share is None:
        return ""
    if 0 < share < 1e-6:
        return "< 0.0001 %"
    return f"{float(f'{share * 100:.2g}'):.6f}".rstrip("0").rstrip(".") + " %"
