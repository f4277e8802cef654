"""Which networks does training speed stand on? Four, with data of their own that needs no download.

No bundled set has images of 28×28 or sequences: `register` adds one to the registry of this process only. Its 784
numbers a row serve as an image (28×28×1) and as a sequence (28 steps of 28 numbers). The MLP learns the bundled digits.
"""

from itertools import pairwise

import numpy as np

from builder.data import registry
from builder.data.dataset import Bundled, Card, Look, Rows, Task
from builder.design.document import Design, Edge, Node
from builder.project.document import DataSpec, Project, SplitSpec, Training

MADE_ROWS, SIDE, CLASSES = 4000, 28, 10


def made() -> Rows:
    """Ten blurred shapes, each row one of them, moved by up to three pixels, under noise."""
    random = np.random.default_rng(0)
    coarse = random.normal(size=(CLASSES, 7, 7))
    shapes = np.kron(coarse, np.ones((4, 4)))
    kinds = random.integers(0, CLASSES, MADE_ROWS)
    moves = random.integers(-3, 4, (MADE_ROWS, 2))
    rolled = [np.roll(shapes[kind], move, (0, 1)) for kind, move in zip(kinds, moves, strict=True)]
    noisy = np.stack(rolled) + random.normal(scale=1.0, size=(MADE_ROWS, SIDE, SIDE))
    return noisy.reshape(MADE_ROWS, -1), kinds


MADE = Bundled(
    Card(
        name="made_images",
        title="Made images",
        summary="Ten shapes under noise, for benchmarks",
        task=Task.CLASSIFICATION,
        look=Look.IMAGES,
        rows=MADE_ROWS,
        feature_names=tuple(f"pixel_{i}" for i in range(SIDE * SIDE)),
        target_name="shape",
        class_names=tuple("0123456789"),
        value_range=(-8, 8),
        target_range=(0, 9),
        image_shape=(SIDE, SIDE),
        source="made",
        licence="CC0",
    ),
    made,
)


def register() -> None:
    """Make the made images known to this process."""
    registry._bundled().setdefault(MADE.card.name, MADE)


def chain(parts: list[tuple[str, dict[str, object]]]) -> Design:
    """Layers one after the other."""
    nodes = tuple(Node(id=f"n{i}", type=kind, params=params) for i, (kind, params) in enumerate(parts))
    return Design(nodes=nodes, edges=tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes)))


def _mlp() -> Design:
    return chain(
        [
            ("InputLayer", {"shape": [64]}),
            ("Rescaling", {"scale": 1 / 16}),
            ("Dense", {"units": 64, "activation": "relu"}),
            ("Dense", {"units": 10, "activation": "softmax"}),
        ]
    )


def _cnn() -> Design:
    conv = {"kernel_size": 3, "activation": "relu"}
    return chain(
        [
            ("InputLayer", {"shape": [28, 28, 1]}),
            ("Conv2D", {"filters": 32} | conv),
            ("MaxPooling2D", {}),
            ("Conv2D", {"filters": 64} | conv),
            ("MaxPooling2D", {}),
            ("Flatten", {}),
            ("Dropout", {"rate": 0.5}),
            ("Dense", {"units": 10, "activation": "softmax"}),
        ]
    )


def _lstm() -> Design:
    return chain(
        [
            ("InputLayer", {"shape": [28, 28]}),
            ("LSTM", {"units": 64}),
            ("Dense", {"units": 10, "activation": "softmax"}),
        ]
    )


def _transformer() -> Design:
    """One block: attention and a feed-forward part, each added to what came in and normalised."""
    nodes = {
        "tokens": ("InputLayer", {"shape": [28, 28]}),
        "width": ("Dense", {"units": 64}),
        "attend": ("MultiHeadAttention", {"num_heads": 4, "key_dim": 16}),
        "add": ("Add", {}),
        "norm": ("LayerNormalization", {}),
        "wide": ("Dense", {"units": 128, "activation": "gelu"}),
        "back": ("Dense", {"units": 64}),
        "add2": ("Add", {}),
        "norm2": ("LayerNormalization", {}),
        "pool": ("GlobalAveragePooling1D", {}),
        "shape": ("Dense", {"units": 10, "activation": "softmax"}),
    }
    pairs = [("tokens", "width"), ("add", "norm"), ("norm", "wide"), ("wide", "back"), ("add2", "norm2")]
    edges = [Edge(source=a, target=b) for a, b in [*pairs, ("norm2", "pool"), ("pool", "shape")]]
    edges += [Edge(source="width", target="attend", target_port=[port]) for port in ("query", "value")]
    for total, sides in (("add", ("width", "attend")), ("add2", ("norm", "back"))):
        edges += [Edge(source=a, target=total, target_port=["inputs", i]) for i, a in enumerate(sides)]
    made_nodes = tuple(Node(id=name, type=kind, params=params) for name, (kind, params) in nodes.items())
    return Design(nodes=made_nodes, edges=tuple(edges))


DESIGNS = {"mlp": _mlp, "cnn": _cnn, "lstm": _lstm, "transformer": _transformer}


def project(network: str, epochs: int, **settings: object) -> Project:
    """One of the four as a project; `settings` go into its training."""
    training = Training(epochs=epochs, batch_size=32, seed=0, device="cpu").model_copy(update=settings)
    source = "digits" if network == "mlp" else MADE.card.name
    split = SplitSpec(train=0.8, validation=0.1, test=0.1)
    data = DataSpec(source=source, split=split)
    return Project(name=network, design=DESIGNS[network](), data=data, training=training)
