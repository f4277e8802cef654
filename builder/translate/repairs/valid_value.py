"""A wrong argument: the nearest value that the catalogue calls valid, its default, or the argument that was meant."""

import difflib
from collections.abc import Iterator
from typing import cast

from pydantic import JsonValue

from builder.catalog.lookup import catalog
from builder.catalog.spec import ParamSpec
from builder.design.document import Node
from builder.design.edits import SetArgs, SetParams
from builder.translate.candidates import CHANGED, Candidate, Proposer, set_values, value_words
from builder.translate.scene import Scene


def _propose(scene: Scene) -> Iterator[Candidate]:
    node, name = scene.holder, scene.issue.argument
    if (
        node is None
        or scene.spec is None
        or name is None
        or scene.issue.code not in ("bad_argument", "too_large")
    ):
        return
    param = next((param for param in _known(scene) if param.name == name), None)
    held = node.args if name in node.args else node.params
    if param is not None:
        yield from _valid(scene, node, param, held.get(name))
    elif name in held:
        yield from _meant(scene, node, name, held[name])
    if param is None and name in node.params and node.type.startswith("ops."):
        edits = (SetParams(id=node.id, reset=(name,)), SetArgs(id=node.id, args={name: node.params[name]}))
        yield Candidate(
            f"Keep {name} as a call argument", f"Move {name} of {node.id} to args.", edits, scene.path, 2
        )


def _known(scene: Scene) -> tuple[ParamSpec, ...]:
    return (*scene.spec.params, *scene.spec.args, *catalog().common) if scene.spec else ()


def _valid(scene: Scene, node: Node, param: ParamSpec, value: JsonValue) -> Iterator[Candidate]:
    default = param.start if param.required else param.default
    for number, near in enumerate(_near(param, value)):
        if near != value and near != default:
            yield _with(scene, node, param, near).sized(CHANGED + number)
    if param.required and param.start is not None:
        yield _with(scene, node, param, param.start).sized(5)
    elif not param.required:
        back = f"Put {param.name} back to {value_words(default)}"
        title = f"Leave {param.name} out" if default is None else back
        yield _reset(scene, node, param.name, title).sized(4)


def _with(scene: Scene, node: Node, param: ParamSpec, value: JsonValue) -> Candidate:
    in_call = scene.spec is not None and any(each.name == param.name for each in scene.spec.args)
    found = set_values(scene, node, {param.name: value}, f"Set {param.name} to {value_words(value)}")
    if in_call and not node.type.startswith("ops."):
        owner = scene.node or node
        return Candidate(
            found.title, found.detail, (SetArgs(id=owner.id, args={param.name: value}),), scene.path, 3
        )
    return found


def _reset(scene: Scene, node: Node, name: str, title: str) -> Candidate:
    found = set_values(scene, node, {}, title, reset=(name,))
    owner = scene.node or node
    if name in owner.args and not owner.type.startswith("ops."):
        return Candidate(title, f"{title}.", (SetArgs(id=owner.id, reset=(name,)),), scene.path, CHANGED)
    return found


def _near(param: ParamSpec, value: JsonValue) -> Iterator[JsonValue]:
    """Values of the right kind, the nearest first; they are tried, so that a guess does no harm."""
    if param.kind in ("int", "float", "ints", "shape"):
        yield from _numbers(param, value)
    elif param.kind == "bool":
        yield _as_switch(value)
    elif param.kind == "choice" and isinstance(value, str):
        names = {name.lower(): name for name in param.choices}
        for close in difflib.get_close_matches(value[:100].lower(), names, n=2, cutoff=0.5):
            yield names[close]
    elif param.kind == "json" and isinstance(value, list):
        yield cast(JsonValue, [_number(param, part, whole=False) for part in value][:2])


def _numbers(param: ParamSpec, value: JsonValue) -> Iterator[JsonValue]:
    whole = param.kind != "float"
    if isinstance(value, list):
        parts = [part for part in (_number(param, part, whole) for part in value) if part is not None]
        if param.kind in ("ints", "shape"):
            yield cast(JsonValue, parts[: param.length] if param.length else parts)
        if parts:
            yield parts[0]
    else:
        number = _number(param, value, whole)
        if number is not None:
            yield [number] if param.kind == "shape" else number


def _number(param: ParamSpec, value: JsonValue, whole: bool) -> int | float | None:
    """The number in it, within the limits: `"32"`, 32.5 and −32 are 32."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if number != number or abs(number) > 1e30:
        return None
    low, high = param.minimum, param.maximum
    if low is not None and number < low <= -number and low > 0:
        number = -number
    number = max(number, low) if low is not None else number
    number = min(number, high) if high is not None else number
    return round(number) if whole else number


def _as_switch(value: JsonValue) -> bool:
    return str(value).lower() not in ("false", "off", "no", "0", "none", "")


def _meant(scene: Scene, node: Node, name: str, value: JsonValue) -> Iterator[Candidate]:
    """An argument that the layer does not have: another of nearly that name, or none."""
    names = [param.name for param in _known(scene)]
    for close in difflib.get_close_matches(name.lower(), names, n=2, cutoff=0.6):
        if close not in node.params:
            yield set_values(scene, node, {close: value}, f"Call it {close}", reset=(name,))
    params: dict[str, JsonValue] = {
        param.name: param.start
        for param in _known(scene)
        if param.required and param.name not in node.params and param.start is not None
    }
    if params:
        wanted = " and ".join(f"{key} to {value_words(start)}" for key, start in params.items())
        yield set_values(scene, node, params, f"Leave {name} out, set {wanted}", reset=(name,)).sized(5)
    yield set_values(scene, node, {}, f"Leave {name} out", reset=(name,)).sized(4)


VALID_VALUE = Proposer(_propose)
