"""The small file through which a picture comes from its worker to those who look."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from builder.runs import artifacts, pictures
from builder.runs.pictures import Frame, Grid, Units


@pytest.fixture
def run_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))
    artifacts.folder("r1")
    return "r1"


def example(kind: str = "two", units: int = 0) -> tuple[Frame, list[Grid]]:
    """A picture of noise, the hardest to tell."""
    rng = np.random.default_rng(0)
    told = (Units(layer="hidden", type="Dense", of=9, width=4, height=3, middle=0.0, reach=(1.5,) * units),)
    frame = Frame(
        kind=kind, epoch=3, step=11, is_epoch_end=True, width=16, height=12, low=0, high=1, train=(3, 4),
        validation=None, units=told if units else (),
    )  # fmt: skip
    sizes = [(12, 16)] * (2 if kind == "classes" else 1) + [(3, 4)] * units
    return frame, [rng.integers(0, 256, size).astype(np.uint8) for size in sizes]


@pytest.mark.parametrize(("kind", "units"), [("two", 0), ("two", 5), ("classes", 2), ("value", 1)])
def test_what_was_packed_comes_out_the_same(kind: str, units: int) -> None:
    frame, grids = example(kind, units)
    again, found = pictures.unpacked(pictures.packed(frame, grids))
    assert again == frame and len(found) == len(grids)
    assert all(np.array_equal(one, other) for one, other in zip(grids, found, strict=True))


def test_a_plane_takes_a_hundredth_of_its_bytes() -> None:
    frame, _ = example()
    slope = np.add.outer(np.arange(12), np.arange(16)).astype(np.uint8).repeat(20, 0).repeat(20, 1)
    frame = frame.model_copy(update={"width": 320, "height": 240})
    assert len(pictures.packed(frame, [slope])) < slope.size / 100


def test_a_new_picture_replaces_the_old_one_and_has_another_stamp(run_id: str) -> None:
    assert (pictures.stamp(run_id), pictures.read(run_id)) == ("", None)
    pictures.write(run_id, *example())
    first = pictures.stamp(run_id)
    os.utime(artifacts.folder(run_id) / pictures.FILE, ns=(1, 1))
    pictures.write(run_id, *example(units=1))
    found = pictures.read(run_id)
    assert found is not None and found[0] == pictures.stamp(run_id) != "1" and first
    assert len(pictures.unpacked(found[1])[0].units) == 1
    assert not list(artifacts.folder(run_id).glob(".writing-*"))


def test_somebody_looks_for_a_while_after_asking_and_units_are_asked_for_apart(run_id: str) -> None:
    assert pictures.wanted(run_id) == pictures.Looking(field=False, units=False)
    pictures.want(run_id, units=False)
    assert pictures.wanted(run_id) == pictures.Looking(field=True, units=False)
    pictures.want(run_id, units=True)
    assert pictures.wanted(run_id) == pictures.Looking(field=True, units=True)
    long_ago = time.time() - pictures.PATIENCE_S - 1
    for name in (pictures.WANTED, pictures.WANTED_UNITS):
        os.utime(artifacts.folder(run_id) / name, (long_ago, long_ago))
    assert pictures.wanted(run_id) == pictures.Looking(field=False, units=False)


def test_looking_at_a_run_without_folder_makes_none(run_id: str) -> None:
    pictures.want("gone", units=True)
    assert not (artifacts.folder(run_id).parent / "gone").exists()


def test_the_sign_that_somebody_looks_is_no_file_of_the_run(run_id: str) -> None:
    pictures.want(run_id, units=True)
    assert artifacts.sizes(run_id) == {}
