"""What does Keras itself say about a layer and each of its arguments? Reads Google-style docstrings."""

import inspect
import re

HELP_CHARACTERS = 600
LINE_CHARACTERS = 160
SHORTEST_LINE = 25


def opening(docstring: str) -> str:
    """The paragraphs before the first heading or example, at most `HELP_CHARACTERS` characters, whole paragraphs."""
    paragraphs = _before_headings(inspect.cleandoc(docstring)).split("\n\n")
    text = ""
    for paragraph in paragraphs:
        joined = _one_line(paragraph)
        if text and len(text) + len(joined) > HELP_CHARACTERS:
            break
        text = f"{text}\n\n{joined}" if text else joined
    return _plain(text)


def arguments(docstring: str) -> dict[str, str]:
    """First sentence of what is said about each argument, by name."""
    section = re.search(
        r"^(?:Args|Arguments):\n(.*?)(?=^\S|\Z)", inspect.cleandoc(docstring) + "\n", re.M | re.S
    )
    if section is None:
        return {}
    entries = re.findall(r"^    (\w+): *(.*?)(?=^    \S|\Z)", section.group(1), re.M | re.S)
    return {name: _first_sentence(_plain(_one_line(text))) for name, text in entries}


def _before_headings(text: str) -> str:
    kept = re.split(r"^(?:[A-Z][\w ]*:$|>>>|```|For example|Example|Note)", text, maxsplit=1, flags=re.M)[0]
    return kept.strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Without Markdown links and code marks, which a form would show as they stand."""
    without_links = re.sub(r"\[([^\]]+)\]\s?\([^)]*\)", r"\1", text)
    return without_links.replace("`", "").replace("**", "")


def _first_sentence(text: str) -> str:
    """Up to the first full stop after `SHORTEST_LINE` characters, for "Optional integer." alone tells nothing."""
    sentence = ""
    for part in re.split(r"(?<=\.)(?<!i\.e\.)(?<!e\.g\.)\s+(?=[A-Z(])", text):
        sentence = f"{sentence} {part}".strip()
        if len(sentence) >= SHORTEST_LINE:
            break
    if len(sentence) > LINE_CHARACTERS:
        sentence = sentence[: LINE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return sentence[:1].upper() + sentence[1:]
