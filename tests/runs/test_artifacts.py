from pathlib import Path

import pytest

from builder.runs import artifacts


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    return tmp_path


def test_a_written_file_takes_the_place_of_the_old_one(home: Path) -> None:
    target = artifacts.folder("r1") / "last.keras"
    for text in ("old", "new"):
        with artifacts.replacing(target) as temporary:
            assert temporary.suffix == ".keras"
            temporary.write_text(text)
    assert (target.read_text(), artifacts.sizes("r1")) == ("new", {"last.keras": 3})


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(home: Path) -> None:
    target = artifacts.folder("r1") / "last.keras"
    target.write_text("old")
    with pytest.raises(OSError, match="No space left"), artifacts.replacing(target) as temporary:
        temporary.write_text("half")
        raise OSError("No space left on device")
    assert [file.name for file in target.parent.iterdir()] == ["last.keras"]
    assert target.read_text() == "old"


def test_litter_of_a_killed_writer_is_swept_and_never_listed(home: Path) -> None:
    stray = artifacts.folder("r1") / ".writing-1234.keras"
    stray.write_text("half")
    assert artifacts.sizes("r1") == {}
    artifacts.sweep("r1")
    assert not stray.exists()


def test_a_run_without_files_has_none_to_list_or_remove(home: Path) -> None:
    assert artifacts.sizes("none") == {}
    artifacts.remove("none")


def test_removing_takes_the_whole_folder(home: Path) -> None:
    (artifacts.folder("r1") / "log.txt").write_text("x")
    artifacts.remove("r1")
    assert not (home / "runs" / "r1").exists()
