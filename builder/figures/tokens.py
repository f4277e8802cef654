"""Which colours do the components have? Those of tokens.css, here for pictures that are drawn in Python."""

from enum import StrEnum
from typing import Literal


class Mode(StrEnum):
    """The two appearances."""

    LIGHT = "light"
    DARK = "dark"


Appearance = Mode | Literal["light", "dark"]
"""A mode, or its name."""

_LIGHT = {
    "surface": "#FFFFFF",
    "canvas": "#F5F6F4",
    "raised": "#FFFFFF",
    "sunken": "#F0F1EE",
    "hover": "#EDEFEB",
    "line": "#DFE2DC",
    "line-strong": "#B9BFB6",
    "dot": "#D5D9D1",
    "ink": "#1A1F1D",
    "ink-2": "#4C5551",
    "ink-3": "#646D69",
    "accent": "#0A716B",
    "accent-tint": "#E0F1EE",
    "on-accent": "#FFFFFF",
    "focus": "#0A716B",
    "button": "#0A716B",
    "edge": "#8C958F",
    "sev-fault": "#B4232F",
    "sev-fault-bg": "#FDEEEE",
    "sev-warn": "#8A5300",
    "sev-warn-bg": "#FDF3DD",
    "sev-info": "#3E5C86",
    "sev-info-bg": "#EAF0F8",
    "sev-fine": "#1F7040",
    "sev-fine-bg": "#E6F4EA",
    "fam-io": "#4B545C",
    "fam-io-tint": "#EBEDEF",
    "fam-core": "#3457C0",
    "fam-core-tint": "#E6EBFA",
    "fam-conv": "#5A16AE",
    "fam-conv-tint": "#EEE6FA",
    "fam-recur": "#00708E",
    "fam-recur-tint": "#DDF1F6",
    "fam-attend": "#B80F7B",
    "fam-attend-tint": "#FBE5F2",
    "fam-steady": "#3B6F3C",
    "fam-steady-tint": "#E5F2E4",
    "fam-shape": "#683F00",
    "fam-shape-tint": "#F5EBDA",
    "fam-bend": "#B33A08",
    "fam-bend-tint": "#FCE9E0",
    "fam-merge": "#1A1F1D",
    "fam-merge-tint": "#E3E6E2",
    "data-train": "#1F5FC4",
    "data-val": "#B8500A",
    "data-test": "#6B3FC0",
    "data-ghost": "#646D69",
    "class-0": "#7A3FC4",
    "class-1": "#4C7A0C",
}
_DARK = {
    "surface": "#141816",
    "canvas": "#0F1211",
    "raised": "#1C211F",
    "sunken": "#101412",
    "hover": "#262C29",
    "line": "#2E3532",
    "line-strong": "#4C5551",
    "dot": "#262C29",
    "ink": "#EDF0EE",
    "ink-2": "#B4BDB8",
    "ink-3": "#929C97",
    "accent": "#4FC7BC",
    "accent-tint": "#17332F",
    "on-accent": "#06211E",
    "focus": "#4FC7BC",
    "button": "#15837A",
    "edge": "#6D7772",
    "sev-fault": "#FF8F8B",
    "sev-fault-bg": "#351A1B",
    "sev-warn": "#F0B84A",
    "sev-warn-bg": "#30260F",
    "sev-info": "#9DBCE8",
    "sev-info-bg": "#1A2432",
    "sev-fine": "#74CF92",
    "sev-fine-bg": "#152A1C",
    "fam-io": "#B3BDC6",
    "fam-io-tint": "#2A3036",
    "fam-core": "#7FA6E0",
    "fam-core-tint": "#1C2A40",
    "fam-conv": "#AE90FF",
    "fam-conv-tint": "#2A2047",
    "fam-recur": "#86E6EE",
    "fam-recur-tint": "#12323A",
    "fam-attend": "#F272B0",
    "fam-attend-tint": "#3A1A2C",
    "fam-steady": "#9FE890",
    "fam-steady-tint": "#193018",
    "fam-shape": "#E0B02E",
    "fam-shape-tint": "#33290C",
    "fam-bend": "#E58653",
    "fam-bend-tint": "#382012",
    "fam-merge": "#EDF0EE",
    "fam-merge-tint": "#333A37",
    "data-train": "#84B4FF",
    "data-val": "#FFA94D",
    "data-test": "#BFA2FF",
    "data-ghost": "#929C97",
    "class-0": "#C09BFF",
    "class-1": "#A6D25A",
}
_TOKENS: dict[str, dict[str, str]] = {Mode.LIGHT: _LIGHT, Mode.DARK: _DARK}


def tokens(mode: Appearance) -> dict[str, str]:
    """All colours of one appearance by their names in tokens.css without `--ll-`: `ink-2`, `fam-core`, `edge`."""
    return _TOKENS[mode]


def family_colour(family: str, mode: Appearance) -> str:
    """The colour of a layer family (`core`, `conv` …); an unknown one is grey like inputs."""
    return tokens(mode).get(f"fam-{family}", tokens(mode)["fam-io"])


def family_tint(family: str, mode: Appearance) -> str:
    """The pale ground that a layer family's colour stands on."""
    return tokens(mode).get(f"fam-{family}-tint", tokens(mode)["fam-io-tint"])


def ink(mode: Appearance, step: Literal[1, 2, 3] = 1) -> str:
    """The colour of text: 1 full, 2 quiet, 3 quieter."""
    return tokens(mode)["ink" if step == 1 else f"ink-{step}"]


def line(mode: Appearance) -> str:
    """The colour of wires."""
    return tokens(mode)["edge"]
