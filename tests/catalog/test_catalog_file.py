"""What must hold for every layer in catalog.json, whatever Keras it was derived from."""

import json
from pathlib import Path
from typing import get_args

import pytest

from builder.catalog.arguments import check_arguments, check_call_arguments
from builder.catalog.families import CATEGORIES
from builder.catalog.lookup import FILE, catalog
from builder.catalog.phrases import PHRASES
from builder.catalog.spec import Family
from builder.paths import PROJECT

LAYERS = catalog().layers
CLASSES = [spec for spec in LAYERS if spec.category != "ops"]
HIDDEN = {
    "Layer",
    "Wrapper",
    "Lambda",
    "Pipeline",
    "LSTMCell",
    "TFSMLayer",
    "FlaxLayer",
    "JaxLayer",
    "TorchModuleWrapper",
}


def named(specs):
    return pytest.mark.parametrize("spec", specs, ids=lambda spec: spec.type)


def test_at_least_ninety_layer_classes_are_offered():
    assert len(CLASSES) >= 90


def test_types_and_aliases_are_unique():
    names = [name for spec in LAYERS for name in (spec.type, *spec.aliases)]
    assert len(names) == len(set(names))


def test_no_layer_that_runs_code_or_wraps_other_software_is_offered():
    assert not HIDDEN & {name for spec in LAYERS for name in (spec.type, *spec.aliases)}


def test_the_palette_begins_with_the_input_and_keeps_categories_together():
    order = [CATEGORIES.index(spec.category) for spec in LAYERS]
    assert LAYERS[0].type == "InputLayer"
    assert order == sorted(order)


def test_the_file_spells_out_every_field_and_holds_no_place_of_this_machine():
    text = FILE.read_text(encoding="utf-8")
    assert json.loads(text) == catalog().model_dump(mode="json")
    assert str(PROJECT) not in text and str(Path.home()) not in text


@named(LAYERS)
def test_a_layer_is_told_in_one_short_line_of_our_own(spec):
    assert 10 <= len(spec.summary) < 60
    assert not spec.summary.endswith(".")
    assert spec.summary not in spec.help or spec.type == "InputLayer"  # which has no docstring
    assert spec.family in get_args(Family)


@named(LAYERS)
def test_a_layer_has_a_port_unless_it_is_the_input(spec):
    assert bool(spec.inputs) == (spec.type != "InputLayer")
    assert all(not port.optional for port in spec.inputs[:1])


@named(CLASSES)
def test_a_freshly_dropped_node_has_nothing_wrong_with_its_arguments(spec):
    start = {param.name: param.start for param in spec.params if param.start is not None}
    assert check_arguments(spec, start, "node") == []


@named(LAYERS)
def test_a_freshly_dropped_call_has_nothing_wrong_with_its_arguments(spec):
    start = {param.name: param.start for param in spec.args if param.start is not None}
    assert check_call_arguments(spec, start, "node") == []


@named(CLASSES)
def test_keras_defaults_are_fine_by_our_own_rules(spec):
    start = {param.name: param.start for param in spec.params if param.start is not None}
    for param in spec.params:
        if not param.required and param.default is not None:
            assert check_arguments(spec, {**start, param.name: param.default}, "node") == [], param.name


@named(LAYERS)
def test_what_must_be_given_has_a_start_value_and_is_in_the_beginners_view(spec):
    for param in (*spec.params, *spec.args):
        assert not param.required or (param.start is not None and param.basic), param.name


@named(LAYERS)
def test_every_argument_says_what_it_may_be(spec):
    for param in (*spec.params, *spec.args):
        assert len(param.help) > 8, param.name
        assert param.kind != "choice" or param.choices, param.name
        assert param.kind != "json" or param.holds or param.group, param.name
        assert param.minimum is None or param.maximum is None or param.minimum < param.maximum, param.name
        assert (
            param.kind != "int" or param.maximum is not None or param.name in ("mask_token", "oov_token")
        ), param.name


def test_no_phrase_is_left_over():
    used = {param.name for spec in (*LAYERS, *catalog().objects) for param in spec.params}
    assert set(PHRASES) <= used
