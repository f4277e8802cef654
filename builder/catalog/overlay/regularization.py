"""What is said by hand about layers that keep a network from learning its rows by heart."""

from builder.catalog.entry import Entries, Entry

ENTRIES = Entries(
    {
        "Dropout": Entry("Blanks out some values while training", takes_whole=False),
        "SpatialDropout1D": Entry("Blanks out whole channels of a sequence", (3, 3), takes_whole=False),
        "SpatialDropout2D": Entry("Blanks out whole channels of an image", (4, 4), takes_whole=False),
        "SpatialDropout3D": Entry("Blanks out whole channels of a volume", (5, 5), takes_whole=False),
        "AlphaDropout": Entry("Dropout that keeps mean and spread (for SELU)", takes_whole=False),
        "GaussianDropout": Entry("Multiplies by random noise while training", takes_whole=False),
        "GaussianNoise": Entry("Adds random noise while training", takes_whole=False),
        "ActivityRegularization": Entry("Makes large values costly", takes_bool=False, start={"l2": 0.001}),
    }
)
