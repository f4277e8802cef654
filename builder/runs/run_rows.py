"""Which runs are there, and how are they doing?"""

import json
import sqlite3
import time
from collections.abc import Collection, Mapping
from functools import lru_cache

from pydantic_core import to_json

from builder.errors import NotFound
from builder.project.document import Project
from builder.runs.database import Database
from builder.runs.owners import mine, new_id, no_run
from builder.runs.records import ENDED, Origin, Purpose, RunRecord, RunState

_JSON_COLUMNS = ("rows", "best", "metrics", "test", "origin", "live", "choices", "vitals", "measured")
_COLUMNS = tuple(RunRecord.model_fields)
_SELECT = "SELECT " + ", ".join(f'"{name}"' for name in _COLUMNS) + " FROM runs"
_FIXED = frozenset({"id", "number", "owner", "project", "created_at", "purpose", "origin", "series"})


class RunRows:
    """The part of the store that holds runs. `owner` None sees everything (command line, worker)."""

    _database: Database

    def create_run(
        self,
        owner: str,
        project: Project,
        *,
        purpose: Purpose = Purpose.TRAIN,
        origin: Origin | None = None,
        series: str | None = None,
    ) -> RunRecord:
        """Note a new run of this project, in state `queued`; `enqueue` then puts it into the queue.

        Args:
            owner: Whose it is.
            project: What is trained, and how.
            purpose: Calibrations are not numbered among the runs and not listed.
            origin: The kept epoch of another run that it begins with.
            series: Shared by runs that differ in nothing but their seed.
        """
        run_id, now = new_id(), time.time()
        with self._database.write() as db:
            row = {
                "id": run_id,
                "number": _next_number(db, owner) if purpose is Purpose.TRAIN else _hidden_number(db, owner),
                "owner": owner,
                "project": project.model_dump_json(),
                "state": RunState.QUEUED,
                "created_at": now,
                "epochs": project.training.epochs,
                "purpose": purpose,
                "origin": origin.model_dump_json() if origin else None,
                "series": series,
            }
            names = ", ".join(row)
            marks = ",".join("?" * len(row))
            db.execute(f"INSERT INTO runs ({names}) VALUES ({marks})", tuple(row.values()))
        return self.run(run_id)

    def run(self, run_id: str, owner: str | None = None, even_hidden: bool = False) -> RunRecord:
        """One run; hidden ones only for those who work on it.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        condition, values = mine(owner)
        condition += "" if even_hidden else " AND hidden_at IS NULL"
        with self._database.read() as db:
            row = db.execute(f"{_SELECT} WHERE id = ?{condition}", (run_id, *values)).fetchone()
        if row is None:
            raise no_run(run_id)
        return _record(row)

    def runs(
        self,
        owner: str | None,
        states: Collection[RunState] | None = None,
        purposes: Collection[Purpose] = (Purpose.TRAIN,),
        series: str | None = None,
        most: int = -1,
    ) -> list[RunRecord]:
        """All runs of this owner, newest first; if given, in `states`, of this `series`, the newest `most`."""
        condition, values = mine(owner)
        condition += f" AND purpose IN ({','.join('?' * len(purposes))})"
        values = (*values, *purposes)
        if series is not None:
            condition, values = f"{condition} AND series = ?", (*values, series)
        if states is not None:
            condition += f" AND state IN ({','.join('?' * len(states))})"
        with self._database.read() as db:
            found = db.execute(
                f"{_SELECT} WHERE hidden_at IS NULL{condition} ORDER BY rowid DESC LIMIT ?",
                (*values, *(states or ()), most),
            ).fetchall()
        return [_record(row) for row in found]

    def delete_run(self, run_id: str, owner: str | None) -> None:
        """Forget a run and its events; its files are `artifacts.remove`d by the caller.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        condition, values = mine(owner)
        with self._database.write() as db:
            gone = db.execute(f"DELETE FROM runs WHERE id = ?{condition}", (run_id, *values))
            if gone.rowcount == 0:
                raise no_run(run_id)

    def hide_run(self, run_id: str, owner: str | None) -> None:
        """Take a run out of sight, stopping it if it is at work; `restore_run` brings it back.

        `hidden_runs` lists it for good removal.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        self._set_hidden(run_id, owner, time.time())

    def restore_run(self, run_id: str, owner: str | None) -> None:
        """Bring a hidden run back with all its history.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        self._set_hidden(run_id, owner, None)

    def _set_hidden(self, run_id: str, owner: str | None, at: float | None) -> None:
        condition, values = mine(owner)
        with self._database.write() as db:
            done = db.execute(f"UPDATE runs SET hidden_at = ? WHERE id = ?{condition}", (at, run_id, *values))
            if done.rowcount == 0:
                raise no_run(run_id)
            if at is not None:
                db.execute("INSERT INTO commands (run_id, name, at) VALUES (?,'stop',?)", (run_id, at))

    def hidden_runs(self, before: float) -> list[str]:
        """Ids of the runs that were hidden before this moment (Unix seconds)."""
        with self._database.read() as db:
            rows = db.execute("SELECT id FROM runs WHERE hidden_at < ?", (before,)).fetchall()
        return [str(row[0]) for row in rows]

    def update_run(self, run_id: str, only_if: Collection[RunState] | None = None, **fields: object) -> bool:
        """Set fields of a run; with `only_if`, only while it is in one of these states.

        Returns:
            Whether it was in such a state; a run that ended keeps its state unless `only_if` says otherwise.

        Raises:
            NotFound: There is no such run.
            ValueError: A field does not exist or never changes.
        """
        allowed = only_if if only_if is not None else _states_that_may_become(fields.get("state"))
        return self._update(run_id, allowed, None, fields)

    def _update(
        self, run_id: str, allowed: Collection[RunState], only_pid: int | None, fields: Mapping[str, object]
    ) -> bool:
        """The same, with `only_pid` only while this process works on the run."""
        written = _written(fields)
        assignments = ", ".join(f'"{name}" = ?' for name in written)
        states = ",".join("?" * len(allowed))
        with self._database.write() as db:
            if db.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone() is None:
                raise no_run(run_id)
            done = db.execute(
                f"UPDATE runs SET {assignments} WHERE id = ? AND state IN ({states}) AND pid IS coalesce(?, pid)",
                (*written.values(), run_id, *allowed, only_pid),
            )
        return done.rowcount == 1

    def has_run(self, run_id: str, owner: str | None) -> bool:
        """Whether this owner has such a run."""
        try:
            self.run(run_id, owner)
        except NotFound:
            return False
        return True


def insert(db: sqlite3.Connection, run: RunRecord) -> None:
    """Put back a run that was known before, as it was; one that is there already stays."""
    written = _written(run.model_dump(mode="json", exclude={*_FIXED}))
    values = {name: getattr(run, name) for name in ("id", "number", "owner", "created_at")}
    fixed = run.model_dump(mode="json", include={"purpose", "origin", "series"})
    fixed["origin"] = json.dumps(fixed["origin"]) if run.origin else None
    row = values | written | fixed | {"project": run.project.model_dump_json()}
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(
        f"INSERT OR IGNORE INTO runs ({names}) VALUES ({','.join('?' * len(row))})", tuple(row.values())
    )
    db.execute(
        "INSERT INTO owners (owner, runs) VALUES (?,?)"
        " ON CONFLICT (owner) DO UPDATE SET runs = max(runs, excluded.runs)",
        (run.owner, run.number),
    )


def _states_that_may_become(state: object) -> Collection[RunState]:
    """Without a state, any; with one, all that have not ended: nothing rises from the dead by accident."""
    return tuple(RunState) if state is None else tuple(set(RunState) - ENDED)


def _next_number(db: sqlite3.Connection, owner: str) -> int:
    db.execute("INSERT INTO owners (owner) VALUES (?) ON CONFLICT DO NOTHING", (owner,))
    row = db.execute("UPDATE owners SET runs = runs + 1 WHERE owner = ? RETURNING runs", (owner,)).fetchone()
    return int(row[0])


def _hidden_number(db: sqlite3.Connection, owner: str) -> int:
    """Below zero, so that the numbers people see have no gaps."""
    row = db.execute("SELECT min(number) FROM runs WHERE owner = ?", (owner,)).fetchone()
    return min(0, row[0] or 0) - 1


def _written(fields: Mapping[str, object]) -> dict[str, object]:
    wrong = [name for name in fields if name not in _COLUMNS or name in _FIXED]
    if wrong or not fields:
        raise ValueError(f"a run has no changeable field {', '.join(wrong) or 'given'}")
    return {
        name: to_json(value).decode() if name in _JSON_COLUMNS and value is not None else value
        for name, value in fields.items()
    }


def _record(row: sqlite3.Row) -> RunRecord:
    values: dict[str, object] = dict(zip(_COLUMNS, row, strict=True))
    for name in _JSON_COLUMNS:
        if row[name] is not None:
            values[name] = json.loads(row[name])
    return RunRecord.model_validate(values | {"project": _project(row["project"])})


@lru_cache(maxsize=256)
def _project(document: str) -> Project:
    """Parsed once: a run's project never changes, and its chart asks once a second."""
    return Project.model_validate_json(document)
