"""What is said by hand about layers that keep a network from learning its rows by heart."""

from builder.catalog.entry import Entries, Entry

ENTRIES = Entries(
    {
        "Dropout": Entry("Blanks out some values while training"),
        "SpatialDropout1D": Entry("Blanks out whole channels of a sequence", (3, 3)),
        "SpatialDropout2D": Entry("Blanks out whole channels of an image", (4, 4)),
        "SpatialDropout3D": Entry("Blanks out whole channels of a volume", (5, 5)),
        "AlphaDropout": Entry("Dropout that keeps mean and spread (for SELU)"),
        "GaussianDropout": Entry("Multiplies by random noise while training"),
        "GaussianNoise": Entry("Adds random noise while training"),
        "ActivityRegularization": Entry("Makes large values costly", start={"l2": 0.001}),
    }
)
