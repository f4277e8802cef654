"""What can be changed about one layer? Its arguments, its type, and whether it takes part at all."""

from typing import Literal

from pydantic import Field

from builder.design.changes.kind import EditKind, changed, known, with_node
from builder.design.document import Design, Params
from builder.errors import EditRefused


class SetParams(EditKind):
    """Set arguments of one node and put those in `reset` back to Keras' default."""

    kind: Literal["set_params"] = "set_params"
    id: str
    params: Params = Field(default_factory=dict)
    reset: tuple[str, ...] = ()


class SetArgs(EditKind):
    """Set call arguments that are not tensors."""

    kind: Literal["set_args"] = "set_args"
    id: str
    args: Params = Field(default_factory=dict)
    reset: tuple[str, ...] = ()


class Retype(EditKind):
    """Make another layer of a node, with these arguments; its name, wires and calls stay."""

    kind: Literal["retype"] = "retype"
    id: str
    type: str = Field(min_length=1, max_length=100)
    params: Params = Field(default_factory=dict)
    args: Params = Field(default_factory=dict)


class SetBypass(EditKind):
    """Leave layers out of the network, or take them in again; see `Node.bypass`."""

    kind: Literal["set_bypass"] = "set_bypass"
    ids: tuple[str, ...]
    bypass: bool = True


_STRUCTURAL = frozenset({"InputLayer", "Model", "Call"})


def set_params(design: Design, edit: SetParams) -> Design:
    """The design with other arguments of one node."""
    return with_node(design, edit.id, params=_updated(known(design, edit.id).params, edit.params, edit.reset))


def set_args(design: Design, edit: SetArgs) -> Design:
    """The design with other call arguments of one node."""
    return with_node(design, edit.id, args=_updated(known(design, edit.id).args, edit.args, edit.reset))


def _updated(old: Params, new: Params, reset: tuple[str, ...]) -> Params:
    return {name: value for name, value in (old | new).items() if name not in reset}


def retype(design: Design, edit: Retype) -> Design:
    """The design with another type in a node's place; refuses inputs, blocks and calls."""
    node = known(design, edit.id)
    for found, subject in ((node.type, f"{edit.id} is"), (edit.type, f"{edit.id} cannot become")):
        if found in _STRUCTURAL:
            raise EditRefused(f"{subject} {_words(found)}:", "only a layer can take another layer's place.")
    return with_node(design, edit.id, type=edit.type, params=edit.params, args=edit.args)


def _words(kind: str) -> str:
    return {"InputLayer": "an input", "Model": "a block", "Call": "another call of a layer"}[kind]


def set_bypass(design: Design, edit: SetBypass) -> Design:
    """The design with layers bypassed or not; refuses what has nothing to pass on."""
    for node_id in edit.ids:
        node = known(design, node_id)
        if edit.bypass and node.type == "InputLayer":
            raise EditRefused(f"{node_id} cannot be bypassed: data enters here.")
        if edit.bypass and not design.into(node_id):
            raise EditRefused(f"{node_id} has no input that could pass through.", "", "Drag a wire into it.")
    ids = set(edit.ids)
    nodes = tuple(n.model_copy(update={"bypass": edit.bypass}) if n.id in ids else n for n in design.nodes)
    return changed(design, nodes=nodes)
