"""How does a function of this program go into a script that stands alone? With everything of ours that it uses.

Functions and constants are taken over, imports of others become imports, annotations go.
"""

import ast
import inspect
import itertools
import textwrap
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
    source = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise ValueError(f"{function} is no plain function")
    name = name or function.__name__
    if name in taken.functions:
        return
    taken.functions[name] = ""
    bare = _bare(source, tree)
    for used in _names(ast.parse(bare)):
        if used in function.__globals__ and used != function.__name__:
            _take_value(used, function.__globals__[used], taken)
    del taken.functions[name]
    taken.functions[name] = bare.replace(f"def {tree.name}(", f"def {name}(", 1)


def _bare(source: str, tree: ast.FunctionDef) -> str:
    """Without annotations, which would need imports of their own; comments and layout stay."""
    text = source
    for start, end in sorted(_annotations(source, tree), reverse=True):
        text = text[:start] + text[end:]
    return text.rstrip()


def _annotations(source: str, tree: ast.FunctionDef) -> Iterator[tuple[int, int]]:
    """Where annotations stand, with the colon or arrow before them."""
    starts = [0, *itertools.accumulate(len(line) for line in source.splitlines(keepends=True))]
    for node in ast.walk(tree):
        found = node.returns if isinstance(node, ast.FunctionDef) else getattr(node, "annotation", None)
        if isinstance(found, ast.expr) and found.end_lineno is not None and found.end_col_offset is not None:
            begin = starts[found.lineno - 1] + found.col_offset
            mark = source.rindex("->" if isinstance(node, ast.FunctionDef) else ":", 0, begin)
            space = mark - len(source[:mark]) + len(source[:mark].rstrip())
            yield space, starts[found.end_lineno - 1] + found.end_col_offset


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
