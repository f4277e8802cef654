"""How is a random sound network drawn? Images, sequences and rows, with blocks that branch, nest and share."""

import random
from dataclasses import dataclass, field

from builder.design.document import Design, Edge, Node
from builder.design.names import fresh_id, snake

ROW = 92.0


@dataclass
class Sheet:
    """A network while it is drawn, from top to bottom."""

    chance: random.Random
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def put(
        self, kind: str, *sources: str, graph: Design | None = None, of: str | None = None, **params: object
    ) -> str:
        """One more node below the others, fed by `sources`; its id."""
        name = fresh_id(snake(kind), {node.id for node in self.nodes})
        place = (300.0 * self.chance.choice((0, 0, 0, 1)), ROW * len(self.nodes))
        given = {"args" if kind.startswith("ops.") else "params": params}
        self.nodes.append(
            Node.model_validate(
                {"id": name, "type": kind, "graph": graph, "of": of, "position": place, **given}
            )
        )
        many = len(sources) > 1 and kind.startswith("ops.") and kind != "ops.concatenate"
        for number, source in enumerate(sources):
            port = (("x1", "x2")[number],) if many else None
            self.edges.append(Edge(source=source, target=name, target_port=port))
        return name

    def design(self) -> Design:
        """What was drawn."""
        return Design(nodes=tuple(self.nodes), edges=tuple(self.edges))


def drawn(chance: random.Random) -> Design:
    """A sound network of 5 to 25 nodes."""
    sheet = Sheet(chance)
    here = chance.choice((_image, _image, _sequence, _row, _volume, _words))(sheet)
    units = chance.choice((1, 3, 10))
    sheet.put("Dense", here, units=units, activation="softmax" if units > 1 else "sigmoid")
    return sheet.design()


def _image(sheet: Sheet) -> str:
    chance, side = sheet.chance, sheet.chance.choice((8, 16, 28))
    here = sheet.put("InputLayer", shape=[side, side, chance.choice((1, 3))])
    if chance.random() < 0.4:
        here = sheet.put("Rescaling", here, scale=1 / 255)
    for _ in range(chance.randint(1, 3)):
        here = chance.choice((_convolved, _residual, _dense_block, _nested, _pooled, _squeezed))(sheet, here)
    return sheet.put(chance.choice(("Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D")), here)


def _filters(sheet: Sheet) -> int:
    return sheet.chance.choice((4, 8, 16))


def _convolved(sheet: Sheet, here: str) -> str:
    here = sheet.put(
        "Conv2D", here, filters=_filters(sheet), kernel_size=3, padding="same", activation="relu"
    )
    if sheet.chance.random() < 0.5:
        here = sheet.put("BatchNormalization", here)
    return here


def _pooled(sheet: Sheet, here: str) -> str:
    return sheet.put("MaxPooling2D", _convolved(sheet, here), pool_size=2, padding="same")


def _residual(sheet: Sheet, here: str) -> str:
    filters = _filters(sheet)
    short = sheet.put("Conv2D", here, filters=filters, kernel_size=1)
    deep = sheet.put("Conv2D", short, filters=filters, kernel_size=3, padding="same", activation="relu")
    deep = sheet.put("Conv2D", deep, filters=filters, kernel_size=3, padding="same")
    return sheet.put(sheet.chance.choice(("Add", "Multiply", "Average", "Maximum", "ops.add")), short, deep)


def _dense_block(sheet: Sheet, here: str) -> str:
    one = sheet.put("Conv2D", here, filters=_filters(sheet), kernel_size=3, padding="same")
    two = sheet.put("Conv2D", here, filters=_filters(sheet), kernel_size=5, padding="same")
    return sheet.put("Concatenate", one, two)


def _squeezed(sheet: Sheet, here: str) -> str:
    filters = _filters(sheet)
    wide = sheet.put("Conv2D", here, filters=filters, kernel_size=3, padding="same")
    gate = sheet.put("GlobalAveragePooling2D", wide)
    gate = sheet.put("Dense", gate, units=filters, activation="sigmoid")
    return sheet.put("Multiply", wide, sheet.put("Reshape", gate, target_shape=[1, 1, filters]))


def _nested(sheet: Sheet, here: str) -> str:
    channels = _filters(sheet)
    here = sheet.put("Conv2D", here, filters=channels, kernel_size=1)
    inner = Sheet(sheet.chance)
    begin = inner.put("InputLayer", shape=[None, None, channels])
    _residual(inner, begin)
    return sheet.put("Model", here, graph=inner.design())


def _sequence(sheet: Sheet) -> str:
    chance = sheet.chance
    here = sheet.put("InputLayer", shape=[chance.choice((12, 20)), chance.choice((4, 8))])
    for _ in range(chance.randint(0, 2)):
        here = chance.choice((_recurrent, _attending, _convolved_1d))(sheet, here)
    if chance.random() < 0.5:
        return sheet.put(chance.choice(("LSTM", "GRU", "SimpleRNN")), here, units=_filters(sheet))
    return sheet.put(chance.choice(("GlobalAveragePooling1D", "GlobalMaxPooling1D", "Flatten")), here)


def _recurrent(sheet: Sheet, here: str) -> str:
    return sheet.put(sheet.chance.choice(("LSTM", "GRU")), here, units=_filters(sheet), return_sequences=True)


def _convolved_1d(sheet: Sheet, here: str) -> str:
    return sheet.put("Conv1D", here, filters=_filters(sheet), kernel_size=3, padding="same")


def _attending(sheet: Sheet, here: str) -> str:
    look = sheet.put("MultiHeadAttention", num_heads=2, key_dim=4)
    sheet.edges += [Edge(source=here, target=look, target_port=(name,)) for name in ("query", "value")]
    return sheet.put("LayerNormalization", sheet.put("Add", here, look))


def _row(sheet: Sheet) -> str:
    chance = sheet.chance
    here = sheet.put("InputLayer", shape=[chance.choice((4, 30, 64))])
    width = _filters(sheet)
    here = sheet.put("Dense", here, units=width, activation="relu")
    for _ in range(chance.randint(0, 3)):
        deep = sheet.put("Dropout", sheet.put("Dense", here, units=width, activation="relu"), rate=0.2)
        here = sheet.put(chance.choice(("Add", "Concatenate", "Average")), here, deep)
        here = sheet.put("Dense", here, units=width)
    if chance.random() < 0.3:
        tower = sheet.put("Dense", here, units=width)
        again = sheet.put("Call", tower, of=tower)
        here = sheet.put("Add", tower, again)
    return here


def _volume(sheet: Sheet) -> str:
    here = sheet.put("InputLayer", shape=[4, 8, 8, 1])
    here = sheet.put("Conv3D", here, filters=_filters(sheet), kernel_size=3, padding="same")
    here = sheet.put("MaxPooling3D", here, pool_size=2)
    return sheet.put("GlobalAveragePooling3D", here)


def _words(sheet: Sheet) -> str:
    here = sheet.put("InputLayer", shape=[sheet.chance.choice((8, 12))], dtype="int32")
    here = sheet.put("Embedding", here, input_dim=50, output_dim=_filters(sheet))
    here = _recurrent(sheet, here) if sheet.chance.random() < 0.5 else _attending(sheet, here)
    return sheet.put("GlobalAveragePooling1D", here)
