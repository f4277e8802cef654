"""How is a value shown in a sentence? Short, safe for any input, in the style of the pages."""

LONGEST_TEXT = 40
LONGEST_LIST = 5
LARGEST_IN_FULL = 10**15
THIN_SPACE = "\N{THIN SPACE}"


def shown(value: object, depth: int = 0) -> str:
    """The value in a few words; never fails, whatever it is."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return f'"{clipped(value)}"'
    if isinstance(value, list | tuple):
        return _list(value, depth)
    return "an object" if isinstance(value, dict) else "something that is not JSON"


def number(value: float) -> str:
    """Whole numbers with thin spaces from 10 000 on, true minus signs, and words for what is no number."""
    if isinstance(value, int):
        return _whole(value)
    if value != value:
        return "not a number"
    if value in (float("inf"), float("-inf")):
        return "infinite"
    text = f"{value:g}" if abs(value) >= LARGEST_IN_FULL or not value.is_integer() else f"{value:.1f}"
    return text.replace("-", "\N{MINUS SIGN}") if value < 0 else text


def clipped(text: str) -> str:
    """One line of printable text, at most `LONGEST_TEXT` characters."""
    printable = "".join(char if char.isprintable() else " " for char in text[: LONGEST_TEXT + 1])
    return printable if len(text) <= LONGEST_TEXT else printable[: LONGEST_TEXT - 1] + "…"


def either(names: tuple[str, ...]) -> str:
    """`valid or same`; `a, b or c`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _whole(value: int) -> str:
    if abs(value) >= LARGEST_IN_FULL:
        return f"a number of about {int(value.bit_length() * 0.30103) + 1} digits"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    digits = str(abs(value))
    return sign + (f"{abs(value):,}".replace(",", THIN_SPACE) if len(digits) > 4 else digits)


def _list(value: list[object] | tuple[object, ...], depth: int) -> str:
    if depth > 1:
        return "[…]"
    items = [shown(item, depth + 1) for item in value[:LONGEST_LIST]]
    more = ["…"] if len(value) > LONGEST_LIST else []
    return "[" + ", ".join(items + more) + "]"
