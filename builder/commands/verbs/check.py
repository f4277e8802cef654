"""`check`: shapes, parameters, issues and repairs of a drawing; `--fix` carries one repair out."""

import sys
from argparse import ArgumentParser, Namespace

from builder.commands.analysis_table import analysis_table
from builder.commands.answer import Command, complain, print_json, read_file, write_file
from builder.errors import BuilderError, Faulty, Unreadable
from builder.project.document import Project
from builder.project.read import is_design, read_document
from builder.translate.analysis_report import Analysis
from builder.translate.fitting import misfits
from builder.translate.repair import Repair
from builder.translate.report import CheckReport, NodeReport, Totals, report

UNHURRIED_S = 6.0
"""Nobody waits for another answer meanwhile, and nothing is remembered from checks before."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design or project")
    parser.add_argument("--analysis", action="store_true", help="what each layer holds, costs and sees")
    parser.add_argument("--fix", metavar="N", type=int, help="carry out repair N and write what comes of it")
    parser.add_argument(
        "-o",
        dest="output",
        metavar="OUT",
        default="-",
        help="where --fix writes to; standard output if left out",
    )


def _run(options: Namespace) -> int:
    try:
        content = read_file(options.file)
        project = read_document(content)
    except Faulty as faulty:
        return _answer(options, report({}, Totals(), faulty.issues), [])
    except Unreadable as error:
        if options.json:
            none = {
                "ok": False,
                "error": str(error),
                "nodes": {},
                "totals": None,
                "issues": [],
                "repairs": [],
            }
            print_json(none)
        raise
    found = _checked(project)
    repairs = [] if found.ok else _repairs(project)
    if options.fix is None:
        return _answer(options, found, repairs, _analysis(project) if options.analysis else None)
    return _fix(options, project, repairs, is_design(content))


def _checked(project: Project) -> CheckReport:
    from builder.translate.ghost import check

    found = check(project.design, has_data=project.data is not None)
    extra = misfits(project, found) if project.data is not None else []
    return report(found.nodes, found.totals, (*found.issues, *extra))


def _analysis(project: Project) -> Analysis:
    from builder.translate.analysis import analyse

    return analyse(project)


def _repairs(project: Project) -> list[Repair]:
    from builder.translate.offering import offered

    found = offered(project, budget_s=UNHURRIED_S)
    if not found.complete:
        print("info: there was no time to try more repairs; the network is large.", file=sys.stderr)
    return list(found.repairs)


def _fix(options: Namespace, project: Project, repairs: list[Repair], bare: bool) -> int:
    """Write the repaired document, of the same kind as the one that was read, and say what is left."""
    from builder.translate.offering import applied

    if not 1 <= options.fix <= len(repairs):
        there = (
            f"repairs 1 to {len(repairs)} are offered" if len(repairs) > 1 else f"{len(repairs)} is offered"
        )
        raise BuilderError(
            f"There is no repair {options.fix};", f"{there}.", "See: python -m builder check FILE."
        )
    mended = applied(project, repairs[options.fix - 1])
    document = mended.design if bare else mended
    write_file(options.output, (document.model_dump_json(indent=1) + "\n").encode())
    left = _checked(mended)
    if options.json and options.output != "-":
        print_json(left.model_dump(mode="json") | {"file": options.output, "repairs": []})
    return complain(left.issues)


def _answer(
    options: Namespace, found: CheckReport, repairs: list[Repair], analysis: Analysis | None = None
) -> int:
    if options.json:
        offered = [repair.model_dump(mode="json") for repair in repairs]
        figures = {} if analysis is None else {"analysis": analysis.model_dump(mode="json")}
        print_json(found.model_dump(mode="json") | {"repairs": offered} | figures)
    else:
        _print_table(found) if analysis is None else print("\n".join(analysis_table(analysis)))
        _print_repairs(repairs)
    return complain(found.issues)


def _print_table(found: CheckReport) -> None:
    for node_id, node in found.nodes.items():
        print(f"{node_id:<32} {_shape(node):<24} {node.params if node.params is not None else '':>14}")
    if found.totals.params is not None and found.nodes:
        print(f"{'parameters':<57} {found.totals.params:>14}")


def _print_repairs(repairs: list[Repair]) -> None:
    if repairs:
        print("\nRepairs, each tried out (carry one out with --fix N -o OUT):")
    for number, repair in enumerate(repairs, 1):
        left = "no fault left" if not repair.errors_after else f"faults left: {repair.errors_after}"
        said = f"{repair.node or 'network'}: {repair.title}. {repair.detail}"
        print(f"{number:>3}  {said} {left}, {repair.params_after} parameters.")


def _shape(node: NodeReport) -> str:
    return "" if node.shape is None else str(node.shape).replace("None", "n")


COMMAND = Command(help="shapes, parameters, faults and repairs of a drawing", arguments=_arguments, run=_run)
