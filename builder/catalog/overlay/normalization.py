"""What is said by hand about layers that keep numbers in a healthy range."""

from builder.catalog.entry import Entries, Entry

WRAPPED = (
    "Dense",
    "EinsumDense",
    "Embedding",
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "Conv1DTranspose",
    "Conv2DTranspose",
    "Conv3DTranspose",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
)

ENTRIES = Entries(
    {
        "BatchNormalization": Entry(
            "Evens out each feature over the batch", (2, None), hide=frozenset({"renorm_clipping"})
        ),
        "LayerNormalization": Entry("Evens out each row by itself", (2, None)),
        "GroupNormalization": Entry(
            "Evens out groups of channels",
            (2, None),
            start={"groups": -1},
            params={
                "groups": {
                    "minimum": -1,
                    "help": "Number of groups that the channels are split into; -1: one for each channel.",
                }
            },
        ),
        "RMSNormalization": Entry("Scales each row to a common strength", (2, None), trainable=True),
        "UnitNormalization": Entry("Scales each row to length 1", (2, None), takes_whole=False),
        "SpectralNormalization": Entry(
            "Keeps the strength of another layer's weights at 1",
            (2, None),
            trainable=True,
            start={"layer": {"type": "Dense", "params": {"units": 32}}},
            params={"layer": {"choices": WRAPPED}},
        ),
    }
)
