import pytest

from builder.design.document import Design, Edge, Node
from builder.issues import IssueCode
from builder.project.document import DataSpec, Project, Training
from builder.translate.memory import of_project
from builder.translate.report import CheckReport, NodeReport, Totals
from builder.translate.room import lacking

NODES = {
    "image": NodeReport(shape=(8, 8, 1), params=0),
    "wide": NodeReport(shape=(64, 64, 512), params=1000),
    "kind": NodeReport(shape=(10,), params=100),
}
TOTALS = Totals(
    params=1100, trainable_params=1100, size_bytes=4400, trainable_bytes=4400, largest_bytes=4000,
    kept_bytes=2 * 64 * 64 * 512 * 4,
)  # fmt: skip
REPORT = CheckReport(ok=True, nodes=NODES, totals=TOTALS, issues=())


def project(batch_size: int) -> Project:
    design = Design(
        nodes=(
            Node(id="image", type="InputLayer", params={"shape": [8, 8, 1]}),
            Node(id="kind", type="Dense"),
        ),
        edges=(Edge(source="image", target="kind"),),
    )
    return Project(design=design, data=DataSpec(source="digits"), training=Training(batch_size=batch_size))


def test_what_fits_is_not_refused() -> None:
    assert lacking(project(8), REPORT, 8000) == []


def test_what_does_not_fit_names_the_layer_and_a_batch_size_that_does() -> None:
    (issue,) = lacking(project(1024), REPORT, 4000)
    assert (issue.code, issue.node) == (IssueCode.TOO_LARGE, "wide")
    assert "room for 4.0 GB" in issue.message and "wide costs most: 8.6 GB" in issue.message
    fits = int(issue.fix.split("batch size to ")[1].split(":")[0])
    assert of_project(TOTALS, project(fits)).peak_bytes <= 4000 * 10**6
    assert of_project(TOTALS, project(fits + 1)).peak_bytes > 4000 * 10**6


def test_where_no_batch_size_helps_that_is_said() -> None:
    (issue,) = lacking(project(1024), REPORT, 500)
    assert issue.fix == "No batch size makes it fit: make wide smaller, or the layers before it."


@pytest.mark.parametrize("batch_size", [1, 65_536])
def test_a_length_that_is_unknown_is_no_reason_to_refuse(batch_size: int) -> None:
    unknown = REPORT.model_copy(update={"totals": TOTALS.model_copy(update={"kept_bytes": None})})
    assert lacking(project(batch_size), unknown, 1) == []
