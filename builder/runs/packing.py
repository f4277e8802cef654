"""How does the live route tell a chart the same again and again in few bytes?

An answer of `frames.points` in the shortest form: rows without names, and of all that stands around them only what has
changed. What a chart knows it says with the stamp of the last answer; if nothing at all is new there is no answer.
"""

import zlib
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from builder.runs import frames
from builder.runs.progress import Place
from builder.runs.records import RunRecord
from builder.runs.store import Store

WIDE = 12
"""Rows of more numbers than this, and those of a long run, have four digits instead of five: a screen shows three."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "about": ("run", "number", "name", "epochs", "steps", "metrics", "rows", "choices", "origin"),
    "now": ("state", "message", "phase", "queue"),
    "best": ("best",),
    "vitals": ("vitals",),
    "progress": ("progress",),
}
"""Fields that change together; each group is sent only when it has."""


def packed(store: Store, run: RunRecord, after: int, stamp: str, queue: Place | None = None) -> bytes | None:
    """The answer as JSON for who knows everything up to event `after` and the groups in `stamp`; None: nothing is new.

    Keys: `seq`, `stamp`; the groups that changed (`progress` in the order of its fields), among them `names`; and if
    there are any: `table` (rows of epoch, seconds since the beginning, and a value for each of the names), `batch`,
    `marks`, `whole`, `is_thinned`, `every` (above 1).
    """
    known = stamp.split(".")
    row = _row_stamp(run, queue)
    if known[0] == row and after and after == store.newest(run.id) and after >= run.rewound:
        return None
    told = frames.points(store, run, after, queue, lean=True)
    fields = told.model_dump(mode="json", exclude={"epoch", "at"})
    groups: dict[str, object] = {name: _group(fields, names) for name, names in GROUPS.items()}
    columns = list(dict.fromkeys(name for _, values in told.epoch for name in values))
    groups["names"] = columns
    stamps = [_short_hash(group) for group in groups.values()]
    before = [] if told.whole else known[1:]
    if not told.epoch:
        stamps[-1] = before[-1] if before else ""
    answer: dict[str, object] = {"seq": told.seq, "stamp": ".".join([row, *stamps])}
    for index, (name, group) in enumerate(groups.items()):
        if before[index : index + 1] != stamps[index : index + 1]:
            answer[name] = group
    answer |= {name: fields[name] for name in ("whole", "is_thinned", "batch", "marks") if fields[name]}
    if told.every > 1:
        answer["every"] = told.every
    if told.epoch:
        answer["table"] = _table(told, columns)
    return to_json(answer)


def _group(fields: Mapping[str, Any], names: tuple[str, ...]) -> object:
    """The fields by name; the value alone where there is one only, and of progress the values in order."""
    if names == ("progress",):
        return list(fields["progress"].values())
    return fields[names[0]] if len(names) == 1 else {name: fields[name] for name in names}


def _table(told: frames.Points, columns: list[str]) -> list[list[float | None]]:
    digits = 4 if len(columns) > WIDE or told.every > 1 else 5
    return [
        [epoch, at, *(_rounded(values.get(name), digits) for name in columns)]
        for (epoch, values), at in zip(told.epoch, told.at, strict=True)
    ]


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else float(f"{value:.{digits}g}")


def _row_stamp(run: RunRecord, queue: Place | None) -> str:
    """Changes with everything that an answer takes from the run's own row."""
    return _short_hash(
        [
            run.state,
            run.phase,
            run.vitals,
            run.best,
            run.error,
            run.epochs,
            run.seconds,
            run.rows,
            run.steps_per_epoch,
            run.choices and len(run.choices),
            queue and queue.model_dump(),
        ]
    )


def _short_hash(value: object) -> str:
    return f"{zlib.crc32(to_json(value)) & 0xFFFFF:x}"
