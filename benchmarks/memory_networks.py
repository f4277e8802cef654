"""On which networks is the forecast of memory fitted, and on which others is it judged?

All are fed by iris (4 numbers, 150 rows), spread out by a Dense layer, or by digits (64 numbers, 1797 rows): they train
in seconds, and nothing is downloaded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.design.document import Design, Edge, Node
from builder.project.document import DataSpec, OptimizerSpec, Project, Training


@dataclass
class Drawing:
    """A network being drawn; each method returns the id of the new layer."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def add(self, kind: str, *sources: str, **params: object) -> str:
        """A layer behind these."""
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node.model_validate({"id": name, "type": kind, "params": params}))
        self.edges += [Edge(source=source, target=name) for source in sources]
        return name

    def attend(self, source: str, heads: int, width: int) -> str:
        """Attention of a sequence to itself."""
        name = self.add("MultiHeadAttention", num_heads=heads, key_dim=width)
        self.edges += [Edge(source=source, target=name, target_port=(port,)) for port in ("query", "value")]
        return name

    def norm_relu(self, source: str) -> str:
        """BatchNormalization and relu."""
        return self.add("Activation", self.add("BatchNormalization", source), activation="relu")

    def spread(self, *shape: int) -> str:
        """The four numbers of a flower as an array of this shape."""
        size = 1
        for length in shape:
            size *= length
        row = self.add("Dense", self.add("InputLayer", shape=[4]), units=size)
        return self.add("Reshape", row, target_shape=list(shape))


def mlp(*units: int) -> Callable[[], Drawing]:
    """Dense layers on digits."""

    def draw() -> Drawing:
        net = Drawing()
        here = net.add("InputLayer", shape=[64])
        for count in units:
            here = net.add("Dense", here, units=count, activation="relu")
        net.add("Dense", here, units=10, activation="softmax")
        return net

    return draw


def answer(net: Drawing, here: str) -> Drawing:
    """Three classes behind the mean."""
    net.add("Dense", here, units=3, activation="softmax")
    return net


def plain_cnn() -> Drawing:
    net = Drawing()
    here = net.spread(32, 32, 3)
    for filters in (32, 32, 64, 64):
        here = net.add("Conv2D", here, filters=filters, kernel_size=3, padding="same", activation="relu")
    return answer(net, net.add("GlobalAveragePooling2D", here))


def norm_cnn() -> Drawing:
    net = Drawing()
    here = net.spread(32, 32, 3)
    for _ in range(4):
        here = net.norm_relu(net.add("Conv2D", here, filters=32, kernel_size=3, padding="same"))
    return answer(net, net.add("GlobalAveragePooling2D", here))


def lstm() -> Drawing:
    net = Drawing()
    here = net.add("LSTM", net.spread(100, 16), units=128, return_sequences=True)
    return answer(net, net.add("LSTM", here, units=128))


def attention() -> Drawing:
    net = Drawing()
    here = net.spread(160, 64)
    for _ in range(2):
        here = net.add("LayerNormalization", net.add("Add", here, net.attend(here, 8, 8)))
    return answer(net, net.add("GlobalAveragePooling1D", here))


def residual_cnn() -> Drawing:
    net = Drawing()
    here = net.add("Conv2D", net.spread(40, 40, 3), filters=24, kernel_size=3, padding="same")
    for filters in (24, 48, 96):
        wide = net.add("Conv2D", here, filters=filters, kernel_size=1, strides=2)
        deep = net.norm_relu(
            net.add("Conv2D", here, filters=filters, kernel_size=3, strides=2, padding="same")
        )
        deep = net.add(
            "BatchNormalization", net.add("Conv2D", deep, filters=filters, kernel_size=3, padding="same")
        )
        here = net.add("Activation", net.add("Add", wide, deep), activation="relu")
    return answer(net, net.add("GlobalAveragePooling2D", here))


def mobile() -> Drawing:
    net = Drawing()
    here = net.spread(48, 48, 3)
    for filters in (32, 64, 64, 128):
        here = net.norm_relu(net.add("DepthwiseConv2D", here, kernel_size=3, padding="same"))
        here = net.norm_relu(net.add("Conv2D", here, filters=filters, kernel_size=1))
        here = net.add("MaxPooling2D", here)
    return answer(net, net.add("GlobalAveragePooling2D", here))


def bilstm() -> Drawing:
    net = Drawing()
    half = {"type": "LSTM", "params": {"units": 96, "return_sequences": True}}
    here = net.add("Bidirectional", net.spread(120, 24), layer=half)
    return answer(net, net.add("GRU", here, units=64))


def transformer() -> Drawing:
    net = Drawing()
    here = net.spread(128, 96)
    for _ in range(3):
        seen = net.add("LayerNormalization", net.add("Add", here, net.attend(here, 4, 24)))
        wide = net.add("Dense", seen, units=384, activation="gelu")
        here = net.add("LayerNormalization", net.add("Add", seen, net.add("Dense", wide, units=96)))
    return answer(net, net.add("GlobalAveragePooling1D", here))


def unet() -> Drawing:
    net = Drawing()
    same = {"kernel_size": 3, "padding": "same", "activation": "relu"}
    top = net.add("Conv2D", net.spread(48, 48, 1), filters=24, **same)
    mid = net.add("Conv2D", net.add("MaxPooling2D", top), filters=48, **same)
    low = net.add("Conv2D", net.add("MaxPooling2D", mid), filters=96, **same)
    up = net.add("Conv2DTranspose", low, filters=48, kernel_size=2, strides=2)
    up = net.add("Conv2D", net.add("Concatenate", up, mid), filters=48, **same)
    up = net.add("Conv2DTranspose", up, filters=24, kernel_size=2, strides=2)
    up = net.add("Conv2D", net.add("Concatenate", up, top), filters=24, **same)
    return answer(net, net.add("GlobalAveragePooling2D", up))


def vgg() -> Drawing:
    net = Drawing()
    here = net.spread(32, 32, 3)
    for filters in (32, 64, 128):
        for _ in range(2):
            here = net.add("Conv2D", here, filters=filters, kernel_size=3, padding="same", activation="relu")
        here = net.add("MaxPooling2D", here)
    here = net.add(
        "Dropout", net.add("Dense", net.add("Flatten", here), units=4096, activation="relu"), rate=0.5
    )
    return answer(net, here)


@dataclass(frozen=True)
class Trial:
    """A network with the settings that decide its memory."""

    draw: Callable[[], Drawing]
    optimizer: str = "Adam"
    batch_size: int = 32
    source: str = "iris"
    momentum: float = 0.0

    def project(self, name: str) -> Project:
        """The project to be trained for two epochs."""
        net = self.draw()
        design = Design(name=name, nodes=tuple(net.nodes), edges=tuple(net.edges))
        params = {"momentum": self.momentum} if self.momentum else {}
        spec = OptimizerSpec.model_validate({"type": self.optimizer, "params": params})
        training = Training(epochs=2, batch_size=self.batch_size, optimizer=spec, device="cpu", seed=0)
        return Project(name=name, design=design, data=DataSpec(source=self.source), training=training)


FITTED: Mapping[str, Trial] = {
    "small MLP": Trial(mlp(64), source="digits"),
    "wide MLP": Trial(mlp(4000, 4000), source="digits"),
    "wide MLP, SGD": Trial(mlp(4000, 4000), "SGD", source="digits"),
    "wider MLP": Trial(mlp(6000, 6000), source="digits"),
    "deep MLP": Trial(mlp(*[1500] * 8), source="digits"),
    "deep MLP, SGD": Trial(mlp(*[1500] * 8), "SGD", source="digits"),
    "wide MLP, RMSprop": Trial(mlp(4000, 4000), "RMSprop", source="digits"),
    "wide MLP, momentum": Trial(mlp(4000, 4000), "SGD", source="digits", momentum=0.9),
    "plain CNN": Trial(plain_cnn, batch_size=64),
    "CNN with norm": Trial(norm_cnn, batch_size=64),
    "LSTM": Trial(lstm, batch_size=64),
    "attention": Trial(attention),
}
"""The constants of `translate/memory.py` come from these."""
HELD_OUT: Mapping[str, Trial] = {
    "residual CNN": Trial(residual_cnn, batch_size=64),
    "MobileNet-like": Trial(mobile, batch_size=48),
    "BiLSTM and GRU": Trial(bilstm, "RMSprop", 64),
    "transformer, 3 blocks": Trial(transformer, "AdamW", 48),
    "U-Net": Trial(unet, batch_size=48),
    "VGG-like": Trial(vgg, "SGD", 64),
    "deep MLP, RMSprop": Trial(mlp(3000, 3000, 3000), "RMSprop", 128, "digits"),
}
"""Never looked at while fitting."""
