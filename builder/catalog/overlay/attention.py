"""What is said by hand about layers that let every position look at every other."""

from builder.catalog.entry import Entries, Entry
from builder.catalog.spec import PortSpec, RelationSpec

LOOK = (
    PortSpec(name="query"),
    PortSpec(name="value"),
    PortSpec(name="key", optional=True),
    PortSpec(name="attention_mask", optional=True),
)
SCORES = ("output", "scores")
TRIPLE = (PortSpec(name="inputs", many=True),)
CALL = {
    "return_attention_scores": {
        "kind": "bool",
        "default": False,
        "help": "Hand out the attention weights as a second output.",
    },
    "use_causal_mask": {
        "kind": "bool",
        "default": False,
        "help": "Let each position see only what came before it.",
    },
}

ENTRIES = Entries(
    {
        "MultiHeadAttention": Entry(
            "Several looks at a sequence at once",
            (3, 5),
            ports=LOOK,
            args=CALL,
            outputs=SCORES,
            trainable=True,
        ),
        "GroupQueryAttention": Entry(
            "Multi-head attention with shared keys",
            (3, 3),
            ports=LOOK,
            args=CALL,
            outputs=SCORES,
            relations=(
                RelationSpec(kind="divides", argument="num_key_value_heads", other="num_query_heads"),
            ),
            trainable=True,
            start={"head_dim": 16, "num_query_heads": 4, "num_key_value_heads": 2},
        ),
        "Attention": Entry(
            "Weighs a sequence by likeness to a query",
            (3, 5),
            takes_whole=False,
            ports=TRIPLE,
            args=CALL,
            outputs=SCORES,
            params={"score_mode": {"choices": ("dot", "concat")}},
        ),
        "AdditiveAttention": Entry(
            "Weighs a sequence by a learnt sum",
            (3, 5),
            takes_bool=False,
            ports=TRIPLE,
            args=CALL,
            outputs=SCORES,
            trainable=True,
        ),
    }
)
