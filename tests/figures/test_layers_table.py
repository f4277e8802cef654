"""The table of layers is read by people: short numbers, counts of units, nothing where nothing is known."""

from builder.figures.layers_table import caption, layers_table
from builder.runs.layers import LayerFigures, Look

LOOK = Look(
    seq=4,
    at=12,
    rows=256,
    layers={
        "block/conv": LayerFigures(
            grad_rms=0.00123, weight_norm=0.145, update_ratio=0.00278, dead=0.25, units=16
        ),
        "squash": LayerFigures(saturated=0.5),
        "slow": LayerFigures(update_ratio=1e-9),
    },
)


def test_each_layer_has_a_line_with_what_is_known_of_it() -> None:
    told = layers_table(LOOK)
    assert list(told["Layer"]) == ["block/conv", "squash", "slow"]
    assert list(told.iloc[0])[1:] == ["0.0012", "0.28 %", "0.14", "4 of 16", ""]
    assert list(told.iloc[1])[1:] == ["", "", "", "", "50 %"]
    assert told.iloc[2]["Update of one step"] == "< 0.0001 %"


def test_the_caption_says_when_it_was_and_on_how_many_rows() -> None:
    assert caption(LOOK).startswith("Epoch 12, on 256 training rows.")
    assert caption(LOOK.model_copy(update={"at": 0})).startswith("Before training")
    assert caption(LOOK.model_copy(update={"at": 2.375})).startswith("Epoch 2.375")
