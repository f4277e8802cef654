"""`code`: the network as readable Python."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import EXIT_DONE, Command, print_json, read_project, write_file
from builder.project.document import Project


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design or project")
    parser.add_argument(
        "-o", dest="output", metavar="FILE.py", default="-", help="where to; standard output if left out"
    )


def code_of(project: Project) -> str:
    """A script that trains when the project has data, else one that builds the model."""
    from builder.translate.python_code import design_code, project_code

    return project_code(project) if project.data is not None else design_code(project.design)


def _run(options: Namespace) -> int:
    code = code_of(read_project(options.file))
    if options.json:
        print_json({"code": code})
    else:
        write_file(options.output, code.encode())
    return EXIT_DONE


COMMAND = Command(help="write the network as Python code", arguments=_arguments, run=_run)
