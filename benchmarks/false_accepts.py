"""Which layers pass the check with an input on which they then fail, and which are refused though they would run?

Every layer and operation × every rank from 1 to 6 × float, whole numbers, bool and text × usual, small and open
lengths, one and five channels: judged by `check`, then built and run by Keras (in graph mode with a gradient as in
training, and eagerly); what comes out must have the shape that was announced.
`python benchmarks/false_accepts.py [TYPE …] [--quick]` prints counts, and names every disagreement.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from builder.catalog.lookup import catalog
from builder.catalog.spec import LayerSpec
from builder.design.document import Design, Edge, Node
from builder.translate.ghost import check
from builder.translate.outcomes import Cache

BATCH = 4
SIZES = {1: (), 2: (6,), 3: (8, 6), 4: (8, 8, 3), 5: (4, 8, 8, 3), 6: (3, 4, 4, 4, 2)}
"""Usual lengths of one row, by rank."""
LONGER = {
    "MelSpectrogram": (4096,),
    "STFTSpectrogram": (512, 1),
    "CenterCrop": (12, 12, 3),
    "HashedCrossing": (1,),
}
"""Layers whose usual input is longer."""
DTYPES = ("float32", "int32", "bool", "string")
LENGTHS = ("usual", "small", "open", "narrow", "wide")
CACHE = Cache()


@dataclass(frozen=True)
class Kind:
    """One kind of input: what the layer is fed with on every port that must be wired."""

    rank: int
    dtype: str
    lengths: str

    def shape(self, type_name: str) -> tuple[int, ...]:
        """Lengths of one row as it is run."""
        usual = LONGER.get(type_name, ())
        sizes = usual if len(usual) + 1 == self.rank else SIZES[self.rank]
        if type_name == "ops.matmul" and len(sizes) > 1:
            sizes = (*sizes[:-1], sizes[-2])
        last = {"narrow": (1,), "wide": (5,)}.get(self.lengths, sizes[-1:])
        return tuple(1 for _ in sizes) if self.lengths == "small" else (*sizes[:-1], *last)

    def declared(self, type_name: str) -> list[int | None]:
        """The shape that the input says: all lengths but the last unknown, where they are open."""
        shape = self.shape(type_name)
        return [
            None if self.lengths == "open" and at + 1 < len(shape) else size for at, size in enumerate(shape)
        ]

    def __str__(self) -> str:
        return f"rank {self.rank} {self.dtype} {self.lengths}"


@dataclass(frozen=True)
class Trial:
    """What we say of a pair, and what Keras does."""

    type: str
    kind: Kind
    accepted: bool
    failure: str | None
    """Keras' words; None: it ran."""

    @property
    def is_false_accept(self) -> bool:
        return self.accepted and self.failure is not None

    @property
    def is_false_refusal(self) -> bool:
        return not self.accepted and self.failure is None

    def __str__(self) -> str:
        lines = [line for line in (self.failure or "").splitlines() if line.strip()]
        told = [line for line in lines if "Error: " in line]
        said = f": {' '.join((told or lines)[-1].split())[:150]}" if lines else ""
        return f"{self.type} on {self.kind}{said}"


def kinds(lengths: tuple[str, ...] = LENGTHS) -> Iterator[Kind]:
    """Every kind of input; lengths can be open from rank 3 on."""
    for rank in SIZES:
        for dtype in DTYPES:
            for length in lengths:
                if (rank > 1 or length == "usual") and (rank > 2 or length in ("usual", "small")):
                    yield Kind(rank, dtype, length)


def design_of(spec: LayerSpec, kind: Kind) -> Design:
    """The layer as it is dropped, with an input of this kind on every port that must be wired."""
    params = {param.name: param.start for param in spec.params if param.start is not None}
    args = {param.name: param.start for param in spec.args if param.start is not None}
    wires: list[Edge] = []
    for port in spec.inputs:
        for index in range(0 if port.optional else 2 if port.many else 1):
            path = (port.name, index) if port.many else (port.name,)
            wires.append(Edge(source=f"in{len(wires)}", target="layer", target_port=path))
    entry = {"shape": kind.declared(spec.type), "dtype": kind.dtype}
    inputs = [Node(id=wire.source, type="InputLayer", params=entry) for wire in wires]
    return Design(
        nodes=(*inputs, Node(id="layer", type=spec.type, params=params, args=args)), edges=tuple(wires)
    )


def accepts(design: Design) -> bool:
    """Whether the check finds nothing wrong."""
    return check(design, CACHE, has_data=True).ok


def failure(spec: LayerSpec, kind: Kind, design: Design) -> str | None:
    """What goes wrong when Keras builds the network and runs it as in training; None if nothing does."""
    import keras
    import tensorflow as tf

    from builder.translate.keras_model import assemble_design

    keras.utils.clear_session(free_memory=False)
    try:
        model = assemble_design(design)
        values = [_values(spec, kind, seed) for seed in range(len(model.inputs))]
        given = values if len(values) > 1 else values[0]
        outputs = _step(model)(given)
        model(
            given, training=True
        )  # only now: where the graph fails, some kernels end the process (Keras 3.15)
        for out, said in zip(outputs, tf.nest.flatten(model.output), strict=True):
            if any(
                want is not None and want != size for size, want in zip(out.shape, said.shape, strict=True)
            ):
                return f"ShapeError: {out.shape} came out, {said.shape} was announced"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def _step(model):
    import tensorflow as tf

    @tf.function(reduce_retracing=True)
    def step(values):
        with tf.GradientTape() as tape:
            outputs = tf.nest.flatten(model(values, training=True))
            loss = sum(tf.reduce_sum(tf.cast(out, "float32")) for out in outputs if out.dtype != tf.string)
        if model.trainable_variables:
            tape.gradient(loss, model.trainable_variables)
        return outputs

    return step


def _values(spec: LayerSpec, kind: Kind, seed: int):
    import tensorflow as tf

    random = np.random.default_rng(seed)
    shape = (BATCH, *kind.shape(spec.type))
    whole = random.integers(0, 2, shape)
    if kind.dtype == "string":
        return tf.constant(np.array(["no", "yes"], dtype=object)[whole].tolist(), shape=shape)
    made = random.uniform(0.1, 1.0, shape) if kind.dtype == "float32" else whole
    return tf.constant(made.astype(kind.dtype))


def trials(
    spec: LayerSpec, lengths: tuple[str, ...] = LENGTHS, only_accepted: bool = False
) -> Iterator[Trial]:
    """Each kind of input on this layer; a pair that we refuse is run too, unless `only_accepted`."""
    for kind in kinds(lengths):
        design = design_of(spec, kind)
        accepted = accepts(design)
        if accepted or not only_accepted:
            yield Trial(spec.type, kind, accepted, failure(spec, kind, design))


def main() -> None:
    """Run all, print the counts and every disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("types", nargs="*", help="layers to try; left out: all")
    parser.add_argument("--quick", action="store_true", help="usual lengths only")
    options = parser.parse_args()
    lengths = ("usual",) if options.quick else LENGTHS
    begun, counts = time.perf_counter(), Counter()
    for spec in catalog().layers:
        if not spec.inputs or (options.types and spec.type not in options.types):
            continue
        for trial in trials(spec, lengths):
            counts["pairs"] += 1
            counts["accepted" if trial.accepted else "refused"] += 1
            if trial.is_false_accept or trial.is_false_refusal:
                name = "false accepts" if trial.is_false_accept else "false refusals"
                counts[name] += 1
                print(f"{name[:-1]}: {trial}", flush=True)
    print(
        ", ".join(
            f"{counts[name]} {name}"
            for name in ("pairs", "accepted", "refused", "false accepts", "false refusals")
        )
    )
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
