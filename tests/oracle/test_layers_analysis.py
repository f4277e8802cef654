"""Is every layer of the catalogue counted, as it is dropped: work, memory and window, without a fault?"""

import pytest
from layer_designs import design_of

from builder.catalog.lookup import catalog
from builder.project.document import Project
from builder.translate.analysis import analyse
from builder.translate.analysis_csv import analysis_csv

pytestmark = pytest.mark.oracle
SPECS = [spec for spec in catalog().layers if spec.type != "InputLayer"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.type)
def test_this_layer_has_figures_for_all_that_it_holds_and_costs(spec):
    told = analyse(Project(design=design_of(spec)))
    row = next(each for each in told.rows if each.id == "layer")
    assert row.flops is not None
    assert row.activation_bytes is not None
    assert row.activation_bytes > 0
    assert sum(1 for weight in row.weights if weight.trainable) == 0 or row.trainable_params > 0
    assert bool(row.initializer) <= bool(row.weights)
    assert told.memory.training_bytes > told.totals.weights_bytes
    assert f"\r\nlayer,{spec.type}," in analysis_csv(told)
