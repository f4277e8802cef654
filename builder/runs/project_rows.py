"""Which projects are saved, and what if two tabs save the same one?"""

import sqlite3
import time
from functools import lru_cache

from builder.errors import Conflict, NotFound
from builder.project.document import Project
from builder.runs.database import Database
from builder.runs.owners import mine, new_id, no_project
from builder.runs.records import ProjectRecord, VersionCard, VersionRecord

VERSIONS_KEPT = 20
"""Second versions kept for each project; older ones give way."""


class StaleProject(Conflict):
    """A save that was drawn upon an older version: both are kept."""

    def __init__(self, current: ProjectRecord, version_id: int) -> None:
        self.current, self.version_id = current, version_id
        super().__init__(
            "This project was saved by another tab meanwhile.",
            "",
            "Both versions are kept: choose which one goes on.",
        )


class ProjectRows:
    """The part of the store that holds projects and their second versions."""

    _database: Database

    def save_project(
        self, owner: str, project: Project, project_id: str | None = None, base: int | None = None
    ) -> ProjectRecord:
        """Store a project: a new one without `project_id`, else as the successor of version `base` (None: of any).

        Storing what is stored already changes nothing, so a save may be sent twice.

        Raises:
            NotFound: The project is missing, or somebody else's.
            StaleProject: A newer version was stored meanwhile; this one is kept in `versions`.
        """
        document = project.model_dump_json()
        with self._database.write() as db:
            if project_id is None:
                return _insert(db, owner, document)
            current = _find(db, project_id, owner)
            if current.project == project:
                return current
            if base is None or base == current.rev:
                return _replace(db, current, project, document)
            version_id = _keep(db, current.id, base, document)
        raise StaleProject(current, version_id)

    def project(self, project_id: str, owner: str | None = None) -> ProjectRecord:
        """One project.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        with self._database.read() as db:
            return _find(db, project_id, owner)

    def projects(self, owner: str | None) -> list[ProjectRecord]:
        """All projects of this owner, the one changed last first."""
        condition, values = mine(owner)
        with self._database.read() as db:
            rows = db.execute(f"{_SELECT} WHERE 1{condition} ORDER BY updated_at DESC, id", values).fetchall()
        return [_record(row) for row in rows]

    def delete_project(self, project_id: str, owner: str | None) -> None:
        """Forget a project and its second versions; its runs stay.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        with self._database.write() as db:
            found = _find(db, project_id, owner)
            db.execute("DELETE FROM projects WHERE id = ?", (found.id,))
            db.execute("UPDATE owners SET current_project = NULL WHERE current_project = ?", (found.id,))

    def current_project(self, owner: str) -> ProjectRecord | None:
        """The project that this owner has open, if any."""
        with self._database.read() as db:
            row = db.execute(
                f"{_SELECT} WHERE owner = ? AND id = (SELECT current_project FROM owners WHERE owner = ?)",
                (owner, owner),
            ).fetchone()
        return None if row is None else _record(row)

    def set_current_project(self, owner: str, project_id: str) -> None:
        """Note which project this owner has open.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        with self._database.write() as db:
            found = _find(db, project_id, owner)
            db.execute(
                "INSERT INTO owners (owner, current_project) VALUES (?,?)"
                " ON CONFLICT (owner) DO UPDATE SET current_project = excluded.current_project",
                (owner, found.id),
            )

    def keep_version(self, project_id: str, owner: str | None, project: Project, base: int) -> int:
        """Keep a project's drawing as one of its second versions, and say which; equal ones are kept once.

        Raises:
            NotFound: The project is missing, or somebody else's.
        """
        with self._database.write() as db:
            found = _find(db, project_id, owner)
            return _keep(db, found.id, base, project.model_dump_json())

    def version_cards(self, project_id: str, owner: str | None) -> list[VersionCard]:
        """The list of a project's second versions without what is in them, newest first; empty for a foreign one."""
        condition, values = mine(owner)
        with self._database.read() as db:
            rows = db.execute(
                "SELECT id, saved_at FROM versions WHERE project_id IN"
                f" (SELECT id FROM projects WHERE id = ?{condition}) ORDER BY id DESC",
                (project_id, *values),
            ).fetchall()
        return [VersionCard(id=row["id"], saved_at=row["saved_at"]) for row in rows]

    def version(self, version_id: int, project_id: str, owner: str | None) -> VersionRecord:
        """One second version of a project.

        Raises:
            NotFound: It is missing, or somebody else's.
        """
        found = next((one for one in self.versions(project_id, owner) if one.id == version_id), None)
        if found is None:
            raise NotFound("This version is no longer kept.")
        return found

    def versions(self, project_id: str, owner: str | None = None) -> list[VersionRecord]:
        """The second versions of a project, newest first.

        Raises:
            NotFound: The project is missing, or somebody else's.
        """
        with self._database.read() as db:
            _find(db, project_id, owner)
            rows = db.execute(
                "SELECT id, project_id, base, document, saved_at FROM versions WHERE project_id = ? ORDER BY id DESC",
                (project_id,),
            ).fetchall()
        return [_version(row) for row in rows]

    def drop_version(self, version_id: int, owner: str | None = None) -> None:
        """Forget a second version, once the person has chosen; a missing or foreign one is left alone."""
        condition, values = mine(owner)
        with self._database.write() as db:
            db.execute(
                f"DELETE FROM versions WHERE id = ? AND project_id IN (SELECT id FROM projects WHERE 1{condition})",
                (version_id, *values),
            )


_SELECT = "SELECT id, owner, document, rev, updated_at FROM projects"


def _find(db: sqlite3.Connection, project_id: str, owner: str | None) -> ProjectRecord:
    condition, values = mine(owner)
    row = db.execute(f"{_SELECT} WHERE id = ?{condition}", (project_id, *values)).fetchone()
    if row is None:
        raise no_project(project_id)
    return _record(row)


def _insert(db: sqlite3.Connection, owner: str, document: str) -> ProjectRecord:
    project_id = new_id()
    db.execute(
        "INSERT INTO projects (id, owner, document, rev, updated_at) VALUES (?,?,?,1,?)",
        (project_id, owner, document, time.time()),
    )
    return _find(db, project_id, owner)


def insert_or_replace(db: sqlite3.Connection, owner: str, project: Project) -> ProjectRecord:
    """Store a project as the owner's only one of that name."""
    rows = db.execute(f"{_SELECT} WHERE owner = ?", (owner,)).fetchall()
    named = [record for record in map(_record, rows) if record.project.name == project.name]
    document = project.model_dump_json()
    return _replace(db, named[0], project, document) if named else _insert(db, owner, document)


def _replace(
    db: sqlite3.Connection, current: ProjectRecord, project: Project, document: str
) -> ProjectRecord:
    rev, now = current.rev + 1, time.time()
    db.execute(
        "UPDATE projects SET document = ?, rev = ?, updated_at = ? WHERE id = ?",
        (document, rev, now, current.id),
    )
    return current.model_copy(update={"project": project, "rev": rev, "updated_at": now})


def _keep(db: sqlite3.Connection, project_id: str, base: int, document: str) -> int:
    """Keep a late save; sent twice, it is kept once."""
    known = db.execute(
        "SELECT id FROM versions WHERE project_id = ? AND document = ?", (project_id, document)
    ).fetchone()
    if known is not None:
        return int(known[0])
    added = db.execute(
        "INSERT INTO versions (project_id, base, document, saved_at) VALUES (?,?,?,?) RETURNING id",
        (project_id, base, document, time.time()),
    ).fetchone()
    db.execute(
        "DELETE FROM versions WHERE project_id = ? AND id NOT IN"
        " (SELECT id FROM versions WHERE project_id = ? ORDER BY id DESC LIMIT ?)",
        (project_id, project_id, VERSIONS_KEPT),
    )
    return int(added[0])


def _record(row: sqlite3.Row) -> ProjectRecord:
    # Both parts are sound already: validating the record would walk through all its nodes once more.
    return ProjectRecord.model_construct(
        id=row["id"],
        owner=row["owner"],
        project=_parsed(row["document"]),
        rev=row["rev"],
        updated_at=row["updated_at"],
    )


@lru_cache(maxsize=32)
def _parsed(document: str) -> Project:
    """Projects are immutable: one that was read is kept (5 ms for 1000 nodes, several times an edit)."""
    return Project.model_validate_json(document)


def _version(row: sqlite3.Row) -> VersionRecord:
    return VersionRecord(
        id=row["id"],
        project_id=row["project_id"],
        base=row["base"],
        project=_parsed(row["document"]),
        saved_at=row["saved_at"],
    )
