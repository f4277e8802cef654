"""Figures have the colours of the pages and of the components, in both appearances."""

import re
import tomllib

import pytest

from builder.figures.theme import FONT, THEMES, Mode, class_colours, dressed, scale, theme
from builder.figures.tokens import family_colour, family_tint, ink, line, tokens
from builder.paths import PACKAGE, PROJECT

CONFIG = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
CSS = (PACKAGE / "components" / "frontend" / "src" / "tokens.css").read_text(encoding="utf-8")


def css_colours(mode: Mode) -> dict[str, str]:
    light, _, rest = CSS.partition("/* dark */")
    part = light if mode is Mode.LIGHT else rest.partition("@media")[0]
    return dict(re.findall(r"--ll-([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})\s*;", part))


@pytest.mark.parametrize("mode", Mode)
def test_tokens_are_those_of_the_components(mode: Mode):
    assert tokens(mode) == css_colours(mode)


@pytest.mark.parametrize("mode", Mode)
def test_chart_colours_are_those_of_the_pages(mode: Mode):
    pages, figures = CONFIG[mode.value], THEMES[mode]
    assert list(figures.classes) == pages["chartCategoricalColors"]
    assert list(figures.sequential) == pages["chartSequentialColors"]
    assert list(figures.diverging) == pages["chartDivergingColors"]
    assert (figures.surface, figures.ink, figures.line) == (
        pages["backgroundColor"],
        pages["textColor"],
        pages["borderColor"],
    )
    assert CONFIG["font"] == FONT


@pytest.mark.parametrize("mode", Mode)
def test_training_validation_and_classes_have_the_components_colours(mode: Mode):
    figures, colours = THEMES[mode], css_colours(mode)
    assert (figures.train, figures.validation, figures.test) == (
        colours["data-train"],
        colours["data-val"],
        colours["data-test"],
    )
    assert figures.two_classes == (colours["class-0"], colours["class-1"])
    assert figures.quiet == colours["ink-2"]


def test_a_mode_and_its_name_mean_the_same():
    assert theme("dark") is theme(Mode.DARK) is THEMES[Mode.DARK]
    assert tokens("light") == tokens(Mode.LIGHT)


def test_families_have_a_colour_and_a_tint_and_unknown_ones_are_grey():
    assert family_colour("conv", "light") == "#5A16AE" and family_tint("conv", "light") == "#EEE6FA"
    assert family_colour("new", "dark") == family_colour("io", "dark")
    assert family_tint("new", "dark") == family_tint("io", "dark")
    assert ink("light") == "#1A1F1D" and ink("light", 3) == "#646D69" and line("light") == "#8C958F"


def test_two_classes_are_violet_and_green_and_many_repeat():
    light = THEMES[Mode.LIGHT]
    assert class_colours(light, 2) == ("#7A3FC4", "#4C7A0C")
    assert class_colours(light, 3) == light.classes[:3]
    assert class_colours(light, 12)[10] == light.classes[0]


def test_a_scale_goes_from_0_to_1():
    made = scale(THEMES[Mode.LIGHT].diverging)
    assert made[0] == (0.0, "#4A1F86") and made[-1] == (1.0, "#2F4D05") and len(made) == 10


def test_a_dressed_figure_is_transparent_and_has_no_title():
    import plotly.graph_objects as go

    layout = dressed(go.Figure(), THEMES[Mode.DARK], 300).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.title.text is None and layout.height == 300
    assert layout.font.family.startswith("Inter") and layout.font.color == "#B4BDB8"
