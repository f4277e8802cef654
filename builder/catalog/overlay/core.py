"""What is said by hand about inputs and the layers that most networks are made of."""

from builder.catalog.entry import Entries, Entry
from builder.catalog.limits import LARGEST_INPUT, LARGEST_VOCABULARY

INPUT_DTYPES = ("float32", "int32", "int64", "uint8", "bool", "string", "float16", "bfloat16", "float64")

ENTRIES = Entries(
    {
        "InputLayer": Entry(
            "Where data enters the network",
            (None, None),
            "any",
            start={"shape": [64]},
            hide=frozenset({"sparse", "ragged", "batch_shape", "input_tensor"}),
            ports=(),
            params={
                "shape": {
                    "required": True,
                    "default": None,
                    "nullable": False,
                    "unknown": True,
                    "maximum": LARGEST_INPUT,
                },
                "dtype": {
                    "kind": "choice",
                    "choices": INPUT_DTYPES,
                    "nullable": True,
                    "help": "Type of the numbers.",
                },
                "batch_size": {"help": "Fixed number of rows in a batch; empty leaves it open."},
                "optional": {"help": "Whether the input may be left out when the network is called."},
            },
        ),
        "Dense": Entry("Every output weighs every input", (2, None), start={"activation": "relu"}),
        "EinsumDense": Entry(
            "A dense layer along axes of your choice",
            (2, 8),
            start={"equation": "ab,bc->ac", "output_shape": 32},
            params={"bias_axes": {"kind": "text", "nullable": True}},
            hide=frozenset({"gptq_unpacked_column_size"}),
        ),
        "Embedding": Entry(
            "Gives each whole number its own learnt row",
            (1, None),
            "int",
            start={"input_dim": 1000, "output_dim": 16},
            params={"input_dim": {"maximum": LARGEST_VOCABULARY}, "output_dim": {"maximum": 65_536}},
        ),
        "ReversibleEmbedding": Entry(
            "An embedding that can also be run backwards",
            (1, None),
            "int",
            start={"input_dim": 1000, "output_dim": 16},
            params={"input_dim": {"maximum": LARGEST_VOCABULARY}, "output_dim": {"maximum": 65_536}},
            hide=frozenset({"reverse_dtype"}),
            args={
                "reverse": {
                    "kind": "bool",
                    "default": False,
                    "help": "Project vectors back to the vocabulary.",
                }
            },
        ),
        "Identity": Entry("Hands its input on, unchanged", dtype="any"),
        "Masking": Entry("Tells later layers to skip empty time steps", (2, None)),
    }
)
