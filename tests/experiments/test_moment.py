"""A fork begins with the settings that held when its epoch was kept."""

from builder.design.document import Design, Node
from builder.experiments.moment import with_live
from builder.project.document import Project
from builder.project.regularization import dropout_rates, l2_strength

PROJECT = Project(
    design=Design(
        nodes=(
            Node(id="a", type="Dense", params={"units": 4, "trainable": False}),
            Node(id="b", type="Dense", params={"units": 4}),
            Node(id="drop", type="Dropout", params={"rate": 0.5}),
        )
    )
)


def test_every_setting_that_was_changed_is_carried_over() -> None:
    found = with_live(
        PROJECT,
        {"learning_rate": 0.02, "batch_size": 8, "dropout": {"drop": 0.1}, "l2": 0.001, "frozen": ["b"]},
    )
    assert found.training.optimizer.params["learning_rate"] == 0.02
    assert found.training.batch_size == 8
    assert dropout_rates(found.design) == {"drop": 0.1}
    assert l2_strength(found.design) == 0.001
    assert "trainable" not in found.design.node("a").params
    assert found.design.node("b").params["trainable"] is False


def test_without_changes_the_project_is_the_same() -> None:
    assert with_live(PROJECT, {}) == PROJECT
