"""Faults of the network come first; only a sound one is held against its data."""

from builder.issues import Issue, IssueCode
from builder.project.templates import template
from builder.translate.fitting import misfits
from builder.translate.report import NodeReport, Totals, report

MLP = template("mlp-digits").project
SHAPES = {"pixels": (64,), "scale": (64,), "hidden": (64,), "digit": (3,)}
NODES = {node_id: NodeReport(shape=shape) for node_id, shape in SHAPES.items()}


def test_a_sound_network_of_the_wrong_size_is_told_where_it_does_not_fit() -> None:
    nodes = NODES | {"digit": NodeReport(shape=(10,)), "pixels": NodeReport(shape=(4,))}
    assert [issue.node for issue in misfits(MLP, report(nodes, Totals(), ()))] == ["pixels"]


def test_nothing_is_said_about_data_while_the_network_is_broken_or_unknown() -> None:
    fault = Issue(
        code=IssueCode.BAD_ARGUMENT, node="hidden", message="units must be a whole number from 1; it is 0."
    )
    assert misfits(MLP, report(NODES, Totals(), (fault,))) == []
    assert misfits(MLP, None) == []


def test_a_template_fits_its_data() -> None:
    assert misfits(MLP, report(NODES | {"digit": NodeReport(shape=(10,))}, Totals(), ())) == []
