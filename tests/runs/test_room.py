import errno
import shutil
from pathlib import Path

import pytest

from builder.project.document import Project
from builder.runs import artifacts, keepsake, room
from builder.runs.store import Store


def left(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    real = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real._replace(free=free))


def test_nothing_large_is_written_where_there_is_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large"
    path.write_text("old")
    left(monkeypatch, room.LEAST_BYTES - 1)
    with pytest.raises(OSError, match="No space left") as told, artifacts.replacing(path):
        raise AssertionError("not reached")
    assert told.value.errno == errno.ENOSPC
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_last_words_are_tried_even_then(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store.create_run("ann", Project())
    left(monkeypatch, 0)
    keepsake.write(store, run.id)
    assert keepsake.read(artifacts.folder(run.id) / artifacts.RECORD).run == run


def test_room_is_held_back_and_given_up_when_the_store_needs_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = store.path.parent / room.RESERVE
    room.reserve(store.path.parent)
    room.reserve(store.path.parent)
    assert held.stat().st_size == room.RESERVE_BYTES
    store.create_run("ann", Project())
    assert held.exists(), "there is room enough"
    left(monkeypatch, room.LOW_BYTES - 1)
    store.create_run("ann", Project())
    assert not held.exists()
    room.reserve(store.path.parent)
    assert not held.exists(), "nothing can be held back of what is not there"
