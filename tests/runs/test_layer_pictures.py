"""Pictures of layers come back as they were written, are few, small, and survive what happens to files."""

import math

import numpy as np
import pytest

from builder.runs import artifacts, layer_pictures, layers
from builder.runs.layer_pictures import Histogram, Picture, histogram, most_pictures, thinned
from builder.runs.layers import LayerFigures, Look


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERLOOM_HOME", str(tmp_path))


def picture(at: float, names: tuple[str, ...] = ("conv", "block/dense")) -> Picture:
    drawn = histogram(np.random.default_rng(int(at)).normal(size=500))
    assert drawn is not None
    figures = LayerFigures(grad_rms=0.00123, weight_norm=0.5, dead=0.25, units=16)
    return Picture(round(at * 10), at, dict.fromkeys(names, figures), dict.fromkeys(names, drawn))


def test_a_histogram_counts_as_numpy_does() -> None:
    values = np.random.default_rng(3).normal(size=4000)
    drawn = histogram(values)
    counts, edges = np.histogram(values, layer_pictures.BINS)
    assert (drawn.low, drawn.high) == (edges[0], edges[-1])
    assert max(drawn.heights) == 255
    assert np.allclose(drawn.heights, np.maximum(np.round(counts / counts.max() * 255), counts > 0), atol=1)


def test_one_value_many_times_and_values_beyond_numbers_have_a_histogram() -> None:
    drawn = histogram(np.array([2.0, 2.0, np.inf, np.nan]))
    assert drawn.low < 2 < drawn.high
    assert sum(height > 0 for height in drawn.heights) == 1
    assert histogram(np.array([np.nan])) is None
    assert histogram(np.array([])) is None


def test_pictures_come_back_as_they_were_written() -> None:
    written = [picture(0), picture(1.5), picture(7, ("conv",))]
    layer_pictures.write("run", written)
    read = layer_pictures.read("run")
    assert [one.at for one in read] == [0, 1.5, 7]
    assert [one.id for one in read] == [0, 15, 70]
    assert read[0].figures == written[0].figures
    assert read[1].weights["conv"].heights == written[1].weights["conv"].heights
    assert read[1].weights["conv"].low == pytest.approx(written[1].weights["conv"].low)
    assert read[2].weights.keys() == {"conv"}
    assert read[0].activations == {}


def test_a_thousand_layers_stay_below_two_megabytes() -> None:
    names = tuple(f"block_{n // 10}/conv_{n}" for n in range(1000))
    many = thinned([picture(at, names) for at in range(60)], most_pictures(1000))
    layer_pictures.write("run", many)
    assert artifacts.sizes("run")[layer_pictures.FILE] < 2_000_000
    assert most_pictures(10) == 40


def test_thinning_keeps_the_first_the_newest_and_even_steps_of_the_logarithm() -> None:
    kept: list[Picture] = []
    for at in range(2001):
        kept = thinned([*kept, picture(at, ())], 40)
    epochs = [one.at for one in kept]
    assert len(epochs) == 40
    assert epochs[0] == 0
    assert epochs[-2:] == [1999, 2000]
    assert epochs[:4] == [0, 1, 2, 3]
    gaps = np.diff([math.log1p(at) for at in epochs[:-2]])
    assert max(gaps[3:]) < 0.8


def test_files_that_are_missing_or_broken_read_as_nothing() -> None:
    assert layer_pictures.read("run") == []
    assert layers.newest("run") is None
    folder = artifacts.folder("run")
    (folder / layer_pictures.FILE).write_bytes(b"PK\x03\x04 half a file")
    (folder / layers.NEWEST).write_text('{"seq": 1')
    assert layer_pictures.read("run") == []
    assert layers.newest("run") is None


def test_the_newest_look_comes_back_and_leaves_no_temporary_file() -> None:
    look = Look(seq=3, at=1.5, rows=64, layers={"conv": LayerFigures(grad_rms=1e-9)})
    layers.write_newest("run", look)
    assert layers.newest("run") == look
    assert [file.name for file in artifacts.folder("run").iterdir()] == [layers.NEWEST]


def test_numbers_beyond_numbers_are_left_out() -> None:
    assert layers.rounded(math.inf) is None
    assert layers.rounded(math.nan) is None
    assert layers.rounded(0.00123456) == 0.00123
    assert Histogram(0, 1, (0,) * 32).low == 0
