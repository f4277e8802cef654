"""What is a node called in Python? Its id, made a safe name that nothing else in the file has."""

import builtins
import keyword
import re
from collections.abc import Iterable

TAKEN = frozenset({"keras", "layers", "np"})


class Names:
    """Hands out identifiers, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._used: set[str] = {*TAKEN, *taken}

    def fresh(self, wanted: str) -> str:
        """An identifier like `wanted`: odd characters become `_`, clashes get a number.

        Keywords and builtins are never given out.
        """
        plain = re.sub(r"\W", "_", wanted, flags=re.ASCII) or "_"
        plain = f"_{plain}" if plain[0].isdigit() else plain
        if keyword.iskeyword(plain) or keyword.issoftkeyword(plain) or hasattr(builtins, plain):
            plain += "_"
        name, number = plain, 1
        while name in self._used:
            number += 1
            name = f"{plain}_{number}"
        self._used.add(name)
        return name
