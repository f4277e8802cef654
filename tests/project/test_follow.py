"""Settings that name nodes follow the drawing, so that a new name never stops a training."""

from builder.data.fit import fit_issues
from builder.data.settings import settled
from builder.design.edits import Group, RemoveNodes, RenameNode, Ungroup, apply
from builder.project.follow import renames, with_design
from builder.project.templates import template

TWO = template("two-in-two-out").project


def test_a_renamed_output_keeps_its_loss_metrics_and_target() -> None:
    name = next(iter(TWO.training.loss))
    changed = with_design(TWO, apply(TWO.design, RenameNode(id=name, to="renamed")))
    assert changed.training.loss["renamed"] == TWO.training.loss[name]
    assert changed.training.metrics["renamed"] == TWO.training.metrics[name]
    assert changed.data.targets["renamed"] == TWO.data.targets[name]
    assert name not in changed.training.loss
    assert fit_issues(changed, {}, {}) == fit_issues(TWO, {}, {})


def test_a_renamed_input_keeps_its_columns() -> None:
    name = next(iter(TWO.data.inputs))
    changed = with_design(TWO, apply(TWO.design, RenameNode(id=name, to="renamed")))
    assert changed.data.inputs["renamed"] == TWO.data.inputs[name]


def test_an_output_that_is_gone_takes_its_settings_along_and_gets_usual_ones_when_it_comes_back() -> None:
    mlp = template("mlp-digits").project
    cut = with_design(mlp, apply(mlp.design, RemoveNodes(ids=("digit",))))
    assert cut.training.loss == {}
    back = with_design(cut, mlp.design)
    assert settled(back).loss == settled(mlp).loss
    assert settled(back).metrics == settled(mlp).metrics


def test_a_replaced_drawing_is_not_taken_for_renames() -> None:
    assert renames(template("mlp-digits").project.design, template("perceptron").project.design) == {}


def test_the_project_takes_the_name_of_its_drawing() -> None:
    design = TWO.design.model_copy(update={"name": "wines"})
    assert with_design(TWO, design).name == "wines"


def test_an_output_that_goes_into_a_block_keeps_its_settings_and_so_when_it_comes_out() -> None:
    name, *_ = TWO.training.loss
    feeds = {f"{edge.source}:{edge.source_port}": (8,) for edge in TWO.design.into(name)}
    grouped = with_design(TWO, apply(TWO.design, Group(ids=(name,), id="block", shapes=feeds)))
    assert grouped.training.loss["block"] == TWO.training.loss[name]
    assert grouped.data.targets["block"] == TWO.data.targets[name]
    apart = with_design(grouped, apply(grouped.design, Ungroup(id="block")))
    assert apart.training.loss == TWO.training.loss
    assert apart.data.targets == TWO.data.targets
