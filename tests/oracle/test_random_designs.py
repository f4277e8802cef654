"""Is what the check shows what Keras builds, whatever is drawn? The share of `benchmarks/random_designs.py` for CI."""

import importlib.util
import sys

import pytest

from builder.paths import PROJECT

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def benchmark():
    place = PROJECT / "benchmarks" / "random_designs.py"
    found = importlib.util.spec_from_file_location("random_designs", place)
    module = sys.modules["random_designs"] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(0, 150, 5))
def test_shapes_counts_file_and_code_of_a_random_design_agree(seed, benchmark):
    design = benchmark.drawn(seed, benchmark.wanted(seed))
    assert 2 <= len(design.nodes) <= 45
    assert list(benchmark.differences(design)) == []


def test_the_first_designs_have_what_networks_have(benchmark):
    designs = [benchmark.drawn(seed, benchmark.wanted(seed)) for seed in range(8)]
    nodes = [node for design in designs for node in design.nodes]
    assert {"Call", "Model"} <= {node.type for node in nodes}
    assert any(design.outputs is not None for design in designs)
    assert any(sum(node.type == "InputLayer" for node in design.nodes) > 1 for design in designs)
