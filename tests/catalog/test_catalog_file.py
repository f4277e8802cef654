"""What must hold for every layer in catalog.json, whatever Keras it was derived from."""

import gzip
import json
import re
from pathlib import Path
from typing import get_args

import pytest

from builder.catalog.arguments import check_arguments, check_call_arguments
from builder.catalog.derive import LEFT_OUT
from builder.catalog.families import CATEGORIES
from builder.catalog.lookup import FILE, catalog
from builder.catalog.phrases import PHRASES
from builder.catalog.spec import Family, LayerSpec, ParamSpec
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


def test_at_least_a_hundred_and_ten_layer_classes_are_offered():
    assert len(CLASSES) >= 110


def test_types_and_aliases_are_unique():
    names = [name for spec in LAYERS for name in (spec.type, *spec.aliases)]
    assert len(names) == len(set(names))


def test_no_layer_that_runs_code_or_wraps_other_software_is_offered():
    assert not HIDDEN & {name for spec in LAYERS for name in (spec.type, *spec.aliases)}


def test_the_palette_begins_with_the_input_and_keeps_categories_together():
    order = [CATEGORIES.index(spec.category) for spec in LAYERS]
    assert LAYERS[0].type == "InputLayer"
    assert order == sorted(order)


def test_the_file_leaves_out_only_defaults_and_holds_no_place_of_this_machine():
    text = FILE.read_text(encoding="utf-8")
    assert json.loads(text) == catalog().model_dump(mode="json", exclude_defaults=True)
    assert str(PROJECT) not in text and str(Path.home()) not in text
    assert len(gzip.compress(text.encode())) < 40_000


@pytest.mark.parametrize("block, model", [("PARAM", ParamSpec), ("LAYER", LayerSpec)])
def test_the_canvas_puts_back_the_defaults_that_python_left_out(block, model):
    source = (PROJECT / "builder/components/frontend/src/canvas/design/catalog.ts").read_text(
        encoding="utf-8"
    )
    lines = re.search(rf"const {block}\b[^{{]*= {{\n(.*?)\n}};", source, re.S).group(1)
    written = {name: json.loads(value) for name, value in re.findall(r"^  (\w+): (.*),$", lines, re.M)}
    elsewhere = {"params", "args", "inputs"}
    expected = model.model_construct().model_dump(mode="json", warnings=False)
    assert written == {name: value for name, value in expected.items() if name not in elsewhere}


@named(LAYERS)
def test_a_layer_shows_what_it_does_to_a_usual_input(spec):
    assert spec.example is not None
    assert len(spec.example.inputs) == sum(2 if p.many else 1 for p in spec.inputs if not p.optional)
    assert all(size is not None for shape in (*spec.example.inputs, spec.example.output) for size in shape)


def test_examples_are_what_keras_says():
    known = {spec.type: (spec.example.inputs, spec.example.output) for spec in LAYERS if spec.example}
    assert known["Conv2D"] == (((8, 8, 16),), (6, 6, 16))
    assert known["Concatenate"] == (((8, 8, 16), (8, 8, 32)), (8, 8, 48))
    assert known["LSTM"] == (((20, 16),), (32,))


@named(LAYERS)
def test_other_names_are_in_small_letters_and_not_the_layers_own(spec):
    assert len(spec.keywords) >= 1
    assert len(set(spec.keywords)) == len(spec.keywords)
    assert all(word == word.lower() and word != spec.type.lower() for word in spec.keywords)


@pytest.mark.parametrize(
    "said, meant",
    [
        ("fully connected", "Dense"),
        ("linear", "Dense"),
        ("batchnorm2d", "BatchNormalization"),
        ("residual", "Add"),
        ("shortcut", "Add"),
        ("maxpool", "MaxPooling2D"),
        ("transformer", "MultiHeadAttention"),
        ("convtranspose2d", "Conv2DTranspose"),
        ("unsqueeze", "ops.expand_dims"),
    ],
)
def test_what_people_say_leads_to_the_layer(said, meant):
    assert said in next(spec for spec in LAYERS if spec.type == meant).keywords


@named(CLASSES)
def test_relations_are_between_arguments_that_the_layer_has(spec):
    names = {param.name for param in spec.params}
    assert all({relation.argument, relation.other} <= names for relation in spec.relations)


@named(CLASSES)
def test_every_argument_that_holds_an_object_says_which_ones(spec):
    groups = {each.group for each in catalog().objects}
    for param in spec.params:
        if param.group in ("layer", "cell", "cells"):
            assert param.choices, param.name
        assert not param.group or param.group in groups | {"layer", "cells"}, param.name


@pytest.mark.parametrize("spec", catalog().objects, ids=lambda spec: f"{spec.group}-{spec.type}")
def test_an_object_and_each_of_its_arguments_is_explained(spec):
    assert 8 <= len(spec.summary) < 60
    assert all(len(param.help) > 8 for param in spec.params)
    assert all(param.kind != "json" or param.holds or param.group for param in spec.params)


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


def test_what_is_left_out_is_listed_with_its_reason():
    page = (PROJECT / "LAYERS.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`(\w+)`", page.partition("## Left out")[2].partition("## What may")[0]))
    assert listed == {*LEFT_OUT, "Layer", "FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper", "RNN"}
    assert f"**{len(CLASSES)} can be drawn**" in page
    assert len(CLASSES) + len(listed) - 1 == 143
