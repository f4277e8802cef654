"""How much CPU time does a check take, cold and after one edit? `python benchmarks/ghost_check.py`.

Goals: a network of 177 nodes (as many as ResNet50) cold in 200 ms, an edit in 10 ms. Sizes take turns in each round, so
that a noisy moment hits all of them; medians are printed.
"""

import itertools
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from builder.design.document import Design, Edge, Node
from builder.translate import judge
from builder.translate.ghost import check
from builder.translate.outcomes import Cache

ROUNDS = 15


def chain(nodes: int) -> Design:
    """Dense layers, each of another width: nothing is found in the cache when it is cold."""
    dense = [Node(id=f"dense_{k}", type="Dense", params={"units": 16 + k}) for k in range(nodes - 1)]
    drawn = [Node(id="pixels", type="InputLayer", params={"shape": [64]}), *dense]
    return _wired(drawn, [(one.id, two.id) for one, two in itertools.pairwise(drawn)])


def resnet() -> Design:
    """The plan of ResNet50: a stem, stages of 3, 4, 6 and 3 bottleneck blocks, a head; 177 nodes."""
    nodes, wires = [Node(id="image", type="InputLayer", params={"shape": [224, 224, 3]})], []

    def add(node_id: str, kind: str, *sources: str, **params: object) -> str:
        nodes.append(Node.model_validate({"id": node_id, "type": kind, "params": params}))
        wires.extend((source, node_id) for source in sources)
        return node_id

    def conv(name: str, source: str, filters: int, size: int, strides: int = 1) -> str:
        made = add(
            f"{name}_conv",
            "Conv2D",
            source,
            filters=filters,
            kernel_size=size,
            strides=strides,
            padding="same",
        )
        return add(f"{name}_bn", "BatchNormalization", made)

    here = add("stem_pad", "ZeroPadding2D", "image", padding=3)
    here = add("stem_relu", "Activation", conv("stem", here, 64, 7, 2), activation="relu")
    here = add("pool_pad", "ZeroPadding2D", here, padding=1)
    here = add("pool", "MaxPooling2D", here, pool_size=3, strides=2)
    for stage, (filters, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3))):
        for block in range(blocks):
            name, strides = f"s{stage}b{block}", 2 if stage and not block else 1
            short = conv(f"{name}_0", here, 4 * filters, 1, strides) if not block else here
            deep = add(
                f"{name}_1_relu",
                "Activation",
                conv(f"{name}_1", here, filters, 1, strides),
                activation="relu",
            )
            deep = add(f"{name}_2_relu", "Activation", conv(f"{name}_2", deep, filters, 3), activation="relu")
            joined = add(f"{name}_add", "Add", short, conv(f"{name}_3", deep, 4 * filters, 1))
            here = add(f"{name}_out", "Activation", joined, activation="relu")
    add("classes", "Dense", add("mean", "GlobalAveragePooling2D", here), units=1000, activation="softmax")
    return _wired(nodes, wires)


def _wired(nodes: list[Node], wires: list[tuple[str, str]]) -> Design:
    return Design(nodes=tuple(nodes), edges=tuple(Edge(source=one, target=two) for one, two in wires))


def edited(design: Design, turn: int) -> Design:
    """The design with another number of units or filters in its middle."""
    middle = next(node for node in design.nodes[len(design.nodes) // 2 :] if node.type in ("Dense", "Conv2D"))
    name = "units" if middle.type == "Dense" else "kernel_size"
    changed = middle.model_copy(
        update={"params": {**middle.params, name: 1001 + turn if name == "units" else 5 + 2 * turn}}
    )
    return design.model_copy(
        update={"nodes": tuple(changed if node is middle else node for node in design.nodes)}
    )


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def main() -> None:
    """Measure and print the table."""
    designs = {
        "MLP": chain(10),
        "chain": chain(50),
        "ResNet50": resnet(),
        "all differ": chain(177),
        "long chain": chain(1000),
    }
    for design in designs.values():
        check(design)
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in designs}
    for turn in range(ROUNDS):
        for name, design in designs.items():
            cache = Cache()
            judge.remembered.cache_clear()
            cold = cpu_ms(lambda design=design, cache=cache: check(design, cache))
            edit = cpu_ms(lambda design=design, cache=cache, turn=turn: check(edited(design, turn), cache))
            same = cpu_ms(lambda design=design, cache=cache: check(design, cache))
            found[name].append((cold, edit, same))
    print(
        f"{'network':12} {'nodes':>6} {'cold':>9} {'one edit':>9} {'no edit':>9}   CPU ms, medians of {ROUNDS}"
    )
    for name, rounds in found.items():
        cold, edit, same = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{name:12} {len(designs[name].nodes):>6} {cold:>9.1f} {edit:>9.1f} {same:>9.1f}")


if __name__ == "__main__":
    main()
