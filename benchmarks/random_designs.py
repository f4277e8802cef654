"""Is what the check shows what Keras builds? Random valid designs over all layers, compared node by node.

Branches, merges, shared layers, nested networks, several inputs and outputs, named ones too; every layer class and
operation of the catalogue stands in at least one of 500. For each design: the shape of every output of every node and
the parameters of every layer against the built model, totals, the drawing saved and read, the printed code (same
weights, same answers), and one forward pass whose shapes are those announced.
`python benchmarks/random_designs.py [COUNT] [--seed N]` prints counts, and every difference with its seed.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from builder.catalog.lookup import catalog
from builder.catalog.spec import LayerSpec
from builder.design.document import Design, Edge, Node
from builder.design.read import read_design
from builder.translate.ghost import check
from builder.translate.outcomes import Cache
from builder.translate.report import CheckReport

SPECS = tuple(spec for spec in catalog().layers if spec.inputs)
CACHE = Cache()
ROWS = 12
ENTRIES = ((6,), (12,), (8, 6), (8, 8, 3), (4, 8, 8, 3))
"""Shapes of one row that networks begin with."""
TRIES = 6
BY_VALUE = frozenset({"CategoryEncoding", "Embedding", "ReversibleEmbedding"})
"""Layers that fail on numbers out of range, which no shape tells: designs with them are not run."""
MOST_NUMBERS = 50_000
"""Of one output for one row: a random chain of enlargements would fill the machine."""
DEEPEST = 3


@dataclass
class Drawing:
    """A design that grows node by node; what the check refuses is taken back."""

    random: Random
    depth: int = 0
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    report: CheckReport | None = None

    def design(self) -> Design:
        return Design(name="random", nodes=tuple(self.nodes), edges=tuple(self.edges))

    def entry(self, shape: tuple[int, ...], dtype: str = "float32") -> str:
        """One more input."""
        name = f"in{len(self.nodes)}"
        self.nodes.append(Node(id=name, type="InputLayer", params={"shape": list(shape), "dtype": dtype}))
        self.report = check(self.design(), CACHE, has_data=True)
        return name

    def add(self, node: Node, wires: list[Edge]) -> bool:
        """Whether the design is still sound with this node; otherwise it stays as it was."""
        before = list(self.nodes), list(self.edges), self.report
        self.nodes.append(node)
        self.edges.extend(wires)
        self.report = check(self.design(), CACHE, has_data=True)
        if self.report.ok and all(_size(shape) <= MOST_NUMBERS for shape, _ in self.outputs(node.id)):
            return True
        self.nodes, self.edges, self.report = before
        return False

    def outputs(self, node_id: str) -> list[tuple[tuple[int | None, ...], str]]:
        """Shape and dtype of each output of a node."""
        found = self.report.nodes[node_id]
        if isinstance(found.dtype, tuple):
            return list(zip(found.shape, found.dtype, strict=True))
        return [(found.shape, found.dtype)]

    def tensors(self) -> list[tuple[str, int, tuple[int | None, ...], str]]:
        """Every output that is there: node, port, shape, dtype."""
        return [
            (node.id, port, shape, dtype)
            for node in self.nodes
            for port, (shape, dtype) in enumerate(self.outputs(node.id))
        ]


def _size(shape: tuple[int | None, ...]) -> int:
    """Numbers in one row; open lengths count as 5."""
    return int(np.prod([size or 5 for size in shape], dtype=float))


def drawn(seed: int, wanted: LayerSpec) -> Design:
    """A random sound design of 3 to 40 nodes in which the wanted layer stands."""
    random = Random(seed)
    drawing = Drawing(random)
    _begin(drawing, wanted)
    for _ in range(random.choice((0, 1, 1, 2))):
        drawing.entry(random.choice(ENTRIES))
    target = random.randint(3, 40)
    for _ in range(4 * target):
        if len(drawing.nodes) >= target:
            break
        random.choices((_layer, _merge, _again, _nested), (10, 3, 2, 1))[0](drawing)
    return _ended(drawing)


def _begin(drawing: Drawing, wanted: LayerSpec) -> None:
    """The wanted layer on the inputs that its example names."""
    shapes = wanted.example.inputs if wanted.example else ((6,),)
    dtype = "string" if wanted.dtype == "string" else "int32" if wanted.dtype == "int" else "float32"
    sources = [drawing.entry(shape, "int32" if wanted.type.startswith("Hash") else dtype) for shape in shapes]
    node = _fresh(drawing, wanted)
    wires = _wires(wanted, node.id, [(source, 0) for source in sources])
    if not drawing.add(node, wires):
        told = check(Design(nodes=(*drawing.nodes, node), edges=tuple(wires)), CACHE, has_data=True).issues
        raise AssertionError(f"{wanted.type} does not take its own example: {told}")
    if dtype == "string" or drawing.outputs(node.id)[0][1] != "float32":
        cast = Node(id=f"cast{len(drawing.nodes)}", type="ops.cast", args={"dtype": "float32"})
        drawing.add(cast, [Edge(source=node.id, target=cast.id)])


def _fresh(drawing: Drawing, spec: LayerSpec) -> Node:
    name = spec.type.removeprefix("ops.").lower()[:20]
    params = {param.name: param.start for param in spec.params if param.start is not None}
    args = {param.name: param.start for param in spec.args if param.start is not None}
    return Node(id=f"{name}{len(drawing.nodes)}", type=spec.type, params=params, args=args)


def _wires(spec: LayerSpec, target: str, sources: list[tuple[str, int]]) -> list[Edge]:
    wires, rest = [], list(sources)
    for port in (port for port in spec.inputs if not port.optional):
        count = max(2, len(rest)) if port.many else 1
        for index in range(count):
            source, out = rest.pop(0)
            path = (port.name, index) if port.many else (port.name,)
            wires.append(Edge(source=source, source_port=out, target=target, target_port=path))
    return wires


def _layer(drawing: Drawing) -> None:
    """Any layer with one input, with an argument or two changed, behind any tensor that it fits."""
    random = drawing.random
    for _ in range(TRIES):
        spec = random.choice(SPECS)
        if sum(not port.optional for port in spec.inputs) != 1 or spec.inputs[0].many:
            continue
        source, out, _, _ = random.choice(drawing.tensors())
        node = _varied(drawing, spec, _fresh(drawing, spec))
        if drawing.add(node, _wires(spec, node.id, [(source, out)])):
            return


def _varied(drawing: Drawing, spec: LayerSpec, node: Node) -> Node:
    """With other values for some switches, choices and small numbers; returned states become further outputs."""
    random, params = drawing.random, dict(node.params)
    for param in random.sample(spec.params, min(len(spec.params), random.choice((0, 0, 1, 2)))):
        if param.kind == "bool" and param.name != "stateful":
            params[param.name] = random.random() < 0.7
        elif param.kind == "choice" and param.choices and param.name != "data_format":
            params[param.name] = random.choice(param.choices)
        elif param.kind in ("int", "ints") and (param.minimum or 0) >= 1:
            params[param.name] = random.randint(int(param.minimum or 1), int(param.minimum or 1) + 4)
    args = dict(node.args)
    if any(param.name == "return_attention_scores" for param in spec.args) and random.random() < 0.5:
        args["return_attention_scores"] = True
    return node.model_copy(update={"params": params, "args": args})


def _merge(drawing: Drawing) -> None:
    """A layer or operation that joins tensors, on tensors of one shape."""
    random = drawing.random
    _, _, shape, dtype = random.choice(drawing.tensors())
    alike = [each for each in drawing.tensors() if each[2] == shape and each[3] == dtype]
    joining = [spec for spec in SPECS if spec.inputs[0].many or sum(not p.optional for p in spec.inputs) == 2]
    for _ in range(TRIES):
        spec = random.choice(joining)
        count = random.randint(2, 3) if spec.inputs[0].many and spec.type not in ("Dot", "Subtract") else 2
        chosen = [random.choice(alike)[:2] for _ in range(count)]
        node = _varied(drawing, spec, _fresh(drawing, spec))
        if drawing.add(node, _wires(spec, node.id, chosen)):
            return


def _again(drawing: Drawing) -> None:
    """A layer or nested network that stands there already, called on another tensor."""
    random = drawing.random
    held = [
        node for node in drawing.nodes if node.type not in ("InputLayer", "Call") and "ops." not in node.type
    ]
    held = [node for node in held if len([edge for edge in drawing.edges if edge.target == node.id]) == 1]
    if not held:
        return
    for _ in range(TRIES):
        holder = random.choice(held)
        source, out, _, _ = random.choice(drawing.tensors())
        node = Node(id=f"again{len(drawing.nodes)}", type="Call", of=holder.id)
        if drawing.add(node, [Edge(source=source, source_port=out, target=node.id)]):
            return


def _nested(drawing: Drawing) -> None:
    """A network of its own for one or two tensors; at times at every step of a sequence."""
    random = drawing.random
    if drawing.depth >= DEEPEST:
        return
    chosen = [
        each
        for each in random.sample(drawing.tensors(), min(len(drawing.tensors()), 2))
        if each[3] == "float32"
    ]
    if not chosen or any(None in each[2] for each in chosen):
        return
    every_step = len(chosen[0][2]) > 1 and random.random() < 0.4
    chosen = chosen[:1] if every_step or random.random() < 0.5 else chosen
    inner = Drawing(random, drawing.depth + 1)
    for _, _, shape, _ in chosen:
        inner.entry(shape[1:] if every_step else shape)
    for _ in range(random.randint(2, 5)):
        random.choices((_layer, _merge, _again, _nested), (8, 2, 2, 1))[0](inner)
    name = f"block{len(drawing.nodes)}"
    if every_step:
        value = {"type": "Model", "graph": inner.design().model_dump(mode="json")}
        node = Node(id=name, type="TimeDistributed", params={"layer": value})
        drawing.add(node, [Edge(source=chosen[0][0], source_port=chosen[0][1], target=name)])
        return
    ports = [("inputs", index) for index in range(len(chosen))] if len(chosen) > 1 else [None]
    wires = [
        Edge(source=source, source_port=out, target=name, target_port=port)
        for (source, out, _, _), port in zip(chosen, ports, strict=True)
    ]
    drawing.add(Node(id=name, type="Model", graph=inner.design()), wires)


def _ended(drawing: Drawing) -> Design:
    """As drawn, or with outputs listed or named, and inputs named."""
    random, design = drawing.random, drawing.design()
    fed = {edge.source for edge in design.edges}
    loose = [node.id for node in design.nodes if node.id not in fed and node.type != "InputLayer"]
    if loose and random.random() < 0.3:
        ends = [f"{node_id}:{random.randrange(len(drawing.outputs(node_id)))}" for node_id in loose]
        named = random.random() < 0.5
        design = design.model_copy(
            update={"outputs": {f"out_{at}": end for at, end in enumerate(ends)} if named else tuple(ends)}
        )
    return design if check(design, CACHE, has_data=True).ok else drawing.design()


def differences(design: Design) -> Iterator[str]:
    """Everything in which the check, the model, the file and the code differ."""
    import keras

    from builder.translate.keras_model import _Assembly, _deep_recursion
    from builder.translate.plan import sound_plan

    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(0)
    if read_design(design.model_dump_json()) != design:
        yield "the file read is another design"
    report = check(design, has_data=True)
    planned = sound_plan(design)
    with _deep_recursion(len(planned.steps)):
        assembly = _Assembly(planned, "random")
        model = assembly.model()
        yield from _nodes(assembly, planned, report, "")
    if report.totals.params != model.count_params():
        yield f"{report.totals.params} parameters shown, {model.count_params()} built"
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    if report.totals.trainable_params != trained:
        yield f"{report.totals.trainable_params} trainable parameters shown, {trained} built"
    yield from _answers(
        design, model, is_run=not any(issue.argument == "newshape" for issue in report.issues)
    )


def _nodes(assembly, planned, report: CheckReport, prefix: str) -> Iterator[str]:
    from builder.translate.plan import Kind
    from builder.translate.wiring import Tensor

    for step in planned.steps:
        if Tensor(step.id) not in assembly._tensors:
            continue  # leads to no output
        shown = report.nodes[prefix + step.id]
        several = isinstance(shown.dtype, tuple)
        shapes, dtypes = (shown.shape, shown.dtype) if several else ((shown.shape,), (shown.dtype,))
        for port, (shape, dtype) in enumerate(zip(shapes, dtypes, strict=True)):
            built = assembly._tensors[Tensor(step.id, port)]
            if tuple(built.shape[1:]) != tuple(shape) or keras_dtype(built) != dtype:
                yield f"{prefix}{step.id}:{port} shows {shape} {dtype}, is {built.shape[1:]} {built.dtype}"
        if step.kind is Kind.LAYER and not step.is_again:
            held = assembly.layer(step.layer, step).count_params()
            if held != shown.params:
                yield f"{prefix}{step.id} shows {shown.params} parameters, holds {held}"
        if step.kind is Kind.MODEL and not step.is_again:
            yield from _nodes(assembly.nested(step.layer), step.graph, report, f"{prefix}{step.id}/")


def keras_dtype(tensor) -> str:
    import keras

    return keras.backend.standardize_dtype(tensor.dtype)


def _answers(design: Design, model, is_run: bool) -> Iterator[str]:
    """The printed model with the same weights answers the same, in the shapes that were announced.

    Args:
        is_run: False where the check warns that a reshape deals the rows anew: they meet others, and Keras fails.
    """
    import keras
    import tensorflow as tf

    from builder.translate.python_code import design_code

    names: dict[str, object] = {}
    exec(compile(design_code(design), "<printed>", "exec"), names)
    printed = names["model"]
    ours, theirs = ([tuple(w.shape) for w in each.weights] for each in (model, printed))
    if ours != theirs:
        yield "the printed model has other weights"
        return
    printed.set_weights(model.get_weights())
    if _types(design) & BY_VALUE or not is_run:
        return
    given = keras.tree.map_structure(_rows, model.input)
    one, other = (tf.nest.flatten(each(given, training=False)) for each in (model, printed))
    for at, (out, again, said) in enumerate(zip(one, other, tf.nest.flatten(model.output), strict=True)):
        if any(want is not None and want != size for size, want in zip(out.shape, said.shape, strict=True)):
            yield f"output {at} announces {said.shape}, gives {out.shape}"
        if not np.array_equal(np.asarray(out), np.asarray(again), equal_nan=out.dtype != tf.string):
            yield f"output {at} of the printed model is another"


def _rows(entry):
    import tensorflow as tf

    random = np.random.default_rng(0)
    shape = (ROWS, *(size or 5 for size in entry.shape[1:]))
    if entry.dtype == "string":
        return tf.constant(np.full(shape, "yes").tolist(), shape=shape)
    made = random.uniform(0.1, 1.0, shape) if "float" in entry.dtype else random.integers(0, 2, shape)
    return tf.constant(made.astype(entry.dtype))


def wanted(number: int) -> LayerSpec:
    """Layers in turn, so that each stands in one design at least."""
    return SPECS[number % len(SPECS)]


def main() -> None:
    """Draw, build and compare; print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    begun, counts, used = time.perf_counter(), Counter(), set()
    for number in range(options.seed, options.seed + options.count):
        counts["designs"] += 1
        if counts["designs"] % 100 == 0:
            print(f"{counts['designs']} designs", flush=True)
        try:
            design = drawn(number, wanted(number))
            counts["nodes"] += len(design.nodes)
            used |= _types(design)
            found = list(differences(design))
        except Exception as error:
            found = [f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"]
        if found:
            counts["designs with differences"] += 1
            print(f"seed {number} ({wanted(number).type}): {'; '.join(found[:3])}", flush=True)
    layers = {spec.type for spec in SPECS if spec.category != "ops"}
    print(", ".join(f"{counts[name]} {name}" for name in ("designs", "nodes", "designs with differences")))
    print(f"{len(used & layers)} of {len(layers)} layer classes, {len(used - layers)} other types used")
    print(f"{time.perf_counter() - begun:.0f} s")


def _types(design: Design) -> set[str]:
    inner = (node.graph for node in design.nodes if node.graph is not None)
    return {node.type for node in design.nodes}.union(*map(_types, inner))


if __name__ == "__main__":
    main()
