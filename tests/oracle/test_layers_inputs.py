"""Does each layer run on the ranks and kinds of numbers that the catalogue says, and fail on those that it warns of?"""

import pytest
from layer_inputs import BATCH, BY_RANK, shape_for, value_for
from layer_models import model_of, start_params, tensors

from builder.catalog.lookup import catalog

pytestmark = pytest.mark.oracle
LAYERS = [spec for spec in catalog().layers if spec.category != "ops" and spec.inputs]
NAMED = pytest.mark.parametrize("spec", LAYERS, ids=lambda spec: spec.type)
BY_ARGUMENTS = {
    "EinsumDense",
    "Permute",
    "TimeDistributed",
    "Bidirectional",
    "SpectralNormalization",
    "HashedCrossing",
}
"""Which ranks these take depends on their arguments, or on the length of the last axis."""
WHOLE_OR_NOT = [spec for spec in LAYERS if spec.dtype == "float"]


def runs(spec, values):
    model, _ = model_of(spec, values, start_params(spec))
    model(tensors(values), training=True)


@NAMED
def test_a_layer_runs_on_every_rank_that_it_is_said_to_take(spec):
    if spec.type in BY_ARGUMENTS | {
        "MelSpectrogram",
        "STFTSpectrogram",
        "TextVectorization",
        "CategoryEncoding",
    }:
        ranks = {None}
    else:
        ranks = set(range(spec.min_rank or 1, (spec.max_rank or 6) + 1)) & set(BY_RANK)
    for rank in ranks:
        count = 2 if spec.inputs[0].many else sum(not port.optional for port in spec.inputs)
        shape = tuple(max(size, 9) if spec.type.endswith("Crop") else size for size in shape_for(spec, rank))
        runs(spec, [value_for(spec, shape, seed) for seed in range(count)])


@pytest.mark.parametrize("spec", WHOLE_OR_NOT, ids=lambda spec: spec.type)
def test_a_layer_runs_on_whole_numbers_exactly_if_it_is_said_to(spec):
    count = 2 if spec.inputs[0].many else sum(not port.optional for port in spec.inputs)
    values = [value_for(spec, shape_for(spec), seed).round().astype("int32") for seed in range(count)]
    assert len(values[0]) == BATCH
    if spec.takes_whole:
        runs(spec, values)
    else:
        with pytest.raises(Exception, match=r"(?s).+"):
            runs(spec, values)


OF_ONE_RANK = [spec for spec in LAYERS if spec.min_rank == spec.max_rank and (spec.min_rank or 0) > 2]
OF_ONE_RANK = [spec for spec in OF_ONE_RANK if spec.category != "preprocessing"]
"""Layers for images take a batch of rank 3 for one image without batch: the catalogue refuses it, Keras does not."""


@pytest.mark.parametrize("spec", OF_ONE_RANK, ids=lambda spec: spec.type)
def test_a_rank_below_the_only_one_fails(spec):
    values = [
        value_for(spec, BY_RANK[spec.min_rank - 1], seed)
        for seed in range(sum(not p.optional for p in spec.inputs))
    ]
    with pytest.raises(Exception, match=r"(?s).+"):
        runs(spec, values)
