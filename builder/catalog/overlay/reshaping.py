"""What is said by hand about layers that arrange the same numbers in another way."""

from builder.catalog.entry import Entries, Entry

FINE = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")

ENTRIES = Entries(
    {
        "Flatten": Entry("Lays everything out in one long row", dtype="any"),
        "Reshape": Entry("Arranges the numbers in another shape", dtype="any", start={"target_shape": [-1]}),
        "Permute": Entry("Swaps the order of the axes", (2, None), "any", start={"dims": [2, 1]}),
        "RepeatVector": Entry("Repeats one row as a sequence", (2, 2), "any"),
        "Cropping1D": Entry("Cuts steps off both ends", (3, 3), "any"),
        "Cropping2D": Entry("Cuts a border off an image", (4, 4), "any", start={"cropping": 1}),
        "Cropping3D": Entry("Cuts a border off a volume", (5, 5), "any"),
        "ZeroPadding1D": Entry("Adds zeros at both ends", (3, 3), "any"),
        "ZeroPadding2D": Entry("Adds a border of zeros to an image", (4, 4), "any"),
        "ZeroPadding3D": Entry("Adds a border of zeros to a volume", (5, 5), "any"),
        "UpSampling1D": Entry(
            "Repeats each step", (3, 3), "any", params={"size": {"kind": "int", "length": None}}
        ),
        "UpSampling2D": Entry(
            "Enlarges an image by whole factors", (4, 4), params={"interpolation": {"choices": FINE}}
        ),
        "UpSampling3D": Entry("Enlarges a volume by whole factors", (5, 5), "any"),
    }
)
