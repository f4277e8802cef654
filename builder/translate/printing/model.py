"""How is a network written in Python? A function that builds it with Keras' functional API, line by line as drawn."""

from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from builder.translate import indexing, inside
from builder.translate.keras_model import checked, model_name
from builder.translate.plan import Kind, Plan, Step, sound_plan
from builder.translate.printing import defaults, values
from builder.translate.printing.names import Names
from builder.translate.printing.values import INDENT, text
from builder.translate.report import CheckReport
from builder.translate.wiring import Tensor, Wired


def functions(planned: Plan, report: CheckReport, name: str) -> list[str]:
    """The source of `build_model`, after that of a function for each nested network.

    Args:
        planned: A sound plan.
        report: Its check: how many outputs each call has.
        name: Name of the model.
    """
    return _functions(planned, report, "build_model", name, Names({"build_model"}))


def _functions(planned: Plan, report: CheckReport, function: str, name: str, names: Names) -> list[str]:
    graphs = list(_graphs(planned, ""))
    builders = {path: names.fresh(f"build_{path}") for path, _ in graphs}
    inner = [
        each
        for path, graph in [*graphs, ("", planned)]
        for each in _inner(graph, f"{path}/" if path else "", builders, names)
    ]
    written = [
        _Writer(graph, f"{path}/", report, builders).source(builders[path], path.rpartition("/")[2])
        for path, graph in graphs
    ]
    return [*inner, *written, _Writer(planned, "", report, builders).source(function, name)]


def _inner(planned: Plan, prefix: str, builders: dict[str, str], names: Names) -> Iterator[str]:
    """Functions for the networks inside arguments; their names are added to `builders`."""
    for step in planned.steps:
        if step.is_again or step.spec is None:
            continue
        for place, design in inside.networks(step.holder.params):
            function = names.fresh(f"build_{step.id}_{place}")
            builders[_place(prefix + step.id, place)] = function
            name = model_name(design.name)
            yield from _functions(sound_plan(design), checked(design), function, name, names)


def _place(path: str, place: str) -> str:
    """A key that no path of a nested network has."""
    return f"{path}:{place}"


def _graphs(planned: Plan, prefix: str) -> Iterator[tuple[str, Plan]]:
    """Nested networks by path, innermost first."""
    for path, graph in planned.graphs.items():
        if "/" not in path:
            yield from _graphs(graph, f"{prefix}{path}/")
            yield f"{prefix}{path}", graph


class _Writer:
    """Writes one graph; the lines make layers in the order in which `keras_model` makes them."""

    def __init__(self, planned: Plan, prefix: str, report: CheckReport, builders: Mapping[str, str]) -> None:
        self._plan, self._prefix, self._report, self._builders = planned, prefix, report, builders
        self._names = Names({"build_model", *builders.values()})
        self._variables: dict[str, str] = {}
        self._made: dict[str, str] = {}
        """Variables of layers and nested models that are called more than once, by path."""
        self._lines: list[str] = []
        called = [step.layer for step in planned.steps if self._is_built(step)]
        self._calls = Counter(called) + Counter(path.partition("/")[0] for path in called if "/" in path)

    def _is_built(self, step: Step) -> bool:
        return step.id in self._plan.needed or step.id in {node_id for _, node_id in self._plan.inputs}

    def source(self, function: str, name: str) -> str:
        """The whole function."""
        for step in self._plan.steps:
            if self._is_built(step):
                self._write(step)
        ends = [(key, self._tensor(Tensor(node_id, port))) for key, node_id, port in self._plan.outputs]
        starts = [(key, self._variables[node_id]) for key, node_id in self._plan.inputs]
        parts = [f"inputs={_structure(starts)}", f"outputs={_structure(ends)}", f"name={text(name)}"]
        body = "\n".join(
            [*self._lines, f"{INDENT}return {values.call('keras.Model', parts, lead='return ')}"]
        )
        return f"def {function}() -> keras.Model:\n{body}"

    def _write(self, step: Step) -> None:
        made = self._expression(step)
        variable = self._variables[step.id] = self._names.fresh(step.id)
        self._line(variable, made)

    def _line(self, variable: str, expression: str) -> None:
        self._lines.append(f"{INDENT}{variable} = {expression}")

    def _expression(self, step: Step) -> str:
        if step.kind is Kind.INPUT:
            return values.call("keras.Input", self._inputs(step))
        if step.kind is Kind.OPERATION:
            return self._operation(step)
        tensors = {name: self._wired(wired) for name, wired in step.arguments.items()}
        first, *rest = tensors
        given = [tensors[first], *(f"{name}={tensors[name]}" for name in rest)]
        given += [f"{name}={text(value)}" for name, value in step.node.args.items()]
        return f"{self._callee(step, step.layer)}({', '.join(given)})"

    def _inputs(self, step: Step) -> list[str]:
        found = step.spec.params if step.spec else ()
        return [*values.arguments(found, step.holder.params), f"name={text(step.id)}"]

    def _operation(self, step: Step) -> str:
        name = step.holder.type.removeprefix("ops.")
        if name == "get_item" and isinstance(step.node.args.get("key"), str):
            key = indexing.written(indexing.parsed(str(step.node.args["key"])))
            return f"{self._wired(next(iter(step.arguments.values())))}[{key}]"
        given = [f"{port}={self._wired(wired)}" for port, wired in step.arguments.items()]
        ports = {port.name for port in step.spec.inputs} if step.spec else set()
        given += [f"{arg}={_constant(value, arg in ports)}" for arg, value in step.node.args.items()]
        return values.call(f"keras.ops.{name}", given)

    def _callee(self, step: Step, path: str) -> str:
        """What is called: a new layer, or the variable of one that is called several times."""
        outer, _, rest = path.partition("/")
        if outer not in self._made and (self._calls[outer] > 1 or rest):
            kind = "model" if rest or step.kind is Kind.MODEL else "layer"
            variable = self._names.fresh(f"{outer}_{kind}")
            self._line(
                variable, f"{self._builders[self._prefix + outer]}()" if rest else self._new(step, outer)
            )
            self._made[outer] = variable
        if rest:
            inner = [f".get_layer({text(part)})" for part in rest.split("/")]
            return self._made[outer] + "".join(inner)
        return self._made.get(outer) or self._new(step, outer)

    def _new(self, step: Step, path: str) -> str:
        if step.kind is Kind.MODEL or step.spec is None:
            return f"{self._builders[self._prefix + path]}()"
        kept = inside.replaced(
            defaults.needed(step.spec, step.holder.params),
            lambda place: values.Expression(self._builders[_place(self._prefix + path, place)] + "()"),
        )
        given = [*values.arguments(step.spec.params, kept), f"name={text(step.holder.id)}"]
        return values.call(f"layers.{step.spec.type}", given, lead=" " * 30)

    def _wired(self, wired: Wired) -> str:
        if isinstance(wired, Tensor):
            return self._tensor(wired)
        if isinstance(wired, dict):
            return "{" + ", ".join(f"{text(key)}: {self._wired(part)}" for key, part in wired.items()) + "}"
        return f"[{', '.join(self._wired(part) for part in wired)}]"

    def _tensor(self, tensor: Tensor) -> str:
        """The variable of a call, and which of its outputs."""
        variable, step = self._variables[tensor.node], self._plan.step(tensor.node)
        if step and step.graph and any(key is not None for key, _, _ in step.graph.outputs):
            keys = sorted(str(key) for key, _, _ in step.graph.outputs)
            return f"{variable}[{text(keys[tensor.port])}]"
        several = isinstance(self._report.nodes[self._prefix + tensor.node].dtype, tuple)
        return f"{variable}[{tensor.port}]" if several else variable


def _constant(value: JsonValue, is_tensor: bool) -> str:
    return f'np.array({text(value)}, "float32")' if is_tensor and isinstance(value, list) else text(value)


def _structure(ends: list[tuple[str | None, str]]) -> str:
    if any(key is not None for key, _ in ends):
        return "{" + ", ".join(f"{text(key)}: {name}" for key, name in ends) + "}"
    return ends[0][1] if len(ends) == 1 else f"[{', '.join(name for _, name in ends)}]"
