"""How do layers that learn from data before training see the training rows in a script?"""

from collections.abc import Iterator

from builder.translate.needs import must_see_data
from builder.translate.plan import Kind, Plan, Step
from builder.translate.printing.values import text
from builder.translate.wiring import Tensor


def adapting(planned: Plan, x: str, model: str = "model") -> Iterator[str]:
    """One line for each such layer, in order, nested networks too."""
    for step in planned.steps:
        if step.is_again or step.id not in planned.needed:
            continue
        layer = f"{model}.get_layer({text(step.id)})"
        if must_see_data(step):
            yield f"{layer}.adapt({_arriving(planned, step, model, x)})"
        elif step.graph is not None and _has_such(step.graph):
            yield from adapting(step.graph, _arriving(planned, step, model, x), layer)


def _has_such(planned: Plan) -> bool:
    return any(must_see_data(step) or (step.graph and _has_such(step.graph)) for step in planned.steps)


def _arriving(planned: Plan, step: Step, model: str, x: str) -> str:
    """What comes in at a step when `x` goes into the model."""
    tensor = step.tensors[0]
    if tensor in [Tensor(node_id) for _, node_id in planned.inputs]:
        if len(planned.inputs) == 1:
            return f"{x}" if planned.inputs[0][0] is None else f"{x}[{text(planned.inputs[0][0])}]"
        number, key = next(
            (n, key) for n, (key, node_id) in enumerate(planned.inputs) if node_id == tensor.node
        )
        return f"{x}[{number if key is None else text(key)}]"
    before = planned.step(tensor.node)
    source = f"{model}.get_layer({text(tensor.node)}).output"
    if step.kind is Kind.LAYER and (before is None or before.kind is Kind.OPERATION or before.is_again):
        source = f"{model}.get_layer({text(step.id)}).input"
    return f"keras.Model({model}.inputs, {source}).predict({x}, verbose=0)"
