"""Which ready networks can a person begin with? Each is a project file in `assets/templates`."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from builder.errors import NotFound
from builder.paths import TEMPLATES
from builder.project.document import Project
from builder.project.read import read_document


@dataclass(frozen=True, slots=True)
class Template:
    """A ready project, as it is offered on the start page."""

    name: str
    """File name without its ending."""
    title: str
    summary: str
    """What it does in a few words."""
    parameters: int
    """As Keras counts them, once its data are known."""
    project: Project


CARDS = {
    "perceptron": ("Perceptron", "Two classes, one line", 3),
    "mlp-digits": ("MLP", "Numbers in, classes out", 4_810),
    "cnn-digits": ("Small CNN", "Sees strokes before digits", 7_570),
    "residual-mlp": ("Deep residual MLP", "Shortcuts carry gradients", 16_561),
    "two-in-two-out": ("Two in, two out", "Mixed inputs, two answers", 1_438),
    "autoencoder-digits": ("Autoencoder", "Down to 2 and back", 5_426),
}
"""Title, summary and parameters by file name, in the order of the start page; a test holds them true."""


@cache
def templates() -> tuple[Template, ...]:
    """All ready projects, in the order of the start page."""
    return tuple(_read(TEMPLATES, name) for name in CARDS)


def template(name: str) -> Template:
    """The ready project of this name.

    Raises:
        NotFound: There is none; the nearest name is told.
    """
    for found in templates():
        if found.name == name:
            return found
    close = get_close_matches(name[:80].lower(), CARDS, n=1)
    remedy = f"Did you mean {close[0]}?" if close else f"There is: {', '.join(CARDS)}."
    raise NotFound(f"There is no template {name[:80]}.", remedy)


def _read(folder: Path, name: str) -> Template:
    title, summary, parameters = CARDS[name]
    project = read_document((folder / f"{name}.json").read_text(encoding="utf-8"))
    return Template(name, title, summary, parameters, project)
