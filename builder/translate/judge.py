"""What is wrong with one call before Keras is asked? Unknown types, wrong arguments, open ports, in plain words."""

import json
import math
from functools import lru_cache

from pydantic import JsonValue

from builder.catalog import arguments, lookup
from builder.catalog.spec import LayerSpec
from builder.design.document import Edge, Node, Params
from builder.issues import Issue, IssueCode, Severity
from builder.translate import indexing

MAX_CONSTANT_NUMBERS = 10_000


def placed(issue: Issue, prefix: str) -> Issue:
    """The issue with its node as a path from the outermost design."""
    return issue.model_copy(update={"node": prefix + issue.node}) if prefix and issue.node else issue


def spec_of(holder: Node, node: Node) -> tuple[LayerSpec | None, list[Issue]]:
    """What the catalogue says about the type, and what is wrong with the arguments of `node`."""
    spec = lookup.layer(holder.type)
    if spec is None:
        return None, [_unknown(node, holder.type)]
    if holder.type.startswith("ops."):
        return spec, _operation_issues(spec, node)
    issues = list(_checked(spec, node)) if holder is node else []
    return spec, issues + _call_issues(spec, node)


def _unknown(node: Node, type_name: str) -> Issue:
    near = lookup.nearest(type_name)
    return Issue(
        code=IssueCode.UNKNOWN_LAYER,
        node=node.id,
        argument="type",
        message=f"{node.id} is a {type_name[:60]}, and no layer has that name.",
        fix=f"Did you mean {near}?" if near else "Choose one from the list of layers.",
    )


def _checked(spec: LayerSpec, node: Node) -> tuple[Issue, ...]:
    """Arguments against the catalogue; remembered, since most nodes stay as they are from edit to edit."""
    try:
        found = remembered(spec.type, json.dumps(node.params))
    except (TypeError, ValueError, RecursionError):
        return (_not_json(node),)
    return tuple(_named(issue, node.id) for issue in found)


_PLACE = "\u0001"


@lru_cache(maxsize=20_000)
def remembered(type_name: str, params: str) -> tuple[Issue, ...]:
    """What is wrong with these arguments, written as JSON; issues name a placeholder instead of a node."""
    spec = lookup.layer(type_name)
    return () if spec is None else tuple(arguments.check_arguments(spec, json.loads(params), _PLACE))


def _named(issue: Issue, node_id: str) -> Issue:
    fix = issue.fix.replace(_PLACE, node_id) if issue.fix else issue.fix
    return issue.model_copy(
        update={"node": node_id, "message": issue.message.replace(_PLACE, node_id), "fix": fix}
    )


def _not_json(node: Node) -> Issue:
    return Issue(
        code=IssueCode.BAD_ARGUMENT,
        node=node.id,
        argument="params",
        message=f"The arguments of {node.id} nest too deep to be read.",
    )


def _operation_issues(spec: LayerSpec, node: Node) -> list[Issue]:
    ports = {port.name for port in spec.inputs}
    constants = {name: value for name, value in node.args.items() if name in ports}
    rest: Params = {name: value for name, value in node.args.items() if name not in ports}
    issues = [_bad_constant(node, name) for name, value in constants.items() if not _is_numbers(value)]
    if node.params:
        first = next(iter(node.params))
        message = f"{node.id} is an operation: what it takes stands under args, not under params."
        issues.append(bad(node, first, message, "Move it to args."))
    if spec.type == "ops.get_item" and isinstance(rest.get("key"), str):
        return issues + _key_issues(node, str(rest["key"]))
    return issues + list(arguments.check_call_arguments(spec, rest, node.id))


def _key_issues(node: Node, key: str) -> list[Issue]:
    try:
        indexing.parsed(key)
    except ValueError as error:
        return [
            bad(
                node,
                "key",
                f"key of {node.id} is {key[:40]!r}; {error}.",
                "Write it like ':, 0' or '..., 1:3'.",
            )
        ]
    return []


def _is_numbers(value: JsonValue) -> bool:
    """Whether a constant is a finite number, or a list (of lists) of them of bounded size."""
    todo, count = [value], 0
    while todo:
        part = todo.pop()
        if isinstance(part, list):
            todo += part
        elif not isinstance(part, int | float) or not math.isfinite(part):
            return False
        count += 1
        if count > MAX_CONSTANT_NUMBERS:
            return False
    return True


def _bad_constant(node: Node, name: str) -> Issue:
    return bad(node, name, f"{name} of {node.id} must be a number, a list of numbers, or a wire.", None)


def _call_issues(spec: LayerSpec, node: Node) -> list[Issue]:
    """Call arguments are plain switches and numbers, and never stand where a wire belongs."""
    ports = {port.name for port in spec.inputs}
    wired = [
        bad(node, name, f"{name} of {node.id} must be wired.", None) for name in node.args if name in ports
    ]
    rest: Params = {name: value for name, value in node.args.items() if name not in ports}
    return wired + list(arguments.check_call_arguments(spec, rest, node.id))


def bad(node: Node, argument: str, message: str, fix: str | None) -> Issue:
    """A wrong argument of a node."""
    return Issue(code=IssueCode.BAD_ARGUMENT, node=node.id, argument=argument, message=message, fix=fix)


def bad_call(node: Node, path: str, found: Node | None) -> Issue:
    """A `Call` whose `of` leads nowhere, to an input, or back to itself."""
    if found is None:
        message, fix = (
            f"{node.id} calls {path or 'nothing'} again, but no such layer is drawn.",
            "Name a layer in of.",
        )
    elif found.type == "InputLayer":
        message, fix = (
            f"{node.id} calls {path} again, but that is an input.",
            "Name a layer with weights in of.",
        )
    else:
        message, fix = f"{node.id} calls itself again.", "Name the layer that is drawn in of."
    return bad(node, "of", message, fix)


def bypassed_output(node: Node, edge: Edge) -> Issue:
    """A wire from a later output of a layer that is bypassed."""
    return Issue(
        code=IssueCode.DANGLING_EDGE,
        node=node.id,
        argument="edges",
        message=f"{node.id} takes output {edge.source_port} of {edge.source}, which is bypassed and has only one.",
        fix=f"Use {edge.source} again, or delete the wire.",
    )


def unwired(node: Node, port: str, is_bare: bool, is_needed: bool) -> Issue:
    """A port that must be wired and is not: a fault where an output depends on it, else only a note."""
    if is_needed:
        message = (
            f"{node.id} has no input."
            if is_bare
            else f"{node.id} also needs {port}, and nothing is wired to it."
        )
        return Issue(
            code=IssueCode.MISSING_ARGUMENT,
            node=node.id,
            argument=port,
            message=message,
            fix=f"Drag a wire into {node.id}.",
        )
    return Issue(
        code=IssueCode.BLOCKED,
        severity=Severity.INFO,
        node=node.id,
        argument=port,
        message=f"{node.id} is not connected yet.",
        fix=f"Drag a wire into {node.id}.",
    )
