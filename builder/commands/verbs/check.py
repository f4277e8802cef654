"""`check`: shapes, parameters and issues of a drawing."""

from argparse import ArgumentParser, Namespace

from builder.commands.analysis_table import analysis_table
from builder.commands.answer import Command, complain, print_json, read_project
from builder.errors import Faulty, Unreadable
from builder.project.document import Project
from builder.translate.fitting import misfits
from builder.translate.report import CheckReport, NodeReport, Totals, report


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design or project")
    parser.add_argument("--analysis", action="store_true", help="what each layer holds, costs and sees")


def _run(options: Namespace) -> int:
    try:
        project = read_project(options.file)
    except Faulty as faulty:
        return _answer(options, report({}, Totals(), faulty.issues))
    except Unreadable as error:
        if options.json:
            print_json({"ok": False, "error": str(error), "nodes": {}, "totals": None, "issues": []})
        raise
    from builder.translate.ghost import check

    found = check(project.design, has_data=project.data is not None)
    extra = misfits(project, found) if project.data is not None else []
    checked = report(found.nodes, found.totals, (*found.issues, *extra))
    return _analysed(options, project, checked) if options.analysis else _answer(options, checked)


def _analysed(options: Namespace, project: Project, found: CheckReport) -> int:
    from builder.translate.analysis import analyse

    analysis = analyse(project)
    if options.json:
        print_json(found.model_dump(mode="json") | {"analysis": analysis.model_dump(mode="json")})
    else:
        print("\n".join(analysis_table(analysis)))
    return complain(found.issues)


def _answer(options: Namespace, found: CheckReport) -> int:
    if options.json:
        print_json(found)
    else:
        _print_table(found)
    return complain(found.issues)


def _print_table(found: CheckReport) -> None:
    for node_id, node in found.nodes.items():
        print(f"{node_id:<32} {_shape(node):<24} {node.params if node.params is not None else '':>14}")
    if found.totals.params is not None and found.nodes:
        print(f"{'parameters':<57} {found.totals.params:>14}")


def _shape(node: NodeReport) -> str:
    return "" if node.shape is None else str(node.shape).replace("None", "n")


COMMAND = Command(help="shapes, parameters and faults of a drawing", arguments=_arguments, run=_run)
