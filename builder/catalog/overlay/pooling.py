"""What is said by hand about layers that make their input smaller by summing it up."""

from builder.catalog.entry import Entries, Entry

SEVERAL = {
    "output_size": {
        "minimum": 2,
        "help": "How long each axis shall be, 2 or more; for 1 take a Global layer.",
    }
}
"""An output of length 1 fails in graph mode, and outside of it the largest value ends the process (Keras 3.15)."""

ENTRIES = Entries(
    {
        "MaxPooling1D": Entry("Keeps the largest of each few steps", (3, 3), takes_bool=False),
        "MaxPooling2D": Entry("Keeps the largest of each small square", (4, 4), takes_bool=False),
        "MaxPooling3D": Entry("Keeps the largest of each small cube", (5, 5), takes_whole=False),
        "AveragePooling1D": Entry("Averages each few steps", (3, 3), takes_whole=False),
        "AveragePooling2D": Entry("Averages each small square", (4, 4), takes_whole=False),
        "AveragePooling3D": Entry("Averages each small cube", (5, 5), takes_whole=False),
        "GlobalMaxPooling1D": Entry("Keeps the largest over the whole sequence", (3, 3)),
        "GlobalMaxPooling2D": Entry("Keeps the largest over the whole image", (4, 4)),
        "GlobalMaxPooling3D": Entry("Keeps the largest over the whole volume", (5, 5)),
        "GlobalAveragePooling1D": Entry("Averages over the whole sequence", (3, 3)),
        "GlobalAveragePooling2D": Entry("Averages over the whole image", (4, 4)),
        "GlobalAveragePooling3D": Entry("Averages over the whole volume", (5, 5)),
        "AdaptiveMaxPooling1D": Entry(
            "Largest values, to a length of your choice", (3, 3), takes_bool=False, shortest=2, params=SEVERAL
        ),
        "AdaptiveMaxPooling2D": Entry(
            "Largest values, to a size of your choice", (4, 4), takes_bool=False, shortest=2, params=SEVERAL
        ),
        "AdaptiveMaxPooling3D": Entry(
            "Largest values, to a volume of your choice",
            (5, 5),
            takes_whole=False,
            shortest=2,
            params=SEVERAL,
        ),
        "AdaptiveAveragePooling1D": Entry(
            "Averages, to a length of your choice", (3, 3), takes_whole=False, shortest=2, params=SEVERAL
        ),
        "AdaptiveAveragePooling2D": Entry(
            "Averages, to a size of your choice", (4, 4), takes_whole=False, shortest=2, params=SEVERAL
        ),
        "AdaptiveAveragePooling3D": Entry(
            "Averages, to a volume of your choice", (5, 5), takes_whole=False, shortest=2, params=SEVERAL
        ),
    }
)
