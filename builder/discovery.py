"""How things that can be added are found: one file in a package, holding one constant.

A folder listing is the feature list: a new data set, rule or finding needs no registration.
"""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def constants(package: ModuleType, kind: type[T]) -> dict[str, T]:
    """The one constant of type `kind` of every module in `package`, by module name, sorted.

    Raises:
        TypeError: A module holds none, or more than one.
    """
    found: dict[str, T] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        values = [value for name, value in vars(module).items() if name.isupper() and isinstance(value, kind)]
        if len(values) != 1:
            raise TypeError(
                f"{module.__name__} must hold exactly one {kind.__name__}; it holds {len(values)}."
            )
        found[info.name] = values[0]
    return found
