"""How does the store look inside, and how do old stores become new ones?

Each entry of `STEPS` leads from version n to n + 1 and is never edited once released; `user_version` counts them.
"""

import sqlite3

from builder.errors import Unreadable

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE owners (
            owner TEXT PRIMARY KEY,
            runs INTEGER NOT NULL DEFAULT 0,
            current_project TEXT
        ) WITHOUT ROWID""",
        """CREATE TABLE runs (
            id TEXT PRIMARY KEY,
            number INTEGER NOT NULL,
            owner TEXT NOT NULL,
            project TEXT NOT NULL,
            state TEXT NOT NULL,
            created_at REAL NOT NULL,
            started_at REAL,
            ended_at REAL,
            pid INTEGER,
            pid_started REAL,
            heartbeat_at REAL,
            error TEXT,
            epochs INTEGER NOT NULL,
            epoch INTEGER NOT NULL DEFAULT 0,
            steps_per_epoch INTEGER,
            "rows" TEXT,
            best TEXT,
            metrics TEXT,
            test TEXT,
            seconds REAL,
            seq INTEGER NOT NULL DEFAULT 0,
            UNIQUE (owner, number)
        )""",
        "CREATE INDEX runs_by_state ON runs (state)",
        # loss stands beside the values so that a thinned curve needs no JSON to be parsed
        """CREATE TABLE events (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            at REAL NOT NULL,
            epoch INTEGER,
            step INTEGER,
            loss REAL,
            "values" TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (run_id, seq)
        ) WITHOUT ROWID""",
        """CREATE TABLE commands (
            id INTEGER PRIMARY KEY,
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            at REAL NOT NULL
        )""",
        "CREATE INDEX commands_by_run ON commands (run_id)",
        """CREATE TABLE projects (
            id TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            document TEXT NOT NULL,
            rev INTEGER NOT NULL,
            updated_at REAL NOT NULL
        )""",
        "CREATE INDEX projects_by_owner ON projects (owner)",
        """CREATE TABLE versions (
            id INTEGER PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            base INTEGER NOT NULL,
            document TEXT NOT NULL,
            saved_at REAL NOT NULL
        )""",
        "CREATE INDEX versions_by_project ON versions (project_id)",
    ),
    ("ALTER TABLE runs ADD COLUMN hidden_at REAL",),
    (
        "ALTER TABLE runs ADD COLUMN purpose TEXT NOT NULL DEFAULT 'train'",
        "ALTER TABLE runs ADD COLUMN origin TEXT",
        "ALTER TABLE runs ADD COLUMN series TEXT",
        "ALTER TABLE runs ADD COLUMN queued_at REAL",
        "ALTER TABLE runs ADD COLUMN phase TEXT",
        "ALTER TABLE runs ADD COLUMN rewound INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE runs ADD COLUMN live TEXT",
        "ALTER TABLE runs ADD COLUMN choices TEXT",
        "ALTER TABLE runs ADD COLUMN vitals TEXT",
        "ALTER TABLE runs ADD COLUMN measured TEXT",
        "ALTER TABLE commands ADD COLUMN arguments TEXT NOT NULL DEFAULT '{}'",
        "CREATE INDEX runs_by_series ON runs (series)",
    ),
    # without it the chart's question for the newest note reads all batches: 120 ms for 200 000 events, now 0.02
    ("CREATE INDEX events_by_kind ON events (run_id, kind, seq)",),
)


def version(connection: sqlite3.Connection) -> int:
    """The version of the store, counting the steps that were taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Take the missing steps, all or none; the connection holds the write lock.

    Raises:
        Unreadable: The store was written by a newer program.
    """
    found = version(connection)
    if found > len(STEPS):
        raise Unreadable(
            f"The store was written by a newer Layerloom (version {found}).",
            f"This one reads up to version {len(STEPS)}.",
            "Update Layerloom, or set LAYERLOOM_HOME to another folder.",
        )
    for step in STEPS[found:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(STEPS)}")
