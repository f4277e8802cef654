"""What is said by hand about layers that slide a small window over their input."""

from builder.catalog.entry import Entries, Entry
from builder.catalog.spec import RelationSpec

CAUSAL = {"padding": {"choices": ("valid", "same", "causal")}}
RELU = {"activation": "relu"}
GROUPS = (RelationSpec(kind="divides", argument="groups", other="filters"),)

ENTRIES = Entries(
    {
        "Conv1D": Entry(
            "Finds short patterns along a sequence",
            (3, 3),
            takes_whole=False,
            start=RELU,
            params=CAUSAL,
            relations=GROUPS,
        ),
        "Conv2D": Entry(
            "Finds small patterns anywhere in an image",
            (4, 4),
            takes_whole=False,
            start=RELU,
            relations=GROUPS,
        ),
        "Conv3D": Entry(
            "Finds small patterns anywhere in a volume",
            (5, 5),
            takes_whole=False,
            start=RELU,
            relations=GROUPS,
        ),
        "Conv1DTranspose": Entry(
            "Stretches a sequence with learnt patterns", (3, 3), takes_whole=False, start=RELU
        ),
        "Conv2DTranspose": Entry(
            "Enlarges an image with learnt patterns", (4, 4), takes_whole=False, start=RELU
        ),
        "Conv3DTranspose": Entry(
            "Enlarges a volume with learnt patterns", (5, 5), takes_whole=False, start=RELU
        ),
        "DepthwiseConv1D": Entry(
            "One pattern for each channel of a sequence", (3, 3), takes_whole=False, start=RELU
        ),
        "DepthwiseConv2D": Entry(
            "One pattern for each channel of an image", (4, 4), takes_whole=False, start=RELU
        ),
        "SeparableConv1D": Entry("A cheaper Conv1D in two thin steps", (3, 3), takes_whole=False, start=RELU),
        "SeparableConv2D": Entry("A cheaper Conv2D in two thin steps", (4, 4), takes_whole=False, start=RELU),
    }
)
