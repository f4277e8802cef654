"""How does an output answer? Which layer sets its size, and which function bends its values, as far as is drawn."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from math import inf

from builder.design.called import as_called
from builder.design.document import Design, Node
from builder.design.order import output_references

ACTIVATIONS = frozenset(("Activation", "Softmax", "ReLU", "LeakyReLU", "ELU", "PReLU"))
PASSES_VALUES = frozenset(("Dropout", "GaussianNoise", "ActivityRegularization", "Identity"))
"""Layers that leave values as they are once the network is trained."""
KEEPS_SIZE = ACTIVATIONS | PASSES_VALUES | {"Rescaling", "BatchNormalization", "LayerNormalization"}
"""Layers that put out as many numbers as came in."""
BENDABLE = frozenset(("Dense", "Activation"))
"""Layers whose `activation` can be set to any function."""
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


Range = tuple[float, float]
ALL_NUMBERS = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Bend:
    """The last function that bends an output's values, and what is left of its reach behind it."""

    node: Node
    function: str
    """Keras' name of the activation."""
    reach: Range
    """Smallest and largest value that comes out at the end."""
    last: bool
    """Whether nothing that changes values follows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One output of a network, as drawn."""

    name: str
    """Its name in the training settings: the key of the output, else its node."""
    node: Node
    port: int
    head: Node | None
    """The `Dense` layer whose units are the output's size; None: some other layer sets it."""
    bend: Bend | None
    """None: not known."""

    @property
    def units(self) -> int | None:
        """Units of the head, if they are drawn as a whole number."""
        units = self.head.params.get("units") if self.head is not None else None
        return units if isinstance(units, int) and not isinstance(units, bool) else None

    @property
    def activation(self) -> str | None:
        """The activation that the output ends with; None: not known, or scaled afterwards."""
        return self.bend.function if self.bend is not None and self.bend.last else None


def answers(design: Design) -> tuple[Answer, ...]:
    """All outputs of a design, in order; references to nodes that are not there are left out.

    Bypassed layers answer nothing: what passes through them does.
    """
    design = as_called(design)
    found = []
    for key, node_id, port in output_references(design):
        node = design.node(node_id)
        if node is not None:
            found.append(Answer(key or node_id, node, port, _head(design, node), _bend(design, node)))
    return tuple(found)


def _head(design: Design, node: Node) -> Node | None:
    *_, last = _upwards(design, node, KEEPS_SIZE)
    return last if last.type == "Dense" else None


def _bend(design: Design, node: Node) -> Bend | None:
    *passed, bending = _upwards(design, node, PASSES_VALUES | {"Rescaling"})
    function = _function(bending)
    if function is None:
        return None
    reach, last = REACH.get(function, ALL_NUMBERS), True
    for behind in reversed(passed):
        if behind.type == "Rescaling":
            reach, last = _rescaled(behind, reach), False
    return Bend(bending, function, reach, last)


def _function(node: Node) -> str | None:
    if node.type in OWN_FUNCTION:
        return OWN_FUNCTION[node.type]
    default = "linear" if node.type in LINEAR_BY_DEFAULT else None
    activation = node.params.get("activation") or default
    return activation if isinstance(activation, str) else None


def _rescaled(node: Node, reach: Range) -> Range:
    scale, offset = node.params.get("scale"), node.params.get("offset", 0)
    if not isinstance(scale, int | float) or not isinstance(offset, int | float) or scale == 0:
        return ALL_NUMBERS
    ends = sorted(scale * end + offset for end in reach)
    return ends[0], ends[1]


def _upwards(design: Design, node: Node, through: Container[str]) -> Iterator[Node]:
    """The node and those that feed it, up to the first that is not of a type in `through`."""
    seen: set[str] = set()
    while node.id not in seen:
        yield node
        seen.add(node.id)
        edges = design.into(node.id) if node.type in through else ()
        before = design.node(edges[0].source) if len(edges) == 1 else None
        if before is None:
            return
        node = before
