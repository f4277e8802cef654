"""How does an analysis become a table for other programs? CSV, one line a layer, plain numbers, and a line of sums."""

import csv
import io

from builder.translate.analysis_report import Analysis, AnalysisRow
from builder.translate.report import Shape

COLUMNS = (
    "name", "type", "inputs", "output", "dtype", "parameters", "trainable", "weights", "weights_bytes",
    "activation_bytes", "flops", "parameters_share", "flops_share", "receptive_field", "initializer", "notes",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def analysis_csv(analysis: Analysis) -> str:
    """The table, with CR LF as RFC 4180 asks; what a spreadsheet would take for a formula is made plain text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _cells(row)] for row in analysis.rows)
    writer.writerow([harmless(cell) for cell in _sums(analysis)])
    return text.getvalue()


def harmless(cell: object) -> str:
    """The cell as text; one that begins like a formula gets an apostrophe in front."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(row: AnalysisRow) -> list[object]:
    weights = (f"{each.name} {shape_text(each.shape) or '1'}" for each in row.weights)
    return [
        row.id, row.type, "; ".join(map(shape_text, row.inputs)), output_text(row), dtype_text(row), row.params,
        row.trainable_params, "; ".join(weights), row.weights_bytes, row.activation_bytes, row.flops,
        _share(row.params_share), _share(row.flops_share), seen_text(row), row.initializer, " ".join(row.notes),
    ]  # fmt: skip


def _sums(analysis: Analysis) -> list[object]:
    sums = analysis.totals
    head: list[object] = [
        "total",
        f"{sums.layers} layers",
        "",
        "",
        "",
        sums.params,
        sums.trainable_params,
        "",
    ]
    return [*head, sums.weights_bytes, sums.activation_bytes, sums.flops, "", "", "", "", ""]


def shape_text(shape: Shape) -> str:
    """8x8x16, with n where the length is unknown: plain letters, so that every program reads it."""
    return "x".join("n" if dim is None else str(dim) for dim in shape)


def output_text(row: AnalysisRow) -> str:
    """The output's shape, or those of all outputs."""
    several = [shape for shape in row.output or () if isinstance(shape, tuple)]
    if several:
        return "; ".join(map(shape_text, several))
    return shape_text(tuple(dim for dim in row.output or () if not isinstance(dim, tuple)))


def dtype_text(row: AnalysisRow) -> str:
    """The dtype, or those of all outputs."""
    return row.dtype if isinstance(row.dtype, str) else "; ".join(row.dtype or ())


def seen_text(row: AnalysisRow) -> str:
    """7x7, or whole."""
    seen = row.receptive_field
    return seen if isinstance(seen, str) else shape_text(seen or ())


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.6f}"
