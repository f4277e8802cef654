"""How is a layer drawn with what it needs around it: inputs, the layer, and an output that can be trained?"""

import itertools

from layer_inputs import shape_for, values_for
from layer_models import start_params

from builder.catalog.spec import LayerSpec
from builder.design.document import Design, Edge, Node


def design_of(spec: LayerSpec) -> Design:
    """Inputs `in0`, `in1` …, the layer as `layer`, and behind it numbers, one row and one dense output."""
    inputs = [
        Node(id=f"in{i}", type="InputLayer", params=_input(spec)) for i, _ in enumerate(values_for(spec))
    ]
    args = {param.name: param.start for param in spec.args if param.start is not None}
    drawn = Node(id="layer", type=spec.type, params=start_params(spec), args=args)
    behind = [
        Node(id="numbers", type="ops.cast", args={"dtype": "float32"}),
        Node(id="row", type="Flatten"),
        Node(id="answer", type="Dense", params={"units": 1}),
    ]
    chain = ["layer", "numbers", "row", "answer"]
    links = [Edge(source=a, target=b) for a, b in itertools.pairwise(chain)]
    return Design(name=spec.type, nodes=(*inputs, drawn, *behind), edges=(*_wires(spec), *links))


def _input(spec: LayerSpec) -> dict[str, object]:
    value = values_for(spec)[0]
    dtype = "string" if value.dtype == object else str(value.dtype)
    return {"shape": list(shape_for(spec)), "dtype": dtype}


def _wires(spec: LayerSpec) -> list[Edge]:
    wires: list[Edge] = []
    for port in spec.inputs:
        for index in range(0 if port.optional else 2 if port.many else 1):
            path = (port.name, index) if port.many else (port.name,)
            wires.append(Edge(source=f"in{len(wires)}", target="layer", target_port=path))
    return wires
