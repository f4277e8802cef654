"""How does a functional Keras model become a design? For comparing counts with models that others published."""

from builder.catalog.lookup import layer as known_layer
from builder.design.document import Design, Edge, Node


def design_from(model) -> Design:
    """Nodes named like the layers, with the arguments that differ from Keras' defaults; wires in call order."""
    nodes = [_node(layer) for layer in model.layers]
    edges = [edge for layer in model.layers for edge in _edges(layer)]
    outputs = tuple(tensor._keras_history.operation.name for tensor in model.outputs)
    return Design(name=model.name, nodes=tuple(nodes), edges=tuple(edges), outputs=outputs)


def _node(layer) -> Node:
    kind, config = type(layer).__name__, layer.get_config()
    if kind == "InputLayer":
        return Node(id=layer.name, type=kind, params={"shape": list(config["batch_shape"][1:])})
    spec = known_layer(kind)
    given = {param.name: _plain(config[param.name]) for param in spec.params if param.name in config}
    defaults = {param.name: param.default for param in spec.params}
    params = {name: value for name, value in given.items() if value is not None and value != defaults[name]}
    return Node(id=layer.name, type=spec.type, params=params)


def _plain(value):
    """JSON of a value in a config; nested objects as `{"type", "params"}`."""
    if isinstance(value, dict) and "class_name" in value:
        return {"type": value["class_name"], "params": _plain(value["config"])}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if part is not None}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


def _edges(layer) -> list[Edge]:
    node = layer._inbound_nodes[0]
    sources = [tensor._keras_history.operation.name for tensor in node.input_tensors]
    return [Edge(source=source, target=layer.name) for source in sources]
