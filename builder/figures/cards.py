"""How does a small network look beside a headline? Its layers as cards below one another, like on the canvas."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise

from builder import paths
from builder.catalog import lookup
from builder.design.document import Design, Node
from builder.design.order import in_order
from builder.figures import numbers
from builder.figures.theme import Appearance, family_colour, family_tint, tokens

CARD_W, CARD_H, GAP = 288, 44, 18
MOST = 6
"""Longer networks are sketched."""
SANS = "Inter, system-ui, sans-serif"
MONO = "JetBrains Mono, ui-monospace, monospace"
GLYPH_FOLDER = paths.PACKAGE / "components" / "frontend" / "src" / "glyphs"
GLYPHS = {
    "io": "input",
    "core": "dense",
    "conv": "conv",
    "recur": "recur",
    "attend": "attend",
    "steady": "norm",
    "shape": "pool",
    "bend": "act",
    "merge": "add",
}
"""The picture of each layer family, as on the canvas."""


def is_chain(design: Design) -> bool:
    """Whether the network is a short chain that fits on cards; others are sketched."""
    ordered = in_order(design)
    wires = {(edge.source, edge.target) for edge in design.edges}
    return 0 < len(ordered) <= MOST and wires == {(above.id, below.id) for above, below in pairwise(ordered)}


def cards(design: Design, facts: Mapping[str, tuple[str, str]], appearance: Appearance) -> str:
    """The chain as an SVG; `facts` gives output shape and parameters of each node as written for people."""
    ordered = in_order(design)
    drawn = _wires(len(ordered), appearance) + _cards(ordered, facts, appearance)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CARD_W + 4} {height(len(ordered))}" width="100%" '
        f'style="max-width:{CARD_W + 4}px" role="img" aria-label="{escape(_spoken(ordered))}">{drawn}</svg>'
    )


def height(count: int) -> int:
    """Pixels that `count` cards below one another take."""
    return count * CARD_H + (count - 1) * GAP + 4


def _spoken(ordered: Sequence[Node]) -> str:
    return "Network: " + ", ".join(f"{node.id} ({subtitle(node)})" for node in ordered)


def _wires(count: int, appearance: Appearance) -> str:
    x = CARD_W / 2 + 2
    tops = (2 + index * (CARD_H + GAP) + CARD_H for index in range(count - 1))
    stroke = tokens(appearance)["edge"]
    return "".join(f'<path d="M{x} {top}v{GAP}" stroke="{stroke}" stroke-width="1.6"/>' for top in tops)


def _cards(ordered: Sequence[Node], facts: Mapping[str, tuple[str, str]], appearance: Appearance) -> str:
    return "".join(
        _card(node, 2 + index * (CARD_H + GAP), facts.get(node.id, ("", "")), appearance)
        for index, node in enumerate(ordered)
    )


def _card(node: Node, top: int, facts: tuple[str, str], appearance: Appearance) -> str:
    colours = tokens(appearance)
    frame = f'fill="{colours["raised"]}" stroke="{colours["line-strong"]}"'
    end = f'x="{CARD_W - 12}" text-anchor="end"'
    name, shape, params = (escape(text) for text in (node.id[:24], *facts))
    return (
        f'<g transform="translate(2 {top})" font-family="{SANS}" font-size="12">'
        f'<rect width="{CARD_W}" height="{CARD_H}" rx="8" {frame}/>{_tile(node, appearance)}'
        f'<g fill="{colours["ink"]}"><text x="44" y="20" font-size="13.5" font-weight="600">{name}</text>'
        f'<text {end} y="20" font-family="{MONO}" font-weight="500">{shape}</text></g>'
        f'<g fill="{colours["ink-2"]}"><text x="44" y="35">{escape(subtitle(node)[:36])}</text>'
        f'<text {end} y="35">{params}</text></g></g>'
    )


def _tile(node: Node, appearance: Appearance) -> str:
    """The family's glyph in its colour, on its tint."""
    spec = lookup.layer(node.type)
    family = spec.family if spec else "core"
    drawn = _glyph(GLYPHS.get(family, "dense"))
    return (
        f'<rect x="8" y="9" width="26" height="26" rx="6" fill="{family_tint(family, appearance)}"/>'
        f'<g transform="translate(13 14) scale(.8)" color="{family_colour(family, appearance)}" fill="none" '
        f'stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">{drawn}</g>'
    )


@cache
def _glyph(name: str) -> str:
    """What stands inside a glyph's SVG."""
    text = (GLYPH_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return text[text.index(">") + 1 : text.rindex("</svg>")]


def subtitle(node: Node) -> str:
    """`Dense, 64 units, relu`: the type and the settings that a beginner asks for first."""
    parts = [node.type]
    units = node.params.get("units")
    if isinstance(units, int):
        parts.append(f"{numbers.count(units)} unit" + ("s" if units != 1 else ""))
    scale = node.params.get("scale")
    if isinstance(scale, float) and 0 < scale < 1:
        parts.append(f"× 1/{round(1 / scale)}")
    activation = node.params.get("activation")
    if isinstance(activation, str):
        parts.append(activation)
    return ", ".join(parts)
