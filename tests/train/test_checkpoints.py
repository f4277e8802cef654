import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from builder.errors import Unreadable
from builder.project.document import Project
from builder.runs import artifacts
from builder.runs.store import Store
from builder.train import checkpoints, state
from builder.train.checkpoints import Checkpoint, Facts
from builder.train.session import open_session
from builder.train.variable_names import model_names, slot_names


@pytest.fixture
def checkpoint(project: Project) -> Checkpoint:
    model = open_session(project).model
    facts = Facts(run="r1", epoch=2, step=3, running={"loss": float("nan")}, names=model_names(model))
    return Checkpoint(facts, state.capture(model), model.get_weights())


@pytest.fixture
def path(store: Store) -> Path:
    return artifacts.folder("r1") / artifacts.CHECKPOINT


def same(one: Checkpoint, other: Checkpoint) -> bool:
    groups = [(one.best, other.best)] + [
        (getattr(one.state, group), getattr(other.state, group))
        for group in ("model", "metrics", "optimizer")
    ]
    return all(
        a.dtype == b.dtype and np.array_equal(a, b)
        for mine, theirs in groups
        for a, b in zip(mine, theirs, strict=True)
    )


def test_what_is_written_is_read_again_with_small_floats_too(checkpoint: Checkpoint, path: Path) -> None:
    import ml_dtypes

    checkpoint.state.model.append(np.array([1.5, -2.0], ml_dtypes.bfloat16))
    checkpoints.write(path, checkpoint)
    found = checkpoints.read(path, "r1")
    assert same(found, checkpoint)
    assert found.state.chance.python == checkpoint.state.chance.python
    assert np.isnan(found.facts.running["loss"]) and checkpoints.facts(path).step == 3


def test_the_one_before_stays_beside_it(checkpoint: Checkpoint, path: Path) -> None:
    older = path.with_name(artifacts.OLDER)
    checkpoints.write(path, checkpoint, older)
    later = Checkpoint(checkpoint.facts.model_copy(update={"epoch": 9}), checkpoint.state, None)
    checkpoints.write(path, later, older)
    assert [checkpoints.facts(each).epoch for each in (path, older)] == [9, 2]
    path.write_bytes(b"half")
    found, told = checkpoints.newest("r1")
    assert found.facts.epoch == 2 and told == "The checkpoint checkpoint.npz is damaged."


def test_any_damage_is_told_in_words_and_nothing_is_believed(checkpoint: Checkpoint, path: Path) -> None:
    checkpoints.write(path, checkpoint)
    whole = path.read_bytes()
    chance = np.random.default_rng(0)
    for _ in range(40):
        broken = bytearray(whole)
        broken[int(chance.integers(len(whole)))] ^= 0xFF
        path.write_bytes(broken)
        try:
            assert same(checkpoints.read(path, "r1"), checkpoint)  # the byte was of no importance
        except Unreadable as error:
            assert "checkpoint.npz" in str(error)
    for length in (0, 10, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:length])
        with pytest.raises(Unreadable, match="damaged"):
            checkpoints.read(path)


def test_foreign_files_are_refused(checkpoint: Checkpoint, path: Path) -> None:
    checkpoints.write(path, checkpoint)
    with pytest.raises(Unreadable, match="belongs to another run"):
        checkpoints.read(path, "r2")
    with pytest.raises(Unreadable, match="There is no checkpoint"):
        checkpoints.read(path.with_name("none.npz"))
    pickled = io.BytesIO()
    np.save(pickled, np.array([{"a": 1}], object), allow_pickle=True)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("facts.npy", pickled.getvalue())
    with pytest.raises(Unreadable, match="damaged"):
        checkpoints.read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("model/0.npy", bytes(10**6))
    with pytest.raises(Unreadable, match="damaged"):
        checkpoints.read(path)


def test_variables_are_named_by_their_nodes(project: Project) -> None:
    model = open_session(project).model
    assert model_names(model)[:2] == ["even:0", "even:1"]
    assert {"hidden:0", "hidden:1", "steady:0", "gaps:seed0", "kind:0"} <= set(model_names(model))
    assert len(set(model_names(model))) == len(model.variables)
    slots = slot_names(model)
    assert slots[:2] == ["iteration", "learning_rate"]
    assert {"momentum of hidden:0", "velocity of steady:1", "momentum of kind:1"} <= set(slots)
    assert len(set(slots)) == len(model.optimizer.variables)
