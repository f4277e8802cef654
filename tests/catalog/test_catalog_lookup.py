import subprocess
import sys
import time

import pytest

from builder.catalog import lookup

HEAVY = "{'keras', 'tensorflow', 'streamlit'}"


def test_a_fresh_process_reads_the_catalogue_and_judges_arguments_without_keras():
    code = (
        "import sys; from builder.catalog import arguments, lookup;"
        "spec = lookup.layer('Dense'); arguments.check_arguments(spec, {'units': 0}, 'n');"
        f"assert not {HEAVY} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_whole_catalogue_is_read_in_well_under_a_second():
    lookup.catalog.cache_clear()
    begin = time.perf_counter()
    lookup.catalog()
    assert time.perf_counter() - begin < 0.5  # measured: 7 ms; tenfold the promise of 50 ms


def test_the_catalogue_is_read_once():
    assert lookup.catalog() is lookup.catalog()


def test_an_alias_of_keras_leads_to_the_usual_name():
    found = lookup.layer("MaxPool2D")
    assert found is not None
    assert found.type == "MaxPooling2D"


@pytest.mark.parametrize(
    "name", ["", "Lambda", "dense", "Dense ", "../Dense", "ops.system", "TFSMLayer", "Layer"]
)
def test_what_is_not_offered_is_not_found(name):
    assert lookup.layer(name) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Dens", "Dense"),
        ("conv2d", "Conv2D"),
        ("Convolution2D", "Conv2D"),
        ("maxpool2d", "MaxPooling2D"),
        ("Lstm", "LSTM"),
    ],
)
def test_a_misspelt_name_is_guessed(typed, meant):
    assert lookup.nearest(typed) == meant


def test_a_name_that_is_like_no_other_is_not_guessed():
    assert lookup.nearest("zzzzzz") is None
    assert lookup.nearest("x" * 100_000) is None


def test_objects_are_found_by_every_spelling_that_keras_reads():
    types = {lookup.named_object("initializer", name).type for name in ("he_normal", "HeNormal")}
    assert types == {"HeNormal"}
    assert lookup.named_object("initializer", "os.system") is None
