"""What is said by hand about layers that make their input smaller by summing it up."""

from builder.catalog.entry import Entries, Entry

ENTRIES = Entries(
    {
        "MaxPooling1D": Entry("Keeps the largest of each few steps", (3, 3)),
        "MaxPooling2D": Entry("Keeps the largest of each small square", (4, 4)),
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
        "AdaptiveMaxPooling1D": Entry("Largest values, to a length of your choice", (3, 3)),
        "AdaptiveMaxPooling2D": Entry("Largest values, to a size of your choice", (4, 4)),
        "AdaptiveMaxPooling3D": Entry(
            "Largest values, to a volume of your choice", (5, 5), takes_whole=False
        ),
        "AdaptiveAveragePooling1D": Entry("Averages, to a length of your choice", (3, 3), takes_whole=False),
        "AdaptiveAveragePooling2D": Entry("Averages, to a size of your choice", (4, 4), takes_whole=False),
        "AdaptiveAveragePooling3D": Entry("Averages, to a volume of your choice", (5, 5), takes_whole=False),
    }
)
