"""What we write, TensorFlow's own readers read; and no name that a person typed becomes a path."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.cli import main
from builder.project.document import Project
from builder.project.templates import template
from builder.runs import layer_pictures
from builder.runs.layers import LayerFigures
from builder.runs.records import Event, EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.runs.tensorboard import export, messages
from builder.runs.tensorboard.framing import checksums, framed

HOSTILE = "../../etc/passwd\x00<script>alert(1)</script>`# $x$\n```\r\n| =cmd()"


def trained(store: Store, name: str = "digits", validation: bool = True) -> RunRecord:
    project = template("mlp-digits").project.model_copy(update={"name": name})
    run = store.create_run("ann", project)
    events = [Event(kind=EventKind.STARTED, text="Training on the CPU.")]
    for epoch in range(4):
        if epoch:
            loss = {"loss": 1 / epoch, "steps_per_s": 100.0}
            events += [
                Event(kind=EventKind.BATCH, epoch=epoch, step=step, values=loss, at=50.0) for step in (20, 40)
            ]
        values = {"loss": 1 / (1 + epoch), "keras_loss": 2 / (1 + epoch), "learning_rate": 0.001}
        values |= {"val_loss": 3 / (1 + epoch), "val_accuracy": 0.9} if validation else {}
        events.append(Event(kind=EventKind.EPOCH, epoch=epoch, at=100.0 - epoch, values=values))
    store.append(run.id, [*events, Event(kind=EventKind.CHANGE, epoch=2, text=f"Changed {HOSTILE}")])
    store.update_run(run.id, state=RunState.STARTING, steps_per_epoch=40)
    return store.run(run.id)


def read(folder: Path) -> list[Any]:
    """The messages of the one event file in a folder, as TensorFlow reads them."""
    import tensorflow as tf

    (file,) = folder.iterdir()
    return list(tf.compat.v1.train.summary_iterator(str(file)))


def curve(events: list[Any], tag: str) -> list[tuple[int, float]]:
    return [
        (event.step, value.simple_value)
        for event in events
        for value in event.summary.value
        if value.tag == tag
    ]


def words(events: list[Any], tag: str) -> list[str]:
    values = [
        value for event in events for value in event.summary.value if value.tag == f"{tag}/text_summary"
    ]
    assert all(value.metadata.plugin_data.plugin_name == "text" for value in values)
    return [value.tensor.string_val[0].decode() for value in values]


def unpacked(store: Store, run: RunRecord, to: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(export.zipped(store, run))) as archive:
        archive.extractall(to)
    return to


def test_tensorflow_reads_every_curve_with_its_values_and_steps(store: Store, tmp_path: Path) -> None:
    folder = unpacked(store, trained(store), tmp_path)
    train, validation = read(folder / "train"), read(folder / "validation")
    assert train[0].file_version == validation[0].file_version == "brain.Event:2"
    assert curve(train, "epoch_loss") == [(n, pytest.approx(1 / (1 + n))) for n in range(4)]
    assert curve(train, "epoch_keras_loss")[1] == (1, 1.0)
    assert curve(train, "epoch_learning_rate") == [(n, pytest.approx(0.001)) for n in range(4)]
    assert curve(validation, "epoch_loss") == [(n, pytest.approx(3 / (1 + n))) for n in range(4)]
    assert curve(validation, "epoch_accuracy") == [(n, pytest.approx(0.9)) for n in range(4)]
    assert [step for step, _ in curve(train, "batch_loss")] == [20, 40, 60, 80, 100, 120]
    assert len(curve(train, "batch_steps_per_second")) == 6
    assert [event.wall_time for event in validation[1:]] == [100.0, 99.0, 98.0, 97.0], "the clock may jump"


def test_settings_and_happenings_are_told_as_plain_text(store: Store, tmp_path: Path) -> None:
    train = read(unpacked(store, trained(store, HOSTILE), tmp_path) / "train")
    (settings_told,) = words(train, "hyperparameters")
    assert '"batch_size": 32' in settings_told and '"type": "Adam"' in settings_told
    assert '"nodes"' not in settings_told
    assert words(train, "events")[0] == "    Training on the CPU."
    for told in (settings_told, *words(train, "events")):
        assert all(line.startswith("    ") for line in told.splitlines()), "Markdown shows it as code"


def test_no_path_comes_from_a_name(store: Store) -> None:
    run = trained(store, HOSTILE)
    assert set(export.event_files(store, run)) == {
        f"{folder}/events.out.tfevents.{int(run.created_at)}.layerloom" for folder in ("train", "validation")
    }


def test_a_run_without_held_back_rows_has_no_validation_folder(store: Store) -> None:
    run = trained(store, validation=False)
    assert [path.partition("/")[0] for path in export.event_files(store, run)] == ["train"]


def test_a_run_that_has_only_been_asked_for_has_its_settings(store: Store, tmp_path: Path) -> None:
    run = store.create_run("ann", Project())
    assert len(words(read(unpacked(store, run, tmp_path) / "train"), "hyperparameters")) == 1


def test_a_long_run_is_written_in_parts_that_read_as_one_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained(store)
    whole = export.event_files(store, run)
    monkeypatch.setattr(export, "CHUNK", 3)
    assert export.event_files(store, run) == whole


def test_steps_never_go_back_where_the_batch_size_was_changed(store: Store, tmp_path: Path) -> None:
    run = store.create_run("ann", Project())
    told = [(1, 40), (2, 100), (3, 5), (4, 100)]
    store.append(
        run.id,
        [Event(kind=EventKind.BATCH, epoch=epoch, step=step, values={"loss": 1.0}) for epoch, step in told],
    )
    store.update_run(run.id, state=RunState.STARTING, steps_per_epoch=40)
    train = read(unpacked(store, store.run(run.id), tmp_path) / "train")
    steps = [step for step, _ in curve(train, "batch_loss")]
    assert steps == sorted(steps)


def test_a_damaged_record_is_noticed_by_the_checksum(store: Store, tmp_path: Path) -> None:
    import tensorflow as tf

    path = tmp_path / "records"
    path.write_bytes(framed([b"first", b"second" * 50]))
    assert [record.numpy() for record in tf.data.TFRecordDataset(str(path))] == [b"first", b"second" * 50]
    damaged = bytearray(path.read_bytes())
    damaged[-20] ^= 1
    path.write_bytes(bytes(damaged))
    with pytest.raises(tf.errors.DataLossError):
        list(tf.data.TFRecordDataset(str(path)))


def test_the_checksum_is_that_of_the_published_examples() -> None:
    # RFC 3720, B.4
    known = {
        bytes(32): 0x8A9136AA,
        b"\xff" * 32: 0x62A8AB43,
        bytes(range(32)): 0x46DD794E,
        bytes(reversed(range(32))): 0x113FDB5C,
        b"123456789": 0xE3069283,
        b"": 0,
    }
    assert checksums(list(known)) == list(known.values())


@settings(deadline=None)
@given(st.lists(st.floats(width=32, allow_nan=False), min_size=1, max_size=4), st.integers(0, 2**62))
def test_any_number_and_step_comes_back(values: list[float], step: int) -> None:
    from tensorflow.core.util.event_pb2 import Event as Theirs

    tags = {f"metric_{index}": value for index, value in enumerate(values)}
    told = Theirs.FromString(messages.scalars(1.5, step, tags))
    assert (told.wall_time, told.step) == (1.5, step)
    assert {value.tag: value.simple_value for value in told.summary.value} == tags


def test_a_histogram_holds_its_bins_and_sums() -> None:
    from tensorflow.core.util.event_pb2 import Event as Theirs

    edges, counts = np.array([-1.0, 0.0, 1.0, 3.0]), np.array([1.0, 2.0, 3.0])
    told = Theirs.FromString(messages.histogram(1.5, 7, "hidden/kernel", messages.Histogram(edges, counts)))
    (value,) = told.summary.value
    histo = value.histo
    assert (told.step, value.tag, histo.min, histo.max, histo.num) == (7, "hidden/kernel", -1.0, 3.0, 6.0)
    assert (histo.sum, histo.sum_squares) == (6.5, 12.75)
    assert (list(histo.bucket_limit), list(histo.bucket)) == ([0.0, 1.0, 3.0], [1.0, 2.0, 3.0])


def test_the_layers_come_as_histograms_and_curves_where_they_were_looked_at(
    store: Store, tmp_path: Path
) -> None:
    run = trained(store)
    drawn = layer_pictures.histogram(np.array([-1.0, 0.0, 0.0, 3.0]))
    assert drawn is not None
    figures = {"block/hidden": LayerFigures(grad_rms=0.5, dead=0.25, units=8)}
    looks = [
        layer_pictures.Picture(id=n, at=float(n), figures=figures, weights={"block/hidden": drawn})
        for n in (0, 2)
    ]
    layer_pictures.write(run.id, looks)
    train = read(unpacked(store, run, tmp_path) / "train")
    told = [
        (event.step, value.histo)
        for event in train
        for value in event.summary.value
        if value.tag == "weights/block/hidden"
    ]
    assert [step for step, _ in told] == [0, 2]
    assert (told[0][1].min, told[0][1].max, len(told[0][1].bucket)) == (-1.0, 3.0, layer_pictures.BINS)
    assert max(told[0][1].bucket) == 255
    assert curve(train, "layer_dead/block/hidden") == [(0, 0.25), (2, 0.25)]


def test_tensorboard_itself_shows_the_curves(store: Store, tmp_path: Path) -> None:
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    folder = unpacked(store, trained(store), tmp_path)
    seen = accumulator.EventAccumulator(str(folder / "train"))
    seen.Reload()
    assert "epoch_loss" in seen.Tags()["scalars"]
    assert [event.step for event in seen.Scalars("batch_loss")] == [20, 40, 60, 80, 100, 120]


def test_the_command_line_writes_a_folder_or_an_archive(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = trained(store)
    assert main(["export", run.id, "--format", "tensorboard", "-o", str(tmp_path / "logs")]) == 0
    assert len(read(tmp_path / "logs" / "validation")) == 5
    assert main(["export", run.id, "--format", "tensorboard", "-o", str(tmp_path / "logs.zip")]) == 0
    assert len(zipfile.ZipFile(tmp_path / "logs.zip").namelist()) == 2
    (tmp_path / "drawn.json").write_text(run.project.model_dump_json())
    capsys.readouterr()
    wrong = ["export", str(tmp_path / "drawn.json"), "--format", "tensorboard", "-o", str(tmp_path / "no")]
    assert main(wrong) != 0
    assert "Only a run has curves" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
