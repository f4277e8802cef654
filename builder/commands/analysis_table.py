"""How does an analysis look on a terminal? A line for each layer, the sums, and what training needs."""

from collections.abc import Iterator

from builder.translate.analysis_csv import dtype_text, output_text, seen_text, shape_text
from builder.translate.analysis_report import Analysis, AnalysisRow

HEAD = ("layer", "type", "input", "output", "dtype", "parameters", "share", "FLOPs", "activations", "sees")
_NUMBERS = frozenset({5, 6, 7, 8, 9})
LONGEST = 32


def analysis_table(analysis: Analysis) -> Iterator[str]:
    """Lines of a table, columns as wide as they need to be."""
    rows = [HEAD, *(_cells(row) for row in analysis.rows), _sums(analysis)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        yield "  ".join(
            cell.rjust(width) if column in _NUMBERS else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
    yield ""
    yield from _memory(analysis)


def _cells(row: AnalysisRow) -> tuple[str, ...]:
    *outer, name = row.id.split("/")
    return (
        ("  " * len(outer) + name)[:LONGEST],
        row.type,
        ", ".join(map(shape_text, row.inputs))[:LONGEST],
        output_text(row)[:LONGEST],
        dtype_text(row),
        _count(row.params),
        "" if row.params_share is None else f"{100 * row.params_share:.1f} %",
        _count(row.flops),
        _bytes(row.activation_bytes),
        seen_text(row),
    )


def _sums(analysis: Analysis) -> tuple[str, ...]:
    sums = analysis.totals
    kept = _bytes(sums.activation_bytes)
    return ("total", "", "", "", "", _count(sums.params), "", _count(sums.flops), kept, "")


def _memory(analysis: Analysis) -> Iterator[str]:
    told = analysis.memory
    sums = analysis.totals
    yield f"weights {_bytes(sums.weights_bytes)}, trained {_count(sums.trainable_params)} parameters"
    if told.training_bytes is None or told.peak_bytes is None:
        yield "memory of training: depends on a length that is not known before data comes"
        return
    yield (
        f"memory of training at batch {told.batch_size} with {told.optimizer}: about {_bytes(told.training_bytes)}, "
        f"with the program {_bytes(told.peak_bytes)}"
    )


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}".replace(",", " ")


def _bytes(value: int | None) -> str:
    if value is None:
        return ""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if value >= size:
            return f"{value / size:.1f} {unit}"
    return f"{value} B"
