"""What can be fed to each layer, small enough to train on in milliseconds? Batch of 4, no axis over 32."""

import numpy as np

from builder.catalog.spec import LayerSpec

BATCH = 4
BY_RANK = {
    1: (),
    2: (6,),
    3: (8, 6),
    4: (8, 8, 3),
    5: (4, 8, 8, 3),
    6: (3, 4, 4, 4, 2),
}
BY_TYPE = {
    "EinsumDense": (6,),
    "STFTSpectrogram": (32, 1),
    "MelSpectrogram": (4096,),
    "CenterCrop": (12, 12, 3),
    "HashedCrossing": (1,),
    "TextVectorization": (),
    "Permute": (8, 6),
    "Masking": (8, 6),
    "RNN": (8, 6),
    "Bidirectional": (8, 6),
    "TimeDistributed": (8, 6),
    "ops.matmul": (6, 6),
    "ops.reshape": (4,),
    "ops.transpose": (8, 6),
    "ops.squeeze": (6, 1),
}
"""Shapes without batch, where the smallest rank alone does not tell."""


def shape_for(spec: LayerSpec, rank: int | None = None) -> tuple[int, ...]:
    """A shape without batch that the layer takes, of the given or the smallest rank."""
    if rank is None and spec.type in BY_TYPE:
        return BY_TYPE[spec.type]
    return BY_RANK[rank or max(spec.min_rank or 2, 2)]


def value_for(spec: LayerSpec, shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    """A batch of what the layer's first input holds: numbers around 0, small whole numbers, or words."""
    random = np.random.default_rng(seed)
    whole = random.integers(0, 3, (BATCH, *shape))
    if spec.dtype == "string":
        return np.array(["no", "yes", "the"], dtype=object)[whole]
    if spec.dtype == "int" or spec.type in ("Hashing", "HashedCrossing"):
        return whole.astype("int32")
    return random.uniform(0.1, 1.0, (BATCH, *shape)).astype("float32")


def values_for(spec: LayerSpec) -> list[np.ndarray]:
    """One batch for each tensor: two for a list of tensors, one for every other port that must be wired."""
    shape = shape_for(spec)
    needed = [port for port in spec.inputs if not port.optional]
    count = sum(2 if port.many else 1 for port in needed)
    return [value_for(spec, shape, seed) for seed in range(count)]
