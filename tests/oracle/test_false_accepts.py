"""Does every layer run on each kind of input that the check lets pass? As `benchmarks/false_accepts.py`.

All layers and operations × all ranks × all kinds of values at usual lengths; the benchmark takes small, open, narrow
and wide ones too, and runs what is refused.
"""

import importlib.util
import sys

import pytest

from builder.catalog.lookup import catalog
from builder.paths import PROJECT

pytestmark = pytest.mark.oracle
SPECS = [spec for spec in catalog().layers if spec.inputs]


@pytest.fixture(scope="module")
def benchmark():
    place = PROJECT / "benchmarks" / "false_accepts.py"
    found = importlib.util.spec_from_file_location("false_accepts", place)
    module = sys.modules["false_accepts"] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.type)
def test_what_the_check_lets_pass_runs(spec, benchmark):
    # An axis that goes must have length 1, which no usual input has.
    lengths = ("narrow",) if spec.type == "ops.squeeze" else ("usual",)
    tried = list(benchmark.trials(spec, lengths, only_accepted=True))
    assert tried, "no kind of input passes"
    assert [str(trial) for trial in tried if trial.is_false_accept] == []


@pytest.mark.parametrize("type_name", ["RandomHue", "MelSpectrogram", "AdaptiveMaxPooling2D", "EinsumDense"])
def test_lengths_and_channels_that_fail_are_refused(type_name, benchmark):
    spec = next(each for each in SPECS if each.type == type_name)
    lengths = ("small", "open", "narrow", "wide")
    tried = list(benchmark.trials(spec, lengths, only_accepted=True))
    assert [str(trial) for trial in tried if trial.is_false_accept] == []
