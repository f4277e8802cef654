"""`templates`: ready networks."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import EXIT_DONE, Command, print_json, write_file
from builder.project.templates import template, templates


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="the template to write")
    parser.add_argument(
        "-o", dest="output", metavar="FILE", default="-", help="where to; standard output if left out"
    )


def _run(options: Namespace) -> int:
    if options.name is not None:
        write_file(options.output, (template(options.name).project.model_dump_json(indent=1) + "\n").encode())
    elif options.json:
        print_json([{"name": t.name, "title": t.title, "summary": t.summary} for t in templates()])
    else:
        for ready in templates():
            print(f"{ready.name:<20} {ready.title}: {ready.summary}")
    return EXIT_DONE


COMMAND = Command(help="list ready networks, or write one to a file", arguments=_arguments, run=_run)
