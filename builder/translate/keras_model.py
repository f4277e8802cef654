"""How does a design become a model that can be trained? The plan, executed with Keras layers named like the nodes."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from builder.design.document import Design
from builder.errors import Faulty
from builder.issues import Issue, IssueCode, Severity
from builder.translate import objects, trace
from builder.translate.plan import Kind, Plan, Step, sound_plan
from builder.translate.report import CheckReport
from builder.translate.wiring import Tensor, Wired

FRAMES_PER_LAYER = 20
"""`keras.Model` walks its graph recursively: 990 layers in a chain end at Python's usual limit of 1000 frames."""


def build_model(design: Design) -> Any:
    """The functional `keras.Model` of a design, weights freshly initialised; layer names are node ids.

    Raises:
        Faulty: The design has faults; each is one of `issues`.
    """
    checked(design)
    try:
        return assemble_design(design)
    except Exception as error:
        raise Faulty([_refused(error)]) from error


def checked(design: Design) -> CheckReport:
    """The check of a design that can be built.

    Raises:
        Faulty: It has faults; each is one of `issues`.
    """
    from builder.translate.ghost import check

    report = check(design, has_data=True)
    if not report.ok:
        raise Faulty([issue for issue in report.issues if issue.severity is Severity.ERROR])
    return report


def assemble_design(design: Design) -> Any:
    """As `build_model`, for a design that is known to be sound; what Keras raises is not translated."""
    planned = sound_plan(design)
    with _deep_recursion(len(planned.steps)):
        return _Assembly(planned, model_name(planned.name)).model()


@contextmanager
def _deep_recursion(layers: int) -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 2000 + FRAMES_PER_LAYER * layers))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def model_name(title: str) -> str:
    """The Keras name of a model with this title."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", title) or "network"


class _Assembly:
    """One graph on its way to becoming a model; nested graphs have assemblies of their own."""

    def __init__(self, planned: Plan, name: str) -> None:
        self._plan = planned
        self._name = name
        self._layers: dict[str, Any] = {}
        self._tensors: dict[Tensor, Any] = {}
        self._graphs: dict[str, _Assembly] = {}
        self._model: Any = None

    def model(self) -> Any:
        """The model; made once, so that several calls share its weights."""
        import keras

        if self._model is None:
            for step in self._plan.steps:
                if step.id in self._plan.needed or step.id in {node_id for _, node_id in self._plan.inputs}:
                    self._call(step)
            inputs = _boundary([(key, self._tensors[Tensor(node_id)]) for key, node_id in self._plan.inputs])
            ends = [(key, self._tensors[Tensor(node_id, port)]) for key, node_id, port in self._plan.outputs]
            self._model = keras.Model(inputs, _boundary(ends), name=self._name)
        return self._model

    def _call(self, step: Step) -> None:
        import keras

        arguments = {name: self._wired(wired) for name, wired in step.arguments.items()}
        if step.kind is Kind.INPUT:
            outputs = self.layer(step.layer, step).output
        elif step.kind is Kind.OPERATION:
            outputs = _named(trace.call_operation(step, arguments), step, arguments)
        elif step.kind is Kind.MODEL:
            outputs = self.nested(step.layer).model()(arguments.get("inputs"), **step.node.args)
        else:
            outputs = trace.call_layer(self.layer(step.layer, step), arguments, step.node.args)
        for port, tensor in enumerate(keras.tree.flatten(outputs)):
            self._tensors[Tensor(step.id, port)] = tensor

    def _wired(self, wired: Wired) -> Any:
        if isinstance(wired, Tensor):
            return self._tensors[wired]
        if isinstance(wired, dict):
            return {key: self._wired(part) for key, part in wired.items()}
        return [self._wired(part) for part in wired]

    def nested(self, path: str) -> "_Assembly":
        """The assembly of a nested graph; `block/inner` lies in that of `block`."""
        outer, _, rest = path.partition("/")
        if outer not in self._graphs:
            self._graphs[outer] = _Assembly(self._plan.graphs[outer], outer)
        return self._graphs[outer].nested(rest) if rest else self._graphs[outer]

    def layer(self, path: str, step: Step) -> Any:
        """The one layer object that all calls of a node share."""
        *outer, last = path.split("/")
        home = self.nested("/".join(outer)) if outer else self
        if outer:
            home.model()
        if last not in home._layers and step.spec is not None:
            name = step.holder.id
            home._layers[last] = objects.layer(step.spec, step.holder.params, name, assemble_design)
        return home._layers[last]


def _boundary(ends: list[tuple[str | None, Any]]) -> Any:
    """One tensor, a list, or a dict by key, as the document says."""
    if any(key is not None for key, _ in ends):
        return {str(key): tensor for key, tensor in ends}
    return ends[0][1] if len(ends) == 1 else [tensor for _, tensor in ends]


def _named(outputs: Any, step: Step, arguments: Mapping[str, Any]) -> Any:
    """Gives the operation the node's id, and what it is made of numbered names, so that none clashes with a node."""
    import keras

    stop = {id(tensor) for tensor in keras.tree.flatten(list(arguments.values()))}
    todo = [tensor for tensor in keras.tree.flatten(outputs) if id(tensor) not in stop]
    seen: dict[int, Any] = {}
    while todo:
        tensor = todo.pop(0)
        operation = getattr(getattr(tensor, "_keras_history", None), "operation", None)
        if operation is not None and id(operation) not in seen:
            operation.name = f"{step.id}.{len(seen)}" if seen else step.id
            seen[id(operation)] = operation
            todo += (
                [each for each in operation.input if id(each) not in stop]
                if _is_list(operation)
                else _one(operation, stop)
            )
    return outputs


def _is_list(operation: Any) -> bool:
    return isinstance(operation.input, list | tuple)


def _one(operation: Any, stop: set[int]) -> list[Any]:
    return [] if id(operation.input) in stop else [operation.input]


def _refused(error: Exception) -> Issue:
    """What Keras still refuses while a checked design is built."""
    message = f"This network passed every check, but cannot be built here ({type(error).__name__})."
    return Issue(code=IssueCode.SHAPE_MISMATCH, message=message, fix="Undo the last change.")
