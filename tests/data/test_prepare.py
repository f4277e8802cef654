"""What training gets: arrays by node, in the input's shape, the same every time."""

import numpy as np
import pytest

from builder.data.prepare import prepare
from builder.data.registry import load
from builder.errors import Faulty, NotFound
from builder.project.document import SAME_AS_INPUT, DataSpec, Project
from builder.project.templates import template

MLP = template("mlp-digits").project
WINE = template("two-in-two-out").project


def with_data(project: Project, **changes: object) -> Project:
    assert project.data is not None
    return project.model_copy(update={"data": project.data.model_copy(update=changes)})


def test_rows_go_in_raw_and_classes_come_out_as_whole_numbers():
    got = prepare(MLP, ["pixels"], ["digit"])
    assert np.array_equal(got.inputs["pixels"], load("digits").features)
    assert got.targets["digit"].dtype == np.int64 and got.targets["digit"].shape == (1797,)
    assert got.split.sizes == (1258, 270, 269)


def test_sixty_four_numbers_become_an_image_where_the_input_is_one():
    got = prepare(template("cnn-digits").project, ["image"], ["digit"])
    assert got.inputs["image"].shape == (1797, 8, 8, 1)
    assert np.array_equal(got.inputs["image"].reshape(1797, 64), load("digits").features)


def test_given_shapes_count_more_than_drawn_ones_and_an_unknown_length_takes_what_is_left():
    assert prepare(MLP, ["pixels"], ["digit"], {"pixels": (8, 8)}).inputs["pixels"].shape == (1797, 8, 8)
    assert prepare(MLP, ["pixels"], ["digit"], {"pixels": (None, 4)}).inputs["pixels"].shape == (1797, 16, 4)
    assert prepare(MLP, ["pixels"], ["digit"], {}).inputs["pixels"].shape == (1797, 64)


def test_two_inputs_get_their_columns_and_two_outputs_theirs():
    got, wine = prepare(WINE, ["minerals", "phenols"], ["grower", "alcohol"]), load("wine")
    assert np.array_equal(got.inputs["minerals"][:, 4], wine.column("proline"))
    assert got.inputs["phenols"].shape == (178, 7) and got.inputs["phenols"].dtype == np.float32
    assert np.array_equal(got.targets["alcohol"][:, 0], wine.column("alcohol"))
    assert got.targets["alcohol"].shape == (178, 1)
    assert np.array_equal(got.targets["grower"], wine.target)


def test_an_autoencoder_learns_its_input_in_the_shape_of_its_input():
    got = prepare(with_data(MLP, target=SAME_AS_INPUT), ["pixels"], ["digit"], {"pixels": (8, 8, 1)})
    assert np.array_equal(got.targets["digit"], got.inputs["pixels"])


def test_a_feature_as_target_is_taken_out_of_the_inputs():
    project = with_data(MLP, source="iris", target="petal width (cm)")
    got = prepare(project, ["pixels"], ["digit"], {})
    assert got.inputs["pixels"].shape == (150, 3) and got.targets["digit"].shape == (150, 1)


def test_rows_of_a_part_are_taken_from_inputs_and_targets_alike():
    got = prepare(MLP, ["pixels"], ["digit"])
    inputs, targets = got.rows(got.split.test)
    assert len(inputs["pixels"]) == len(targets["digit"]) == 269
    assert targets["digit"][5] == got.targets["digit"][got.split.test[5]]


def test_the_fingerprint_is_the_same_again_and_another_for_another_split_set_or_shape():
    def mark(project: Project, **more: object) -> str:
        return prepare(project, ["pixels"], ["digit"], **more).fingerprint

    base = MLP.data.split if MLP.data else None
    assert base is not None and mark(MLP) == mark(MLP) and len(mark(MLP)) == 64
    others = [
        mark(with_data(MLP, split=base.model_copy(update={"seed": 1}))),
        mark(with_data(MLP, source="iris", target=None), input_shapes={}),
        mark(MLP, input_shapes={"pixels": (8, 8)}),
    ]
    assert len({mark(MLP), *others}) == 4


def test_what_does_not_fit_is_refused_by_name():
    with pytest.raises(Faulty, match="No data is chosen yet"):
        prepare(Project(), ["a"], ["b"])
    with pytest.raises(NotFound, match="no data set nothing"):
        prepare(with_data(MLP, source="nothing"), ["pixels"], ["digit"])
    with pytest.raises(Faulty, match="pixels takes 64, but iris gives it 4 numbers"):
        prepare(with_data(MLP, source="iris", target=None), ["pixels"], ["digit"])
    with pytest.raises(Faulty, match=r"asks for the column digits.*Did you mean digit\?"):
        prepare(with_data(MLP, target="digits"), ["pixels"], ["digit"])


def test_two_inputs_without_columns_are_refused_rather_than_guessed():
    with pytest.raises(Faulty, match=r"phenols, one of 2 inputs, has no columns yet"):
        prepare(with_data(WINE, inputs=None), ["minerals", "phenols"], ["grower", "alcohol"])


def test_the_name_of_a_set_alone_is_enough():
    project = MLP.model_copy(update={"data": DataSpec(source="iris")})
    assert prepare(project, ["pixels"], ["digit"], {}).split.sizes == (105, 23, 22)
