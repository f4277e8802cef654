"""How does a function of this program go into a script that stands alone? With everything of ours that it uses.

Functions and constants are taken over, imports of others become imports, annotations go.
"""

import ast
import inspect
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

OWN = "builder"


@dataclass(slots=True)
class Taken:
    """Parts of a script, in the order in which they must stand."""

    imports: set[str] = field(default_factory=set)
    constants: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)


def take(function: Callable[..., object], taken: Taken, name: str | None = None) -> None:
    """Add a function and all of ours that it needs.

    Args:
        function: A plain function with source.
        taken: Where to add it.
        name: What it is called in the script; None: as it is.

    Raises:
        ValueError: It needs something that cannot be written down.
    """
    tree = ast.parse(inspect.getsource(function)).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise ValueError(f"{function} is no plain function")
    bare = _bare(tree)
    bare.name = name or bare.name
    if bare.name in taken.functions:
        return
    for used in _names(bare):
        if used in function.__globals__ and used != function.__name__:
            _take_value(used, function.__globals__[used], taken)
    taken.functions[bare.name] = ast.unparse(ast.fix_missing_locations(bare))


def _bare(tree: ast.FunctionDef) -> ast.FunctionDef:
    """Without annotations, which would need their own imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            node.annotation = ast.Name("object")
    return tree


def _names(tree: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _take_value(name: str, value: object, taken: Taken) -> None:
    if isinstance(value, types.ModuleType):
        taken.imports.add(
            f"import {value.__name__} as {name}" if value.__name__ != name else f"import {name}"
        )
    elif isinstance(value, types.FunctionType) and value.__module__.startswith(OWN):
        take(value, taken)
    elif isinstance(value, bool | int | float | str | tuple):
        taken.constants[name] = repr(value)
    else:
        module = getattr(value, "__module__", None)
        if not isinstance(module, str) or module.startswith(OWN):
            raise ValueError(f"{name} cannot be written down")
        taken.imports.add(f"from {module} import {name}")
