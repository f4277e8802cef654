"""Which shapes are offered for an input?"""

from builder.data.inputs import input_shapes
from builder.design.document import Design
from builder.project.document import DataSpec, Project
from builder.project.templates import template


def drawn(source: str | None, *inputs: str) -> Project:
    nodes = [{"id": name, "type": "InputLayer", "params": {"shape": [3]}} for name in inputs]
    design = Design.model_validate({"nodes": nodes, "edges": []})
    return Project(design=design, data=DataSpec(source=source) if source else None)


def test_images_are_offered_as_images_and_as_rows() -> None:
    assert input_shapes(drawn("digits", "pixels")) == {"pixels": [[8, 8, 1], [64]]}


def test_a_table_is_offered_as_a_row_of_its_features() -> None:
    assert input_shapes(drawn("iris", "flower")) == {"flower": [[4]]}


def test_each_of_several_inputs_gets_its_own_columns() -> None:
    shapes = input_shapes(template("two-in-two-out").project)
    assert len(shapes) == 2
    assert all(len(offered) == 1 and offered[0][0] >= 1 for offered in shapes.values())


def test_nothing_is_offered_without_data_or_for_a_set_that_is_gone() -> None:
    assert input_shapes(drawn(None, "x")) == {}
    assert input_shapes(drawn("no-such-set", "x")) == {}
