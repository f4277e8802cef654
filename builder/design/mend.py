"""What can be put right in a drawing without asking? Only what could not even be shown: two layers of one name."""

from builder.design.document import Design, Node
from builder.design.names import fresh_id


def told_apart(design: Design) -> tuple[Design, dict[str, str]]:
    """The design with every name standing once, and `{new name: the name that was taken}`.

    The first of two keeps its name and its wires; which of them a wire meant cannot be known.
    """
    taken: set[str] = set()
    nodes: list[Node] = []
    renamed: dict[str, str] = {}
    given = {node.id for node in design.nodes}
    for node in design.nodes:
        name = fresh_id(node.id, taken | given) if node.id in taken else node.id
        if name != node.id:
            renamed[name] = node.id
        taken.add(name)
        nodes.append(node.model_copy(update={"id": name}))
    return design.model_copy(update={"nodes": tuple(nodes)}), renamed
