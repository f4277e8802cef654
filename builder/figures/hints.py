"""Which little pictures stand beside the three hints of the start page?"""

from builder.figures.theme import Appearance, tokens

WIDTH, HEIGHT = 108, 70


def hint(name: str, appearance: Appearance) -> str:
    """One of `curves`, `insert`, `fault` as an SVG."""
    colours = tokens(appearance)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
        f'style="max-width:{WIDTH}px" aria-hidden="true">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{colours["canvas"]}"/>{_DRAWN[name](colours)}</svg>'
    )


def _curves(colours: dict[str, str]) -> str:
    return (
        f'<g fill="none" stroke-width="2.2" stroke-linecap="round">'
        f'<path d="M20 16C32 38 48 42 88 44" stroke="{colours["data-val"]}"/>'
        f'<path d="M20 18C32 46 48 54 88 56" stroke="{colours["data-train"]}"/></g>'
    )


def _insert(colours: dict[str, str]) -> str:
    box = f'fill="{colours["raised"]}" stroke="{colours["line-strong"]}"'
    return (
        f'<path d="M54 20v30" stroke="{colours["edge"]}" stroke-width="1.4"/>'
        f'<rect x="36" y="8" width="36" height="13" rx="4" {box}/>'
        f'<rect x="36" y="50" width="36" height="13" rx="4" {box}/>'
        f'<rect x="44" y="28" width="42" height="15" rx="4" fill="{colours["accent-tint"]}" '
        f'stroke="{colours["accent"]}" stroke-width="1.4" stroke-dasharray="4 3"/>'
        f'<path d="M82 38l1 13 3.4-3 4.6-.6z" fill="{colours["ink"]}"/>'
    )


def _fault(colours: dict[str, str]) -> str:
    return (
        f'<rect x="26" y="17" width="56" height="36" rx="6" fill="{colours["raised"]}" stroke="{colours["sev-fault"]}" '
        f'stroke-width="1.5"/><path d="M26 35h56" stroke="{colours["sev-fault"]}" stroke-opacity=".4"/>'
        f'<rect x="33" y="24" width="22" height="4.5" rx="2" fill="{colours["line-strong"]}"/>'
        f'<rect x="33" y="42" width="36" height="4.5" rx="2" fill="{colours["sev-fault"]}"/>'
    )


_DRAWN = {"curves": _curves, "insert": _insert, "fault": _fault}
