"""How does an output answer? Which layer sets its size, and which function bends its values, as far as is drawn."""

from dataclasses import dataclass
from math import inf

from builder.design.document import Design, Node
from builder.design.order import output_references

ACTIVATIONS = frozenset(("Activation", "Softmax", "ReLU", "LeakyReLU", "ELU", "PReLU"))
PASSES_VALUES = frozenset(("Dropout", "GaussianNoise", "ActivityRegularization", "Identity"))
"""Layers that leave values as they are once the network is trained."""
KEEPS_SIZE = ACTIVATIONS | PASSES_VALUES | {"Rescaling", "BatchNormalization", "LayerNormalization"}
"""Layers that put out as many numbers as came in."""
OWN_FUNCTION = {"Softmax": "softmax", "ReLU": "relu", "ops.softmax": "softmax", "ops.sigmoid": "sigmoid"}
LINEAR_BY_DEFAULT = frozenset(("Dense", "EinsumDense", "Conv1D", "Conv2D", "Conv3D"))

REACH = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
    "relu6": (0.0, 6.0),
    "relu": (0.0, inf),
    "softplus": (0.0, inf),
    "exponential": (0.0, inf),
}
"""Smallest and largest value of the functions that cannot reach every number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One output of a network, as drawn."""

    name: str
    """Its name in the training settings: the key of the output, else its node."""
    node: Node
    port: int
    head: Node | None
    """The `Dense` layer whose units are the output's size; None: some other layer sets it."""
    bend: Node | None
    """The node whose activation is the last one; None: not known."""
    activation: str | None
    """Keras' name of that activation; None: not known."""

    @property
    def units(self) -> int | None:
        """Units of the head, if they are drawn as a whole number."""
        units = self.head.params.get("units") if self.head is not None else None
        return units if isinstance(units, int) and not isinstance(units, bool) else None


def answers(design: Design) -> tuple[Answer, ...]:
    """All outputs of a design, in order; references to nodes that are not there are left out."""
    found = []
    for key, node_id, port in output_references(design):
        node = design.node(node_id)
        if node is not None:
            bend, activation = _bend(design, node)
            found.append(Answer(key or node_id, node, port, _head(design, node), bend, activation))
    return tuple(found)


def _head(design: Design, node: Node) -> Node | None:
    seen = {node.id}
    while node.type in KEEPS_SIZE:
        before = _only_source(design, node)
        if before is None or before.id in seen:
            return None
        seen.add(before.id)
        node = before
    return node if node.type == "Dense" else None


def _bend(design: Design, node: Node) -> tuple[Node | None, str | None]:
    seen = {node.id}
    while node.type in PASSES_VALUES:
        before = _only_source(design, node)
        if before is None or before.id in seen:
            return None, None
        seen.add(before.id)
        node = before
    if node.type in OWN_FUNCTION:
        return node, OWN_FUNCTION[node.type]
    default = "linear" if node.type in LINEAR_BY_DEFAULT else None
    activation = node.params.get("activation", default)
    if activation is None and node.type in LINEAR_BY_DEFAULT:
        return node, "linear"
    return (node, activation) if isinstance(activation, str) else (None, None)


def _only_source(design: Design, node: Node) -> Node | None:
    edges = design.into(node.id)
    return design.node(edges[0].source) if len(edges) == 1 else None
