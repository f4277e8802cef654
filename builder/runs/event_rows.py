"""What happened in a run, and what shall it do?"""

import json
import math
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue

from builder.runs.database import Database
from builder.runs.owners import mine, no_run
from builder.runs.records import Command, Event, EventKind

BatchPoint = tuple[int, int, float]
"""`(epoch, step, loss)`."""
NEWEST = 2**62
"""As a limit of `seq`: no limit."""

_INSERT = (
    'INSERT INTO events (run_id, seq, kind, at, epoch, step, loss, "values", text) VALUES (?,?,?,?,?,?,?,?,?)'
)


class EventRows:
    """The part of the store that holds events and commands of runs."""

    _database: Database

    def append(self, run_id: str, events: Iterable[Event]) -> int:
        """Note what happened, in order; `seq` is given here, and `at` where it is 0.

        Returns:
            The last `seq` of the run.

        Raises:
            NotFound: The run was deleted.
        """
        with self._database.write() as db:
            return insert(db, run_id, list(events))

    def events(
        self,
        run_id: str,
        after: int = 0,
        limit: int = 10_000,
        owner: str | None = None,
        kinds: Sequence[EventKind] = (),
        upto: int = NEWEST,
    ) -> list[Event]:
        """What happened after event `after`, up to `upto`, oldest first, at most `limit`; only these `kinds`, if given.

        Raises:
            NotFound: The run is missing, or somebody else's.
        """
        chosen = f" AND kind IN ({','.join('?' * len(kinds))})" if kinds else ""
        with self._database.read() as db:
            _check(db, run_id, owner)
            rows = db.execute(
                'SELECT seq, kind, at, epoch, step, "values", text FROM events'
                f" WHERE run_id = ? AND seq > ? AND seq <= ?{chosen} ORDER BY seq LIMIT ?",
                (run_id, after, upto, *kinds, limit),
            ).fetchall()
        return [_event(row) for row in rows]

    def batch_points(self, run_id: str, after: int = 0, upto: int = NEWEST) -> list[BatchPoint]:
        """All batch losses with `after` < seq <= `upto`, without parsing anything: 0.1 s for 100 000."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT epoch, step, loss FROM events"
                " WHERE run_id = ? AND seq > ? AND seq <= ? AND kind = 'batch' AND loss IS NOT NULL ORDER BY seq",
                (run_id, after, upto),
            ).fetchall()
        return [tuple(row) for row in rows]

    def epoch_events(
        self, run_id: str, after: int = 0, upto: int = NEWEST, most: int = 1000, best: int | None = None
    ) -> list[Event]:
        """Epochs with `after` < seq <= `upto`; if they are more than `most`, about so many of them: see `telling`."""
        with self._database.read() as db:
            between = "run_id = ? AND seq > ? AND seq <= ? AND kind = 'epoch'"
            values = (run_id, after, upto)
            count = db.execute(f"SELECT count(*) FROM events WHERE {between}", values).fetchone()[0]
            if count <= most:
                chosen = ""
            else:
                from builder.runs.thinning import (
                    telling,
                )  # with numpy: whoever starts a run does not wait for it

                told = db.execute(
                    "SELECT seq, epoch, coalesce(json_extract(\"values\", '$.val_loss'), loss, 0.0)"
                    f" FROM events WHERE {between} ORDER BY seq",
                    values,
                ).fetchall()
                chosen = f" AND seq IN ({','.join(str(int(seq)) for seq in telling(told, most, best))})"
            rows = db.execute(
                f'SELECT seq, kind, at, epoch, step, "values", text FROM events WHERE {between}{chosen} ORDER BY seq',
                values,
            ).fetchall()
        return [_event(row) for row in rows]

    def newest(self, run_id: str) -> int:
        """Number of the run's newest event; 0 before the first."""
        with self._database.read() as db:
            row = db.execute("SELECT seq FROM runs WHERE id = ?", (run_id,)).fetchone()
        return 0 if row is None else int(row[0])

    def count_epochs(self, run_id: str) -> int:
        """How many epochs the run has told, the one before training included."""
        with self._database.read() as db:
            row = db.execute("SELECT count(*) FROM events WHERE run_id = ? AND kind = 'epoch'", (run_id,))
            return int(row.fetchone()[0])

    def last_event(self, run_id: str, kind: EventKind | None = None, upto: int = NEWEST) -> Event | None:
        """The newest event with `seq` at most `upto`; of this kind, when given."""
        condition, values = ("", ()) if kind is None else (" AND kind = ?", (kind,))
        with self._database.read() as db:
            row = db.execute(
                f'SELECT seq, kind, at, epoch, step, "values", text FROM events'
                f" WHERE run_id = ? AND seq <= ?{condition} ORDER BY seq DESC LIMIT 1",
                (run_id, upto, *values),
            ).fetchone()
        return None if row is None else _event(row)

    def command(
        self,
        run_id: str,
        name: str,
        owner: str | None = None,
        arguments: Mapping[str, JsonValue] | None = None,
    ) -> None:
        """Ask the run's worker to do something, such as `stop`; it looks five times a second.

        Raises:
            NotFound: The run is missing, or somebody else's.
        """
        with self._database.write() as db:
            _check(db, run_id, owner)
            db.execute(
                "INSERT INTO commands (run_id, name, at, arguments) VALUES (?,?,?,?)",
                (run_id, name, time.time(), json.dumps(dict(arguments or {}))),
            )

    def take_commands(self, run_id: str) -> list[Command]:
        """What the worker was asked to do since last time, oldest first; each is handed out once."""
        with self._database.read() as db:
            if db.execute("SELECT 1 FROM commands WHERE run_id = ?", (run_id,)).fetchone() is None:
                return []
        with self._database.write() as db:
            rows = db.execute(
                "DELETE FROM commands WHERE run_id = ? RETURNING id, name, arguments, at", (run_id,)
            ).fetchall()
        return [
            Command(name=name, arguments=json.loads(arguments), at=at)
            for _, name, arguments, at in sorted(tuple(row) for row in rows)
        ]

    def rewind(self, run_id: str, epoch: int, step: int, text: str) -> None:
        """Go back to a checkpoint: forget what was told after `step` steps of the epoch behind completed `epoch`.

        What was measured there comes again; with `epoch` -1 even what was measured before training. Readers that know
        more than the checkpoint begin anew: the number of the event that is appended, of kind `resumed`, is the run's
        `rewound`.

        Raises:
            NotFound: The run was deleted.
        """
        later = (
            "run_id = :run AND (kind = 'epoch' AND epoch > :epoch"
            " OR kind = 'kept' AND step IS NULL AND epoch > :epoch"
            " OR kind IN ('batch', 'change', 'kept') AND (epoch > :epoch + 1 OR epoch = :epoch + 1 AND step > :step)"
            " OR kind = 'note' AND epoch >= :epoch)"
        )
        with self._database.write() as db:
            db.execute(f"DELETE FROM events WHERE {later}", {"run": run_id, "epoch": epoch, "step": step})
            seq = insert(db, run_id, [Event(kind=EventKind.RESUMED, epoch=epoch + 1, step=step, text=text)])
            db.execute("UPDATE runs SET rewound = ?, epoch = ? WHERE id = ?", (seq, max(0, epoch), run_id))


def insert(db: sqlite3.Connection, run_id: str, events: Sequence[Event]) -> int:
    """Number the events and put them behind the run's last one; the last number of the run."""
    counted = db.execute(
        "UPDATE runs SET seq = seq + ? WHERE id = ? RETURNING seq", (len(events), run_id)
    ).fetchone()
    if counted is None:
        raise no_run(run_id)
    first = int(counted[0]) - len(events) + 1
    db.executemany(
        _INSERT,
        [_row(run_id, first + index, event) for index, event in enumerate(events)],
    )
    return int(counted[0])


def put_back(db: sqlite3.Connection, run_id: str, events: Sequence[Event]) -> None:
    """Events of a run that was known before, under their old numbers: browsers ask for what came after one."""
    db.executemany(_INSERT, [_row(run_id, event.seq, event) for event in events])
    last = max((event.seq for event in events), default=0)
    db.execute("UPDATE runs SET seq = max(seq, ?) WHERE id = ?", (last, run_id))


def _check(db: sqlite3.Connection, run_id: str, owner: str | None) -> None:
    condition, values = mine(owner)
    if db.execute(f"SELECT 1 FROM runs WHERE id = ?{condition}", (run_id, *values)).fetchone() is None:
        raise no_run(run_id)


def _row(run_id: str, seq: int, event: Event) -> tuple[object, ...]:
    # JSON has no NaN: a value that is no number is left out, the run's words tell of it
    values = {name: value for name, value in event.values.items() if math.isfinite(value)}
    at = event.at or time.time()
    return (
        run_id,
        seq,
        event.kind,
        at,
        event.epoch,
        event.step,
        values.get("loss"),
        json.dumps(values),
        event.text,
    )


def _event(row: sqlite3.Row) -> Event:
    seq, kind, at, epoch, step, values, text = row
    return Event(
        seq=seq, kind=EventKind(kind), at=at, epoch=epoch, step=step, values=json.loads(values), text=text
    )
