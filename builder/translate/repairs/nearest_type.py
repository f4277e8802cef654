"""Make a layer of a known type of one whose name nobody knows."""

from collections.abc import Iterator

from builder.catalog import lookup
from builder.design.document import Params
from builder.design.edits import Retype
from builder.translate.candidates import CHANGED, Candidate, Proposer
from builder.translate.scene import Scene

ELSEWHERE = {
    "linear": "Dense", "fc": "Dense", "fullyconnected": "Dense", "batchnorm": "BatchNormalization",
    "batchnorm1d": "BatchNormalization", "batchnorm2d": "BatchNormalization", "layernorm": "LayerNormalization",
    "groupnorm": "GroupNormalization", "maxpool": "MaxPooling2D", "avgpool": "AveragePooling2D", "conv": "Conv2D",
    "input": "InputLayer", "sum": "Add", "concat": "Concatenate", "cat": "Concatenate", "mul": "Multiply",
    "rnn": "SimpleRNN", "attention": "MultiHeadAttention", "gelu": "Activation", "sigmoid": "Activation",
    "tanh": "Activation", "swish": "Activation", "silu": "Activation", "view": "Reshape", "skip": "Identity",
}  # fmt: skip
"""Names of the same thing elsewhere (PyTorch and habit)."""


def _propose(scene: Scene) -> Iterator[Candidate]:
    node = scene.node
    if node is None or scene.issue.code != "unknown_layer":
        return
    known = ELSEWHERE.get(node.type.lower().rpartition(".")[2].replace("_", ""))
    for kind in dict.fromkeys(name for name in (lookup.nearest(node.type), known, "Identity") if name):
        spec = lookup.layer(kind)
        if spec is None or kind.startswith("ops."):
            continue
        params: Params = {param.name: param.start for param in spec.params if param.required}
        names = {param.name for param in spec.params}
        params |= {name: value for name, value in node.params.items() if name in names}
        edit = Retype(id=node.id, type=kind, params=params)
        size = CHANGED + (kind == "Identity")
        yield Candidate(f"Make {node.id} a {kind}", f"{node.id} becomes a {kind}.", (edit,), scene.path, size)


NEAREST_TYPE = Proposer(_propose)
