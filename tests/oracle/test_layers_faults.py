"""Every layer is given every kind of input: what it cannot take is one message, with what to do about it."""

import re

import pytest
from layer_models import start_params

from builder.catalog.lookup import catalog
from builder.catalog.spec import LayerSpec
from builder.design.document import Design, Edge, Node
from builder.issues import Severity
from builder.translate.ghost import check
from builder.translate.outcomes import Cache

pytestmark = pytest.mark.oracle

INPUTS = {
    "single numbers": ([], "float32"),
    "rows": ([6], "float32"),
    "sequences": ([8, 6], "float32"),
    "images": ([8, 8, 3], "float32"),
    "volumes": ([4, 8, 8, 3], "float32"),
    "whole numbers": ([6], "int32"),
    "raw images": ([8, 8, 3], "uint8"),
    "text": ([6], "string"),
    "rows of unknown length": ([None], "float32"),
    "images of unknown size": ([None, None, 3], "float32"),
}
WITHOUT_ADVICE = {"RandomGaussianBlur", "HashedCrossing"}
"""Keras 3.15 fails inside RandomGaussianBlur whatever comes in; HashedCrossing takes single values only when run."""
KERAS_OWN = re.compile(r"Error|None|KerasTensor|Received|Traceback|<|object at")
CACHE = Cache()


def fed(spec: LayerSpec, shape: list[int | None], dtype: str) -> Design:
    """The layer with as many inputs of this kind as it must have."""
    wires: list[Edge] = []
    for port in spec.inputs:
        for index in range(0 if port.optional else 2 if port.many else 1):
            path = (port.name, index) if port.many else (port.name,)
            wires.append(Edge(source=f"in{len(wires)}", target="layer", target_port=path))
    inputs = [
        Node(id=wire.source, type="InputLayer", params={"shape": shape, "dtype": dtype}) for wire in wires
    ]
    params = {} if spec.category == "ops" else start_params(spec)
    args = {param.name: param.start for param in spec.args if param.start is not None}
    return Design(
        nodes=(*inputs, Node(id="layer", type=spec.type, params=params, args=args)), edges=tuple(wires)
    )


@pytest.mark.parametrize("kind", INPUTS)
def test_what_a_layer_cannot_take_is_one_message_in_our_own_words_with_advice(kind: str) -> None:
    shape, dtype = INPUTS[kind]
    for spec in catalog().layers:
        issues = check(fed(spec, shape, dtype), CACHE).issues
        faults = [issue for issue in issues if issue.severity is Severity.ERROR]
        assert len(faults) <= 1, (spec.type, [issue.message for issue in faults])
        for fault in faults:
            assert fault.node == "layer", (spec.type, fault)
            assert fault.fix or spec.type in WITHOUT_ADVICE, (spec.type, fault.message)
            assert not KERAS_OWN.search(fault.message + (fault.fix or "")), (spec.type, fault.message)
